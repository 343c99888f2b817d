"""Taking attendance: the list for one thumb, the printed sheet, and closing it, which makes hours."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.policies import may, require
from volunteers import policies
from volunteers.forms.attendance import CloseForm, SheetForm, WalkInForm
from volunteers.models import Activity, CameBy, ForWhom, Participation
from volunteers.selectors.attendance import EARLY, counted, minutes_of, roll_of, who_served
from volunteers.services import attendance as service
from volunteers.web.form_page import sent

_BLANK_LINES = range(10)


@require_safe
@may(policies.ATTENDANCE)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    activity = _theirs(request, pk)
    now = timezone.now()
    context = {
        "nav": "tree",
        "activity": activity,
        "roll": roll_of(activity),
        "open": service.is_open(activity, now),
        "opens_at": activity.starts_at - EARLY,
        "may_close": service.is_open(activity, now) and now > activity.starts_at,
    }
    return render(request, "volunteers/attendance.html", context)


@require_POST
@may(policies.ATTENDANCE)
def tick(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    activity = _theirs(request, pk)
    place = service.tick(_row(pk, row), how=CameBy.LIST, now=timezone.now(), by=request.person)
    return _answer(request, activity, place)


@require_POST
@may(policies.ATTENDANCE)
def untick(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    activity = _theirs(request, pk)
    place = service.untick(_row(pk, row), now=timezone.now(), by=request.person)
    return _answer(request, activity, place)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.ATTENDANCE)
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is here who is not on the list: whoever takes attendance adds and ticks them in one go."""
    activity = _theirs(request, pk)
    form = WalkInForm(*sent(request))
    if form.is_bound and form.is_valid():
        helps = form.cleaned_data["came"] == ForWhom.VOLUNTEERS
        slot = service.volunteers_slot(activity) if helps else service.residents_slot(activity)
        row = service.come_in(slot, form.who(slot), how=CameBy.LIST, now=timezone.now(), by=request.person)
        messages.success(request, _("%(name)s is ticked as there.") % {"name": row.who})
        return redirect("attendance", pk)
    context = {"nav": "tree", "activity": activity, "form": form}
    return render(request, "volunteers/walk_in.html", context, status=422 if form.is_bound else 200)


@require_safe
@may(policies.ATTENDANCE)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sign-in sheet for A4: the names with a cell for each signature, and empty lines."""
    activity = _theirs(request, pk)
    context = {"nav": "tree", "activity": activity, "roll": roll_of(activity), "blank": _BLANK_LINES}
    return render(request, "volunteers/attendance_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.ATTENDANCE)
def from_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick everybody whose signature stands on the paper."""
    activity = _theirs(request, pk)
    waiting = [row for bench in roll_of(activity).benches for row in bench.rows if row.came_at is None]
    form = SheetForm(*sent(request), waiting=waiting)
    if form.is_bound and form.is_valid():
        rows = list(form.cleaned_data["rows"])
        count = service.from_sheet(activity, rows, now=timezone.now(), by=request.person)
        said = ngettext("Ticked from the sheet: %(n)s person.", "Ticked from the sheet: %(n)s people.", count)
        messages.success(request, said % {"n": count})
        return redirect("attendance", pk)
    context = {"nav": "tree", "activity": activity, "form": form, "anybody": bool(waiting)}
    return render(request, "volunteers/from_sheet.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.ATTENDANCE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came is settled; the volunteers' hours are written down as they stand in the form."""
    activity = _theirs(request, pk)
    now = timezone.now()
    rows = [(row, minutes_of(_of(row, activity), now)) for row in who_served(activity)]
    form = CloseForm(*sent(request), rows=rows)
    if form.is_bound and form.is_valid():
        lines = service.close(activity, minutes=form.minutes, now=now, by=request.person)
        said = ngettext(
            "Closed. The hours of %(n)s volunteer wait for approval.",
            "Closed. The hours of %(n)s volunteers wait for approval.",
            len(lines),
        )
        messages.success(request, said % {"n": len(lines)})
        return redirect("attendance", pk)
    here, expected = counted(activity)
    context = {
        "nav": "tree",
        "activity": activity,
        "form": form,
        "here": here,
        "missing": expected - here,
        "may_close": service.is_open(activity, now) and now > activity.starts_at,
    }
    return render(request, "volunteers/attendance_close.html", context, status=422 if form.is_bound else 200)


def _theirs(request: HttpRequest, pk: int) -> Activity:
    activity = get_object_or_404(Activity.objects.select_related("venue", "team"), pk=pk)
    require(policies.ATTENDANCE, request.person, activity)
    return activity


def _row(pk: int, row: int) -> Participation:
    return get_object_or_404(Participation.objects.select_related("slot"), slot__activity=pk, pk=row)


def _of(row: Participation, activity: Activity) -> Participation:
    row.slot.activity = activity
    return row


def _answer(request: HttpRequest, activity: Activity, row: Participation) -> HttpResponse:
    """The row anew with the count above it, or the whole list where there is no script."""
    if not request.htmx:
        return redirect("attendance", activity.pk)
    here, expected = counted(activity)
    context = {"activity": activity, "row": row, "open": True, "here": here, "expected": expected, "swapped": True}
    return render(request, "volunteers/attendance_row.html", context)


_LIST = "activities/<int:pk>/attendance/"
urlpatterns = [
    path(_LIST, attendance, name="attendance"),
    path(f"{_LIST}<int:row>/here/", tick, name="attendance_tick"),
    path(f"{_LIST}<int:row>/undo/", untick, name="attendance_untick"),
    path(f"{_LIST}walk-ins/", walk_in, name="attendance_walk_in"),
    path(f"{_LIST}sheet/", sheet, name="attendance_sheet"),
    path(f"{_LIST}sheet/entry/", from_sheet, name="attendance_from_sheet"),
    path(f"{_LIST}closing/", close, name="attendance_close"),
]
