"""Places for members: one's own in two taps, somebody else's written down for them, and a number to ring them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.forms_reveal import RevealForm
from compounds.organisation.policies import allows, may, require
from volunteers import policies
from volunteers.forms.sign_up import SignUpForForm
from volunteers.models import Activity, Participation, PlaceState, Slot
from volunteers.selectors.attendance import roll_of
from volunteers.selectors.sign_up import place_of, places_of
from volunteers.services import sign_up as service
from volunteers.services.ringing import phone_of
from volunteers.web.form_page import sent


@require_safe
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """How many places are left; those who go from door to door see who has one, and who waits."""
    activity = _activity(pk)
    sees_names = allows(policies.SIGN_UP_FOR, request.person)
    found = places_of(activity, request.person)
    context = {
        "nav": "tree",
        "activity": activity,
        "places": found,
        "placed": sum(one.placed for one in found.slots),
        "roll": roll_of(activity) if sees_names else None,
        "takes_attendance": allows(policies.ATTENDANCE, request.person, activity),
    }
    return render(request, "volunteers/places.html", context)


@require_POST
@may(policies.SIGN_UP)
def take(request: HttpRequest, pk: int, slot: int) -> HttpResponse:
    row = service.sign_up(_slot(pk, slot), service.member(request.person), now=timezone.now(), by=None)
    if row.state == PlaceState.PLACED:
        messages.success(request, _("You have a place. See you there."))
    else:
        said = _("All places are taken; you are number %(n)s on the waiting list. You move up by yourself.")
        messages.success(request, said % {"n": place_of(row).position})
    return _back(request, pk)


@require_POST
@may(policies.SIGN_UP)
def give_back(request: HttpRequest, pk: int, slot: int) -> HttpResponse:
    theirs = service.member(request.person).rows()
    row = get_object_or_404(_slot(pk, slot).participations.signed_up().filter(theirs))
    service.sign_off(row, now=timezone.now())
    messages.success(request, _("You are off the list. Thank you for saying so."))
    return _back(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.SIGN_UP_FOR)
def sign_up_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Spoken by somebody at the door, recorded by whoever is signed in."""
    activity = _activity(pk)
    form = SignUpForForm(*sent(request), activity=activity)
    if form.is_bound and form.is_valid():
        row = service.sign_up(form.cleaned_data["slot"], form.who, now=timezone.now(), by=request.person)
        if row.state == PlaceState.PLACED:
            messages.success(request, _("%(name)s has a place.") % {"name": row.who})
        else:
            said = _("%(name)s is number %(n)s on the waiting list.")
            messages.success(request, said % {"name": row.who, "n": place_of(row).position})
        return redirect("activity_places", pk)
    context = {"nav": "tree", "activity": activity, "form": form, "places": places_of(activity, request.person)}
    return render(request, "volunteers/sign_up_for.html", context, status=422 if form.is_bound else 200)


@require_POST
@may(policies.SIGN_UP_FOR)
def give_back_for(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    place = _row(pk, row)
    service.sign_off(place, now=timezone.now())
    messages.success(request, _("%(name)s is off the list.") % {"name": place.who})
    return redirect("activity_places", pk)


@never_cache
@sensitive_variables("number")
@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.ATTENDANCE)
def ring(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The number of somebody on the list, for those who organise it; why it was asked for is kept."""
    place = _row(pk, row)
    require(policies.ATTENDANCE, request.person, place.slot.activity)
    form = RevealForm(*sent(request))
    context: dict[str, Any] = {"nav": "tree", "activity": place.slot.activity, "row": place, "form": form}
    if form.is_bound and form.is_valid():
        number = phone_of(place, reason=form.cleaned_data["reason"], by=request.person)
        return render(request, "volunteers/place_phone.html", {**context, "number": number})
    return render(request, "volunteers/place_phone.html", context, status=422 if form.is_bound else 200)


def _activity(pk: int) -> Activity:
    return get_object_or_404(Activity.objects.select_related("venue", "team"), pk=pk)


def _slot(pk: int, slot: int) -> Slot:
    return get_object_or_404(Slot, activity=pk, pk=slot)


def _row(pk: int, row: int) -> Participation:
    rows = Participation.objects.select_related("slot__activity__team", "volunteer__person", "person")
    return get_object_or_404(rows, slot__activity=pk, pk=row)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("activity", pk)


_PLACES = "activities/<int:pk>/places/"
urlpatterns = [
    path(_PLACES, places, name="activity_places"),
    path(f"{_PLACES}<int:slot>/sign-up/", take, name="place_take"),
    path(f"{_PLACES}<int:slot>/sign-off/", give_back, name="place_give_back"),
    path(f"{_PLACES}others/", sign_up_for, name="sign_up_for"),
    path(f"{_PLACES}rows/<int:row>/sign-off/", give_back_for, name="place_give_back_for"),
    path(f"{_PLACES}rows/<int:row>/phone/", ring, name="place_phone"),
]
