"""The page that shows a fresh one-time link, this once."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from compounds.accounts.invitations import invite
from compounds.accounts.models import User
from compounds.accounts.qr import qr_svg
from compounds.registry.models import StaffLevel
from compounds.registry.office import Office


def shows_link(request: HttpRequest, user: User, *, by: Office, said: str, **context: Any) -> HttpResponse:
    """Make a link for a login that has no password yet, and show it. Earlier ones are called back."""
    token = invite(user, now=timezone.now(), by=str(by)[:120])
    link = request.build_absolute_uri(f"/invite/{token}/")
    shown = {
        **admin.site.each_context(request),
        "title": _("Invitation"),
        "said": said,
        "name": user.display_name,
        "link": link,
        "qr": qr_svg(link),
        **context,
    }
    response = render(request, "organisation/district/invitation.html", shown)
    add_never_cache_headers(response)
    return response


def needs_link(request: HttpRequest, user: User) -> bool:
    """Whether the login has never been opened, so that its holder needs a link to begin.

    A link sets a password, so whoever makes one must administer all that the login opens.
    """
    accounts: Any = admin.site.get_model_admin(User)
    inside = accounts.rows_inside(request, User.objects.filter(pk=user.pk), level=StaffLevel.ADMINISTER)
    return user.is_active and not user.has_usable_password() and inside.exists()
