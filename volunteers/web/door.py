"""The code at the door: the poster with it, and the page that it opens on the phone of whoever comes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.accounts.qr import qr_svg
from compounds.kernel import elder
from compounds.organisation.door import open_to_all
from compounds.organisation.policies import may, require
from compounds.registry import limits, short_links
from volunteers import policies
from volunteers.errors.attendance import TooManyAtTheDoor
from volunteers.forms.attendance import DoorForm
from volunteers.models import Activity, ActivityState, CameBy, ForWhom, Participation
from volunteers.selectors.attendance import EARLY, found_on_list
from volunteers.services import attendance as service
from volunteers.services import sign_up
from volunteers.services.sign_up import Who
from volunteers.web.form_page import sent

# A wireless network in the courtyard is one address for everybody there.
FROM_ONE_ADDRESS, AT_ONE_DOOR = 60, 400


@require_safe
@may(policies.ATTENDANCE)
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """For the leader's phone held out, or an A4 sheet at the door."""
    activity = get_object_or_404(Activity.objects.select_related("venue", "team"), pk=pk)
    require(policies.ATTENDANCE, request.person, activity)
    link = short_links.of([_path(activity)]).get(_path(activity)) if activity.door_key else None
    address = request.build_absolute_uri(short_links.short_path(link)) if link else ""
    context = {
        "nav": "tree",
        "activity": activity,
        "address": address,
        "qr": qr_svg(address) if address else "",
        "opens_at": activity.starts_at - EARLY,
        "on": activity.state != ActivityState.CANCELLED and timezone.now() <= activity.ends_at,
    }
    return render(request, "volunteers/door_poster.html", context)


@require_POST
@may(policies.ATTENDANCE)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.select_related("team"), pk=pk)
    require(policies.ATTENDANCE, request.person, activity)
    short_links.make([_path(service.open_door(activity, by=request.person))])
    return redirect("attendance_door", pk)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever scans the code at the door says who they are; members need not type it."""
    activity = Activity.objects.select_related("venue").exclude(door_key="").filter(door_key=key).first()
    if activity is None:
        raise Http404
    now = timezone.now()
    form = DoorForm(*(sent(request) if request.person is None else ()))
    context: dict[str, Any] = {"activity": activity, "form": form, "state": _state(activity, now)}
    if request.method == "POST":
        _count_try(request, activity)
        if request.person or form.is_valid():
            row = _come_in(request, activity, form, now)
            if row:
                return _page(request, {**context, "here": row, "helps": row.slot.for_whom == ForWhom.VOLUNTEERS})
            context["unknown"] = True
        return _page(request, context, status=200 if context.get("unknown") else 422)
    return _page(request, context)


def _come_in(request: HttpRequest, activity: Activity, form: DoorForm, now: Any) -> Participation | None:
    """Tick whoever is on the list, or let in whoever said as what they came; None: that is still to be asked."""
    row = found_on_list(activity, _who(request, form, None))
    if row:
        return service.tick(row, how=CameBy.CODE, now=now, by=None)
    came = request.POST.get("came", "")
    if came not in ForWhom.values:
        return None
    helps = came == ForWhom.VOLUNTEERS
    slot = service.volunteers_slot(activity) if helps else service.residents_slot(activity)
    return service.come_in(slot, _who(request, form, slot), how=CameBy.CODE, now=now, by=None)


def _who(request: HttpRequest, form: DoorForm, slot: Any) -> Who:
    if request.person:
        return sign_up.member(request.person)
    return sign_up.called(form.cleaned_data["name"], form.cleaned_data["phone"], slot=slot)


def _state(activity: Activity, now: Any) -> str:
    if activity.state == ActivityState.CANCELLED:
        return "cancelled"
    if now < activity.starts_at - EARLY:
        return "early"
    return "over" if now > activity.ends_at or activity.attendance_closed_at else "open"


def _count_try(request: HttpRequest, activity: Activity) -> None:
    """Raise TooManyAtTheDoor once one connection or one door has sent too many within a clock hour."""
    address = limits.address_of(request)
    limits.count("door", f"{activity.pk}-{address}", most=FROM_ONE_ADDRESS, error=TooManyAtTheDoor())
    limits.count("door", activity.pk, most=AT_ONE_DOOR, error=TooManyAtTheDoor())


def _path(activity: Activity) -> str:
    return short_links.path_to("activity_door", activity.door_key)


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    elder.begin_large(request)
    response = render(request, "volunteers/door.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    path("activities/<int:pk>/attendance/door/", poster, name="attendance_door"),
    path("activities/<int:pk>/attendance/door/code/", make, name="attendance_door_make"),
    path("board/door/<str:key>/", door, name="activity_door"),
]
