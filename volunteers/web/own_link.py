"""By a volunteer's personal link, without an account: places in what is coming, hours, and saying that they are wrong.

Looking changes nothing: chat programs fetch links first.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from compounds.kernel import elder
from compounds.organisation.door import open_to_all
from compounds.registry import limits
from volunteers.errors.volunteers import HelperLinkGone, TooManyHelperTries
from volunteers.forms.hours import DisputeForm
from volunteers.models import ForWhom, PlaceState, ServiceRecord, Slot, Volunteer
from volunteers.selectors import hours as ledger
from volunteers.selectors.sign_up import coming_for, place_of
from volunteers.services import hours, sign_up
from volunteers.services.sign_up import Who
from volunteers.services.volunteers import find_by_link
from volunteers.web.form_page import sent
from volunteers.web.own_help import TRIES_AN_HOUR


@never_cache
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def own_activities(request: HttpRequest, token: str) -> HttpResponse:
    """What is coming and looks for volunteers; one tap takes a place, one gives it back."""
    elder.begin_large(request)
    volunteer = _whose(token)
    if volunteer is None:
        return _gone(request)
    if request.method == "POST":
        _count_try(token)
        _act(request, volunteer)
        return redirect("own_activities", token)
    context = {"token": token, "volunteer": volunteer, "coming": coming_for(volunteer, timezone.now())}
    return _aside(render(request, "volunteers/own_activities.html", context))


@never_cache
@open_to_all
@require_safe
def own_hours(request: HttpRequest, token: str) -> HttpResponse:
    elder.begin_large(request)
    volunteer = _whose(token)
    if volunteer is None:
        return _gone(request)
    own = ledger.of_volunteer(volunteer, on=timezone.localdate())
    return _aside(render(request, "volunteers/own_hours.html", {"token": token, "volunteer": volunteer, "own": own}))


@never_cache
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def own_hours_dispute(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    elder.begin_large(request)
    volunteer = _whose(token)
    if volunteer is None:
        return _gone(request)
    rows = ServiceRecord.objects.filter(volunteer=volunteer).select_related("volunteer__person", "activity")
    record = get_object_or_404(rows, pk=pk)
    form = DisputeForm(*sent(request))
    if form.is_bound:
        _count_try(token)
        if form.is_valid():
            hours.dispute(record, words=form.cleaned_data["words"], now=timezone.now())
            messages.success(request, _("Sent. Your leader reads it and answers."))
            return redirect("own_hours", token)
    context: dict[str, Any] = {"token": token, "record": record, "form": form, "counts": hours.counted(record)}
    status = 422 if form.is_bound else 200
    return _aside(render(request, "volunteers/own_hours_dispute.html", context, status=status))


def _act(request: HttpRequest, volunteer: Volunteer) -> None:
    """Take the place that is meant, or give it back."""
    key = request.POST.get("slot", "")
    known = key.isascii() and key.isdecimal() and len(key) < 18
    slot = get_object_or_404(Slot, pk=int(key) if known else 0, for_whom=ForWhom.VOLUNTEERS)
    who, now = Who(volunteer=volunteer), timezone.now()
    if request.POST.get("do") == "give_back":
        row = get_object_or_404(slot.participations.signed_up().filter(who.rows()))
        sign_up.sign_off(row, now=now)
        messages.success(request, _("You are off the list. Thank you for saying so."))
        return
    row = sign_up.sign_up(slot, who, now=now, by=None)
    if row.state == PlaceState.PLACED:
        messages.success(request, _("You have a place. See you there."))
    else:
        row.slot = slot
        said = _("All places are taken; you are number %(n)s on the waiting list. You move up by yourself.")
        messages.success(request, said % {"n": place_of(row).position})


def _whose(token: str) -> Volunteer | None:
    try:
        return find_by_link(token)
    except HelperLinkGone:
        return None


def _gone(request: HttpRequest) -> HttpResponse:
    return _aside(render(request, "volunteers/helper_link_gone.html", status=410))


def _count_try(token: str) -> None:
    limits.count("helper", limits.hidden(token), most=TRIES_AN_HOUR, error=TooManyHelperTries())


def _aside(response: HttpResponse) -> HttpResponse:
    """A page without an account, in no search engine."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("helper/<str:token>/activities/", own_activities, name="own_activities"),
    path("helper/<str:token>/hours/", own_hours, name="own_hours"),
    path("helper/<str:token>/hours/<int:pk>/dispute/", own_hours_dispute, name="own_hours_dispute"),
]
