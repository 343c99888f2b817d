"""Activities that repeat: each is planned ahead once, by its day; moved ones stay moved, cancelled ones cancelled."""

import calendar
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.partners.models import EventType
from notices import reminders
from volunteers.errors.activities import NoSeries, see
from volunteers.models import Activity, ActivityState, Repeat, Slot, Venue
from volunteers.telling import tell

# How far ahead activities of a series are planned: always the whole coming month at least.
AHEAD = timedelta(days=62)


def days(repeat: Repeat, first: date, until: date) -> Iterator[date]:
    """The days of a series after its first one, up to and including ``until``.

    Every month means the same weekday of the month, as the second Saturday; a fifth one is the month's last. A date
    that a month does not have is its last day.
    """
    if repeat == Repeat.WEEKLY:
        day = first + timedelta(days=7)
        while day <= until:
            yield day
            day += timedelta(days=7)
        return
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = _nth_weekday(year, month, first) if repeat == Repeat.MONTHLY else _same_date(year, month, first.day)
        if day > until:
            return
        yield day


@transaction.atomic
def go_on(head: Activity, *, today: date) -> list[Activity]:
    """Plan what is missing of one series up to ``AHEAD`` from today; a second run finds it there.

    Each is like the latest one that went as planned; where the venue is taken then, it has none yet, and whoever
    planned the series is told.
    """
    head = Activity.objects.select_for_update(of=("self",)).get(pk=head.pk)
    if head.repeat == Repeat.NEVER or head.series_on is None:
        return []
    until = min(today + AHEAD, head.repeat_until or date.max)
    there = set(head.followers.values_list("series_on", flat=True))
    wanted = [day for day in days(Repeat(head.repeat), head.series_on, until) if day > today and day not in there]
    if not wanted:
        return []
    like = _model_of(head)
    made = [_like(like, head, day) for day in wanted]
    touch("activities")
    reminders.look_again()
    return made


def go_on_with_all(today: date) -> int:
    """What the night does: every series that still goes on. Returns how many activities are new."""
    going = Activity.objects.series_heads().exclude(repeat_until__lte=today)
    return sum(len(go_on(head, today=today)) for head in going)


@transaction.atomic
def stop(head: Activity, *, today: date, by: Person) -> Activity:
    """Plan no more of it; those that are planned already stay until somebody cancels them. Raises NoSeries."""
    head = Activity.objects.select_for_update(of=("self",)).get(pk=head.pk)
    if not goes_on(head, today):
        raise NoSeries(actions=see(head))
    head.repeat_until = today
    head.save(update_fields=["repeat_until", "updated_at"])
    audit.record("activity.stop_series", about=head.title, by=by)
    return head


def goes_on(head: Activity, today: date) -> bool:
    """Whether more of this series will be planned."""
    return head.repeat != Repeat.NEVER and (head.repeat_until is None or head.repeat_until > today)


def head_of(activity: Activity) -> Activity | None:
    """The first one of its series; None where it belongs to none."""
    if activity.repeat != Repeat.NEVER:
        return activity
    return activity.series


def _model_of(head: Activity) -> Activity:
    """The latest one that was neither moved nor cancelled: what was changed in it goes on."""
    latest = head.followers.exclude(state=ActivityState.CANCELLED).filter(moved_at=None).order_by("-series_on").first()
    return latest or head


def _like(model: Activity, head: Activity, day: date) -> Activity:
    later = day - timezone.localdate(model.starts_at)
    made = Activity(
        **{name: getattr(model, name) for name in ("kind", "title", "text", "place", "in_public")},
        programme_id=model.programme_id,
        team_id=model.team_id,
        partner_id=model.partner_id,
        starts_at=_moved(model.starts_at, later),
        ends_at=_moved(model.ends_at, later),
        sign_up_until=_moved(model.sign_up_until, later),
        planned_by_id=model.planned_by_id,
        series=head,
        series_on=day,
    )
    made.venue = _free_venue(model.venue_id or head.venue_id, made)
    made.save(force_insert=True)
    for slot in model.slots.all():
        Slot.objects.create(
            activity=made,
            for_whom=slot.for_whom,
            name=slot.name,
            places=slot.places,
            starts_at=slot.starts_at and _moved(slot.starts_at, later),
            ends_at=slot.ends_at and _moved(slot.ends_at, later),
        )
    tell(EventType.ACTIVITY_PLANNED, made)
    return made


def _free_venue(pk: int | None, made: Activity) -> Venue | None:
    if pk is None:
        return None
    venue = Venue.objects.select_for_update().get(pk=pk)
    taken = Activity.objects.at_the_same_time(venue, made.starts_at, made.ends_at).exists()
    return None if taken or not venue.active else venue


def _moved(at: datetime, later: timedelta) -> datetime:
    """So many local days later, at the same time by the clock."""
    here = timezone.localtime(at)
    return timezone.make_aware(datetime.combine(here.date() + later, here.time()))


def _nth_weekday(year: int, month: int, like: date) -> date:
    nth = (like.day - 1) // 7
    first = date(year, month, 1)
    day = first + timedelta(days=(like.weekday() - first.weekday()) % 7 + 7 * nth)
    return day if day.month == month else day - timedelta(days=7)


def _same_date(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
