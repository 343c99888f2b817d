"""The pages outside every compound, and those that say what went wrong: both walks of all pages look at them."""

from allauth.core.ratelimit import respond_429
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone, translation
from django.views import csrf, defaults

from compounds.accounts import invitations
from compounds.accounts.models import User
from compounds.kernel import errors

# Each with whether somebody is signed in who opens it.
OUTSIDE_PAGES = {
    "/accounts/login/": False,
    "/accounts/inactive/": False,
    "/invite/{token}/": False,
    "/invite/gone/": False,
    "/help/": False,
    "/help/words/": False,
    "/nothing/here/": False,
    "/accounts/password/change/": True,
    "/accounts/logout/": True,
    "/?pick=1": True,
}
_SORRY = {
    "400": lambda request: defaults.bad_request(request, BadRequest()),
    "403": lambda request: defaults.permission_denied(request, PermissionDenied()),
    "csrf": csrf.csrf_failure,
    "404": lambda request: defaults.page_not_found(request, Http404()),
    "429": respond_429,
    "500": defaults.server_error,
    "refused": lambda request: errors.answer(request, errors.NotAllowed()),
}


def opened(*, signed_in: bool) -> list[str]:
    """The addresses, with an invitation of somebody who has none yet."""
    invited = User.objects.filter(username="invited").first() or User.objects.create(username="invited")
    token = invitations.invite(invited, now=timezone.now(), by="北苑 · 支书")
    return [path.format(token=token) for path, by_member in OUTSIDE_PAGES.items() if by_member is signed_in]


def sorry_pages(language: str) -> dict[str, str]:
    """The pages that say what went wrong, for somebody without a login, each by an address that is none."""
    pages = {}
    with translation.override(language):
        for name, answer in _SORRY.items():
            request = RequestFactory().get(f"/sorry/{name}/")
            request.user = AnonymousUser()
            pages[f"/sorry/{name}/"] = answer(request).content.decode()
    return pages
