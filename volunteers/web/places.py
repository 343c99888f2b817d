"""Signing up without an account, and the page of one's place behind a code that is given once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.accounts.qr import qr_svg
from compounds.kernel import elder
from compounds.organisation.door import open_to_all
from compounds.registry import limits
from volunteers.errors.sign_up import TooManyCodes, TooManySignUps
from volunteers.forms.sign_up import OpenSignUpForm
from volunteers.models import Activity, Participation
from volunteers.selectors.sign_up import place_of, places_of, state_of
from volunteers.services import sign_up as service
from volunteers.web.form_page import sent

# A family signs up at once, a staircase perhaps; a script more. Mobile networks share addresses among many.
FROM_ONE_ADDRESS, FOR_ONE_ACTIVITY, WRONG_CODES = 10, 200, 30


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Anybody, without a login: name, number, consent. The answer is the same whoever is known here already."""
    activity = get_object_or_404(Activity.objects.in_public().select_related("venue"), pk=pk)
    form = OpenSignUpForm(*sent(request), activity=activity)
    if form.is_bound:
        _count_try(request, activity)
        if form.is_valid():
            data = form.cleaned_data
            _row, code = service.sign_up_openly(
                data["slot"], name=data["name"], phone=data["phone"], now=timezone.now()
            )
            return redirect(f"{reverse('my_place', args=[code.replace(' ', '')])}?new=1")
    context = {"activity": activity, "places": places_of(activity, None), "sign_up_form": form}
    return _public(request, "volunteers/sign_up_page.html", context, status=422 if form.is_bound else 200)


@open_to_all
@require_safe
def place_code(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in."""
    code = request.GET.get("code", "").strip()
    if code and _found(request, code):
        return redirect("my_place", code="".join(c for c in code if c.isdecimal()))
    context = {"code": code[:20], "wrong": bool(code)}
    return _public(request, "volunteers/place_code.html", context, status=422 if code else 200)


@open_to_all
@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    row = _found(request, code)
    if row is None:
        return _public(request, "volunteers/place_code.html", {"code": code[:20], "wrong": True}, status=404)
    activity = row.slot.activity
    link = request.build_absolute_uri(reverse("my_place", args=[code]))
    new = request.GET.get("new") == "1"
    context = {
        "row": row,
        "activity": activity,
        "shown": place_of(row),
        "state": state_of(activity, timezone.now()),
        "begun": (row.slot.starts_at or activity.starts_at) <= timezone.now(),
        "moved": activity.moved_at is not None and activity.moved_at > row.created_at,
        "place_code": code,
        "code": service.spaced(code) if new else "",
        "qr": qr_svg(link) if new else "",
    }
    return _public(request, "volunteers/place.html", context)


@open_to_all
@require_POST
def sign_off(request: HttpRequest, code: str) -> HttpResponse:
    service.sign_off(_found_or_404(request, code), now=timezone.now())
    messages.success(request, _("You are off the list. Thank you for saying so."))
    return redirect("my_place", code=code)


@open_to_all
@require_POST
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever holds the code takes back that name and number are kept."""
    service.take_back_consent(_found_or_404(request, code), now=timezone.now())
    messages.success(request, _("Done. Your name and number are kept no more."))
    return redirect("my_place", code=code)


def _found(request: HttpRequest, code: str) -> Participation | None:
    """The place behind a code. Wrong codes are counted, so that nobody tries them all."""
    found = service.find(code)
    if found is None:
        limits.count("place-code", limits.address_of(request), most=WRONG_CODES, error=TooManyCodes())
    return found


def _found_or_404(request: HttpRequest, code: str) -> Participation:
    found = _found(request, code)
    if found is None:
        raise Http404
    return found


def _count_try(request: HttpRequest, activity: Activity) -> None:
    """Raise TooManySignUps once one connection or one activity has sent too many within a clock hour."""
    address = limits.address_of(request)
    limits.count("place", f"{activity.pk}-{address}", most=FROM_ONE_ADDRESS, error=TooManySignUps())
    limits.count("place", activity.pk, most=FOR_ONE_ACTIVITY, error=TooManySignUps())


def _public(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page for residents: large letters unless they asked for small ones, and in no search engine."""
    elder.begin_large(request)
    response = render(request, template, {**context, "nav": "board"}, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    path("board/activities/<int:pk>/sign-up/", sign_up, name="activity_sign_up"),
    path("board/places/", place_code, name="place_code"),
    path("board/places/<str:code>/", place, name="my_place"),
    path("board/places/<str:code>/sign-off/", sign_off, name="place_sign_off"),
    path("board/places/<str:code>/forgetting/", forget, name="place_forget"),
]
