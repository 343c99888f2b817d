"""Planning activities, changing, moving and cancelling them: one lock each, and those with a place are told."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, time_format

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.partners.models import EventType
from notices import reminders
from volunteers.errors.activities import ActivityNotPlanned, ActivityOver, PeopleWereThere, VenueTaken, see
from volunteers.models import Activity, ActivityState, ForWhom, Participation, Repeat, Slot, Venue
from volunteers.services import series, sign_up
from volunteers.telling import tell

# For whom how many places there are: empty, as many as come; 0, none for them.
type Places = Mapping[str, int | None]


@transaction.atomic
def plan(facts: Mapping[str, Any], *, places: Places, now: datetime, by: Person) -> Activity:
    """Plan an activity. ``facts`` are fields of the row; one that repeats is planned some weeks ahead at once.

    Raises VenueTaken.
    """
    activity = Activity(**facts, planned_by=by)
    if activity.repeat != Repeat.NEVER:
        activity.series_on = timezone.localdate(activity.starts_at)
    _keeping_the_venue(activity, lambda: activity.save(force_insert=True))
    for for_whom in ForWhom.values:
        if places.get(for_whom, 0) != 0:
            Slot.objects.create(activity=activity, for_whom=for_whom, places=places[for_whom])
    tell(EventType.ACTIVITY_PLANNED, activity)
    audit.record("activity.plan", about=activity.title, by=by, activity=activity.kind)
    if activity.repeat != Repeat.NEVER:
        series.go_on(activity, today=timezone.localdate(now))
    _changed()
    return activity


@transaction.atomic
def change(activity: Activity, facts: Mapping[str, Any], *, by: Person) -> Activity:
    """Say something else about it, but for when and where. Raises ActivityNotPlanned."""
    activity = locked(activity)
    _require_planned(activity)
    changed = [name for name, value in facts.items() if getattr(activity, name) != value]
    for name in changed:
        setattr(activity, name, facts[name])
    if changed:
        activity.save(update_fields=[*changed, "updated_at"])
        audit.record("activity.change", about=activity.title, by=by, fields=changed)
        tell(EventType.ACTIVITY_CHANGED, activity)
        _changed()
    return activity


@transaction.atomic
def move(activity: Activity, when: Mapping[str, Any], *, now: datetime, by: Person) -> Activity:
    """Give it another time or place. Those with a place keep it and are told; nobody has to sign up again.

    ``when``: ``starts_at``, ``ends_at``, ``sign_up_until``, ``venue`` and ``place``. Parts of its time that have places
    of their own move along. Raises ActivityNotPlanned, PeopleWereThere, ActivityOver, VenueTaken.
    """
    activity = locked(activity)
    _require_planned(activity)
    _require_nobody_there(activity)
    if activity.ends_at < now:
        raise ActivityOver(day=date_format(timezone.localtime(activity.ends_at)), actions=see(activity))
    changed = [name for name, value in when.items() if getattr(activity, name) != value]
    if not changed:
        return activity
    told = set(changed) - {"sign_up_until"}
    later = when["starts_at"] - activity.starts_at
    for name in changed:
        setattr(activity, name, when[name])
    if told:
        activity.moved_at = now
    _keeping_the_venue(activity, activity.save)
    if later:
        for slot in activity.slots.filter(starts_at__isnull=False):
            slot.starts_at, slot.ends_at = slot.starts_at + later, slot.ends_at + later
            slot.save(update_fields=["starts_at", "ends_at", "updated_at"])
    audit.record("activity.move", about=activity.title, by=by, fields=changed)
    tell(EventType.ACTIVITY_MOVED if told else EventType.ACTIVITY_CHANGED, activity)
    _changed()
    return activity


@transaction.atomic
def cancel(activity: Activity, *, why: str, now: datetime, by: Person) -> Activity:
    """Call it off, or say that it did not take place; those who signed up are told why.

    Raises ActivityNotPlanned, PeopleWereThere.
    """
    activity = locked(activity)
    _require_planned(activity)
    _require_nobody_there(activity)
    activity.state, activity.cancelled_why = ActivityState.CANCELLED, why
    activity.cancelled_at, activity.cancelled_by = now, by
    activity.save(update_fields=["state", "cancelled_why", "cancelled_at", "cancelled_by", "updated_at"])
    audit.record("activity.cancel", about=activity.title, by=by, reason=why)
    tell(EventType.ACTIVITY_CANCELLED, activity)
    _changed()
    return activity


def locked(activity: Activity) -> Activity:
    """The row as it is now, kept from others until the transaction ends."""
    return sign_up.locked(activity.pk)


def clash(venue: Venue, starts_at: datetime, ends_at: datetime, *, besides: int | None = None) -> Activity | None:
    """What this venue serves at that time, if anything."""
    then = Activity.objects.at_the_same_time(venue, starts_at, ends_at)
    return (then.exclude(pk=besides) if besides else then).first()


def clash_in_words(other: Activity) -> dict[str, str]:
    """What the message of a taken venue says of the activity that is there."""
    begins, ends = timezone.localtime(other.starts_at), timezone.localtime(other.ends_at)
    return {
        "title": other.title,
        "venue": str(other.venue),
        "begins": f"{date_format(begins, 'MONTH_DAY_FORMAT')} {time_format(begins, 'H:i')}",
        "ends": time_format(ends, "H:i"),
    }


def _keeping_the_venue(activity: Activity, write: Callable[[], object]) -> None:
    """One at a time for each venue: of two plans at once the later one is told what is there. (Left to the constraint
    alone, both would wait for each other until the database ends one of them.)"""
    if activity.venue_id is not None:
        venue = Venue.objects.select_for_update().get(pk=activity.venue_id)
        if other := clash(venue, activity.starts_at, activity.ends_at, besides=activity.pk):
            raise VenueTaken(**clash_in_words(other), actions=see(other))
    write()


def _require_planned(activity: Activity) -> None:
    if activity.state != ActivityState.PLANNED:
        raise ActivityNotPlanned(state=activity.get_state_display(), actions=see(activity))


def _require_nobody_there(activity: Activity) -> None:
    if Participation.objects.came().filter(slot__activity=activity).exists():
        raise PeopleWereThere(actions=see(activity))


def _changed() -> None:
    """Figures are counted again, and clocks looked at."""
    touch("activities")
    reminders.look_again()
