"""Who came: ticked by the code at the door, on the list, or from the printed sheet; then closed, which makes hours."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from notices import reminders
from volunteers.errors.attendance import AttendanceClosed, AttendanceOpen, DoorShut, NoPlaceLeft, TooEarly
from volunteers.errors.hours import HoursInFuture
from volunteers.models import Activity, ActivityState, CameBy, ForWhom, Participation, PlaceState, ServiceRecord, Slot
from volunteers.selectors.attendance import EARLY, minutes_of, most_minutes_of, who_served
from volunteers.services import hours
from volunteers.services.sign_up import Who, is_free, locked, still_on


def is_open(activity: Activity, now: datetime) -> bool:
    """Whether whoever takes attendance may tick people now."""
    on = activity.state != ActivityState.CANCELLED and activity.attendance_closed_at is None
    return on and now >= activity.starts_at - EARLY


@transaction.atomic
def tick(row: Participation, *, how: CameBy, now: datetime, by: Person | None) -> Participation:
    """They are here. Whoever waited for a place has one now: somebody at the door let them in; a code lets in nobody.

    A second tick changes nothing. Raises ActivityCancelled, TooEarly, AttendanceClosed, DoorShut, NoPlaceLeft.
    """
    activity = _open(row.slot.activity_id, how, now)
    row = Participation.objects.select_related("slot", "volunteer__person", "person").get(pk=row.pk)
    row.slot.activity = activity
    if row.came_at:
        return row
    if row.state != PlaceState.PLACED:
        if how == CameBy.CODE and not is_free(row.slot):
            raise NoPlaceLeft
        row.state, row.cancelled_at = PlaceState.PLACED, None
    row.came_at, row.came_by, row.came_noted_by = now, how, by
    row.save(update_fields=["state", "cancelled_at", "came_at", "came_by", "came_noted_by", "updated_at"])
    touch("activities")
    return row


@transaction.atomic
def untick(row: Participation, *, now: datetime, by: Person) -> Participation:
    """Take a mistap back. Raises AttendanceClosed."""
    activity = locked(row.slot.activity_id)
    if activity.attendance_closed_at:
        raise AttendanceClosed
    row = Participation.objects.select_related("slot", "volunteer__person", "person").get(pk=row.pk)
    row.slot.activity = activity
    row.came_at, row.came_by, row.came_noted_by = None, "", by
    row.save(update_fields=["came_at", "came_by", "came_noted_by", "updated_at"])
    touch("activities")
    return row


@transaction.atomic
def come_in(slot: Slot, who: Who, *, how: CameBy, now: datetime, by: Person | None) -> Participation:
    """Somebody who is not on the list is here. By the code only while a place is free; whoever takes attendance decides
    for themselves. Whoever is on the list after all is ticked there. Raises as ``tick`` does."""
    activity = _open(slot.activity_id, how, now)
    slot = activity.slots.get(pk=slot.pk)
    there = slot.participations.filter(who.rows()).order_by("cancelled_at", "-pk").first()
    if there and there.state != PlaceState.CANCELLED:
        return tick(there, how=how, now=now, by=by)
    if how == CameBy.CODE and not is_free(slot):
        raise NoPlaceLeft
    row = Participation.objects.create(
        slot=slot,
        **who.columns,
        state=PlaceState.PLACED,
        consented_at=now,
        recorded_by=by,
        came_at=now,
        came_by=how,
        came_noted_by=by,
    )
    touch("activities")
    return row


@transaction.atomic
def from_sheet(activity: Activity, rows: list[Participation], *, now: datetime, by: Person) -> int:
    """Tick everybody whose signature stands on the paper. Returns how many were not ticked before."""
    before = sum(row.came_at is None for row in rows)
    for row in rows:
        if row.slot.activity_id == activity.pk:
            tick(row, how=CameBy.SHEET, now=now, by=by)
    return before


@transaction.atomic
def open_door(activity: Activity, *, by: Person) -> Activity:
    """Give the door its code; it keeps the one that it has, which hangs there perhaps. Raises ActivityCancelled."""
    activity = locked(activity.pk)
    still_on(activity)
    if not activity.door_key:
        activity.door_key = secrets.token_urlsafe(9)
        activity.save(update_fields=["door_key", "updated_at"])
    return activity


@transaction.atomic
def close(activity: Activity, *, minutes: Mapping[int, int], now: datetime, by: Person) -> list[ServiceRecord]:
    """Settle who came, and write the volunteers' hours: as long as their slot, or the ``minutes`` given for a place (0:
    none). Nobody served longer than from half an hour before until now. Returns the new lines; they wait for approval.

    Raises ActivityCancelled, AttendanceOpen, AttendanceClosed, HoursInFuture, TooManyHours.
    """
    activity = locked(activity.pk)
    still_on(activity)
    if activity.attendance_closed_at:
        raise AttendanceClosed
    if now <= activity.starts_at:
        raise AttendanceOpen(title=activity.title, begins=_shown(activity.starts_at))
    lines = []
    for row in who_served(activity):
        row.slot.activity = activity
        served = minutes.get(row.pk, minutes_of(row, now))
        if served > most_minutes_of(row, now):
            raise HoursInFuture(name=row.who)
        if served:
            assert row.volunteer is not None
            on = timezone.localdate(row.slot.starts_at or activity.starts_at)
            lines.append(hours.Line(row.volunteer, on, served, activity=activity, participation=row))
    made = hours.write_down(lines, now=now, by=by)
    activity.attendance_closed_at, activity.attendance_closed_by = now, by
    activity.save(update_fields=["attendance_closed_at", "attendance_closed_by", "updated_at"])
    reminders.look_again()
    touch("activities")
    return made


def volunteers_slot(activity: Activity) -> Slot:
    """Where a volunteer who came without having signed up is written down; made where the plan had none."""
    slot = activity.slots.filter(for_whom=ForWhom.VOLUNTEERS).order_by("starts_at", "pk").first()
    return slot or Slot.objects.create(activity=activity, for_whom=ForWhom.VOLUNTEERS)


def residents_slot(activity: Activity) -> Slot:
    slot = activity.slots.filter(for_whom=ForWhom.RESIDENTS).order_by("starts_at", "pk").first()
    return slot or Slot.objects.create(activity=activity, for_whom=ForWhom.RESIDENTS)


def _open(pk: int, how: CameBy, now: datetime) -> Activity:
    """The activity, locked, while attendance may be taken in this way."""
    activity = locked(pk)
    still_on(activity)
    if activity.attendance_closed_at:
        raise AttendanceClosed
    if now < activity.starts_at - EARLY:
        raise TooEarly(title=activity.title, opens=_shown(activity.starts_at - EARLY))
    if how == CameBy.CODE and now > activity.ends_at:
        raise DoorShut(ends=_shown(activity.ends_at))
    return activity


def _shown(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
