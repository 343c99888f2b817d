"""Of what people are told about activities: tomorrow's, moved and cancelled ones, and those to be summed up."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compounds.workdays.lateness import day, moment
from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster
from volunteers.models import Activity, PlaceState
from volunteers.selectors.activities import signed_up_to

# What would have begun within it, and is cancelled, cannot wait for the next morning's digest.
_SOON = timedelta(hours=36)
# For so long people are told of what changed, and asked what came of it.
_NEWS, _LATE = timedelta(days=14), timedelta(days=30)
_PLACED, _SIGNED_UP = (PlaceState.PLACED,), (PlaceState.PLACED, PlaceState.WAITING)


def _facts(row: Activity) -> dict[str, Any]:
    return {"title": row.title, "at": row.starts_at.isoformat(), "where": row.where}


def _when(facts: dict[str, Any]) -> str:
    at = parse_datetime(facts["at"])
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


def _tomorrow(now: datetime, until: datetime) -> Iterable[Occasion]:
    """On the morning of the day before, those who have a place; of one that was moved, for its new day."""
    ahead = until + timedelta(days=2)
    rows = list(Activity.objects.planned().filter(starts_at__gt=now, starts_at__lte=ahead).select_related("venue"))
    people = signed_up_to(rows, states=_PLACED)
    for row in rows:
        at = moment(timezone.localdate(row.starts_at) - timedelta(days=1))
        key = f"{row.pk} {row.starts_at.isoformat()}"
        yield Occasion(key, at, ("activity", row.pk), _facts(row), about=people[row.pk])


def _moved(now: datetime, until: datetime) -> Iterable[Occasion]:
    """At once, those who signed up, for as long as it lies ahead: it may have been for tomorrow."""
    rows = list(Activity.objects.coming(now).filter(moved_at__gt=now - _NEWS).select_related("venue"))
    people = signed_up_to(rows, states=_SIGNED_UP)
    for row in rows:
        assert row.moved_at
        key = f"{row.pk} {row.moved_at.isoformat()}"
        yield Occasion(key, row.moved_at, ("activity", row.pk), _facts(row), about=people[row.pk])


def _cancelled(now: datetime, until: datetime) -> Iterable[Occasion]:
    """At once, those who signed up, until the day on which it would have been is over."""
    rows = list(Activity.objects.filter(cancelled_at__gt=now - _NEWS, ends_at__gt=now).select_related("venue"))
    people = signed_up_to(rows, states=_SIGNED_UP)
    for row in rows:
        assert row.cancelled_at
        urgent = row.starts_at - row.cancelled_at < _SOON
        facts = {**_facts(row), "why": row.cancelled_why}
        yield Occasion(f"{row.pk}", row.cancelled_at, ("activity", row.pk), facts, about=people[row.pk], urgent=urgent)


def _to_sum_up(now: datetime, until: datetime) -> Iterable[Occasion]:
    """The morning after and a week later, whoever planned it, for as long as nobody says how it was."""
    for row in Activity.objects.planned().filter(ends_at__gt=now - _LATE, ends_at__lte=until):
        ended = day(row.ends_at)
        for on in (ended + timedelta(days=1), ended + timedelta(days=8)):
            key = f"{row.pk} {on}"
            yield Occasion(key, moment(on), ("activity_sum_up", row.pk), _facts(row), about=[row.planned_by_id])


def _without_place(now: datetime, until: datetime) -> Iterable[Occasion]:
    """Whoever planned a series, when the place was taken on one of its days."""
    for row in Activity.objects.coming(now).without_place():
        yield Occasion(f"{row.pk}", row.created_at, ("activity", row.pk), _facts(row), about=[row.planned_by_id])


def _those_meant(occasion: Occasion, roster: Roster) -> Iterable[int]:
    people: list[int] = occasion.about
    return people


def _tomorrow_text(facts: dict[str, Any]) -> str:
    if not facts["where"]:
        return _("You have a place: “%(title)s”, %(at)s.") % {**facts, "at": _when(facts)}
    return _("You have a place: “%(title)s”, %(at)s, %(where)s.") % {**facts, "at": _when(facts)}


reminders.register(
    "activity_tomorrow",
    title=gettext_lazy("Tomorrow's activity"),
    due=_tomorrow,
    recipients=_those_meant,
    text=_tomorrow_text,
)
reminders.register(
    "activity_moved",
    title=gettext_lazy("An activity was moved"),
    due=_moved,
    recipients=_those_meant,
    text=lambda facts: (
        _("“%(title)s” was moved: %(at)s, %(where)s. You keep what you have.") % {**facts, "at": _when(facts)}
    ),
    urgent=True,
)
reminders.register(
    "activity_cancelled",
    title=gettext_lazy("An activity was cancelled"),
    due=_cancelled,
    recipients=_those_meant,
    text=lambda facts: _("“%(title)s” on %(at)s is cancelled: %(why)s") % {**facts, "at": _when(facts)},
)
reminders.register(
    "activity_to_sum_up",
    title=gettext_lazy("An activity to be summed up"),
    due=_to_sum_up,
    recipients=_those_meant,
    text=lambda facts: _("How was “%(title)s”? Say how many it served, or that it did not take place.") % facts,
)
reminders.register(
    "activity_without_place",
    title=gettext_lazy("An activity without a place"),
    due=_without_place,
    recipients=_those_meant,
    text=lambda facts: (
        _("“%(title)s” on %(at)s has no place yet: the usual one is taken then.") % {**facts, "at": _when(facts)}
    ),
)
