"""One activity: planned, read, changed, moved, given more places, cancelled; its series stopped."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.models import Person
from compounds.organisation.policies import allows, may, require
from compounds.organisation.upkeep.web.answers import form_page, posted
from notices.policies import NOTICE_WRITE
from volunteers.forms.activities import CancelForm, MoveForm, PlanForm, WhatForm
from volunteers.forms.summing_up import PlacesForm, SlotForm
from volunteers.models import Activity
from volunteers.policies import ACTIVITY_CHANGE, ACTIVITY_PLAN, ATTENDANCE, SIGN_UP_FOR
from volunteers.selectors import activities as selectors
from volunteers.selectors.activity_photos import shots
from volunteers.selectors.attendance import came_to
from volunteers.selectors.sign_up import places_of
from volunteers.services import activities, attendance, notice_drafts, series, slots
from volunteers.web.months import asked_month

_FORM = ["GET", "HEAD", "POST"]


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    people = ("planned_by", "cancelled_by", "summed_up_by", "series", "partner")
    found = get_object_or_404(selectors.with_where(Activity.objects.all()).select_related(*people), pk=pk)
    now, today = timezone.now(), timezone.localdate()
    mine = allows(ACTIVITY_CHANGE, request.person, found)
    takes_attendance, attendance_on = allows(ATTENDANCE, request.person, found), attendance.is_open(found, now)
    goes_on = found.starts_at <= now <= found.ends_at
    head = series.head_of(found)
    context = {
        **shown(found, request.person, now),
        "nav": "tree",
        "photos": shots(found, address="activity_photo"),
        "mine": mine,
        "takes_attendance": takes_attendance,
        "came": came_to(found),
        "attendance_on": attendance_on,
        # Before the end, ticking who is here goes before summing up.
        "ticking": mine and takes_attendance and attendance_on and found.is_planned and goes_on,
        "sees_places": allows(SIGN_UP_FOR, request.person),
        "to_ring": len(selectors.to_ring(found)) if mine and (found.is_cancelled or found.moved_at) else 0,
        "head": head,
        "series_goes_on": bool(head and series.goes_on(head, today)),
    }
    return render(request, "volunteers/activity.html", context)


@require_http_methods(_FORM)
@may(ACTIVITY_PLAN)
def activity_new(request: HttpRequest) -> HttpResponse:
    """A new activity; the address may name the month that still has none."""
    today = timezone.localdate()
    first = asked_month(request, today)
    start = {"day": first} if first > today else {}
    form = PlanForm(posted(request), today=today, initial=start)
    if form.is_valid():
        now = timezone.now()
        made = activities.plan(form.facts(), places=form.places(), now=now, by=request.person)
        over = made.ends_at < now
        said = (
            _("Written down. It is over: please sum it up.") if over else _("Planned. People can sign up for it now.")
        )
        messages.success(request, said)
        return redirect(made)
    context = {"nav": "tree", "form": form}
    return render(request, "volunteers/activity_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(_FORM)
@may(ACTIVITY_CHANGE)
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    form = WhatForm(posted(request), today=timezone.localdate(), activity=found)
    if form.is_valid():
        activities.change(found, form.what(), by=request.person)
        messages.success(request, _("Saved."))
        return redirect(found)
    text = _("For another time or place, move it: then those who signed up are told.")
    return _page(request, form, found, title=_("Change what is said about it"), text=text)


@require_http_methods(_FORM)
@may(ACTIVITY_CHANGE)
def activity_move(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    form = MoveForm(posted(request), today=timezone.localdate(), activity=found)
    if form.is_valid():
        activities.move(found, form.when(), now=timezone.now(), by=request.person)
        messages.success(request, _("Moved. Those with a place keep it and are told."))
        return redirect(found)
    text = _("Everybody keeps the place they have. Members get a reminder; whom to ring stands on the next page.")
    return _page(request, form, found, title=_("Move it"), text=text, button=_("Move it"))


@require_http_methods(_FORM)
@may(ACTIVITY_CHANGE)
def activity_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    form = CancelForm(posted(request))
    if form.is_valid():
        activities.cancel(found, **form.cleaned_data, now=timezone.now(), by=request.person)
        messages.success(request, _("Cancelled. Those who signed up are told why."))
        return redirect(found)
    text = _("Everybody who signed up reads the reason. It stays in the calendar, struck out.")
    return _page(request, form, found, title=_("Why is it cancelled?"), text=text, button=_("Cancel the activity"))


@require_http_methods(_FORM)
@may(ACTIVITY_CHANGE)
def activity_slot_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    form = SlotForm(posted(request), activity=found)
    if form.is_valid():
        slots.add(found, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect(found)
    text = _("For another kind of people, or for a part of the time, such as an hour of setting up.")
    return _page(request, form, found, title=_("Further places"), text=text)


@require_http_methods(_FORM)
@may(ACTIVITY_CHANGE)
def activity_slot(request: HttpRequest, pk: int, slot: int) -> HttpResponse:
    """How many places: more move the waiting up, fewer throw nobody out."""
    found = _mine(request, pk)
    one = get_object_or_404(found.slots, pk=slot)
    form = PlacesForm(posted(request), initial={"places": one.places})
    if form.is_valid():
        too_many = slots.change(one, **form.cleaned_data, now=timezone.now(), by=request.person)
        if too_many:
            words = _("Saved. %(n)s more have a place than there are now; they keep it.")
            messages.warning(request, words % {"n": too_many})
        else:
            messages.success(request, _("Saved."))
        return redirect(found)
    text = _("With more places, those who wait move up by themselves. With fewer, whoever has one keeps it.")
    return _page(request, form, found, title=_("How many places"), text=text)


@require_POST
@may(ACTIVITY_CHANGE)
def activity_series_stop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    head = series.head_of(found) or found
    series.stop(head, today=timezone.localdate(), by=request.person)
    messages.success(
        request, _("No more are planned by themselves. Cancel those that are planned already, if need be.")
    )
    return redirect(found)


@require_POST
@may(NOTICE_WRITE)
def activity_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of a notice about it, for the branch to look at."""
    notice = notice_drafts.draft(_mine(request, pk), today=timezone.localdate(), by=request.person)
    return redirect("notice_edit", notice.pk)


def shown(found: Activity, person: Person | None, now: datetime) -> dict[str, Any]:
    """What an activity's page reads, for members and for everybody alike."""
    return {
        "activity": found,
        "now": now,
        "places": places_of(found, person, now),
        "begun": found.starts_at <= now,
        "over": found.ends_at < now,
    }


def _mine(request: HttpRequest, pk: int) -> Activity:
    found = get_object_or_404(Activity.objects.select_related("team"), pk=pk)
    require(ACTIVITY_CHANGE, request.person, found)
    return found


def _page(request: HttpRequest, form: Any, found: Activity, **words: str) -> HttpResponse:
    return form_page(request, form, back=(reverse("activity", args=[found.pk]), str(found)), **words)


urlpatterns = [
    path("activities/new/", activity_new, name="activity_new"),
    path("activities/<int:pk>/", activity, name="activity"),
    path("activities/<int:pk>/words/", activity_edit, name="activity_edit"),
    path("activities/<int:pk>/time/", activity_move, name="activity_move"),
    path("activities/<int:pk>/cancellation/", activity_cancel, name="activity_cancel"),
    path("activities/<int:pk>/slots/new/", activity_slot_new, name="activity_slot_new"),
    path("activities/<int:pk>/slots/<int:slot>/", activity_slot, name="activity_slot"),
    path("activities/<int:pk>/series/stop/", activity_series_stop, name="activity_series_stop"),
    path("activities/<int:pk>/notice/", activity_notice, name="activity_notice"),
]
