"""Counting dates again that were counted by the calendar: when a year is published, or the district corrects a day.

A date that somebody named is left alone. Every night and after each correction; a second run finds nothing to move.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compounds.oversight.outbox import touch
from compounds.workdays import calendar
from compounds.workdays.calendar import Calendar
from consultation import clock_limits
from consultation.models import Hold, Issue, Referral, Reopening, Supervision
from consultation.services import clock
from consultation.services.hold import REVIEW
from consultation.steps import LIMITS, REOPENING_LIMIT, Step
from notices import reminders
from notices.models import Objection, Posting
from notices.objections import ANSWERED_WITHIN
from notices.postings import PERIOD


@dataclass(frozen=True)
class Counted:
    """Rows with one date that was counted: the field of the day, that it is provisional, from when, how many days."""

    rows: Any
    field: str
    provisional: str
    start: Callable[[Any], date]
    days: Callable[[Any], int]


def run(now: datetime) -> int:
    """Count everything open again. Returns how many dates moved, or are no longer provisional."""
    dates = calendar.read()
    moved = sum(_issue(pk, dates, now=now) for pk in _issues(dates))
    for counted in _others(timezone.localdate(now)):
        moved += sum(_other(row, counted, dates) for row in counted.rows)
    if moved:
        with transaction.atomic():
            touch("issues")
            reminders.look_again()
    return moved


def _issues(dates: Calendar) -> list[int]:
    """The matters whose date is not what the calendar says now."""
    rows = Issue.objects.open().filter(clock_days__gt=0, clock_until=None, due_outside=False)
    found = []
    for issue in rows.only("pk", "clock_from", "clock_days", "due_on", "due_provisional"):
        due = dates.after(issue.clock_from, issue.clock_days)  # type: ignore[arg-type]
        if (due.day, due.provisional) != (issue.due_on, issue.due_provisional):
            found.append(issue.pk)
    return found


@transaction.atomic
def _issue(pk: int, dates: Calendar, *, now: datetime) -> bool:
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=pk)
    return clock.count_again(issue, dates, now=now)


def _others(today: date) -> Iterator[Counted]:
    """What is counted beside the matters themselves."""
    limits = clock_limits.read()
    held = Hold.objects.active().exclude(review_from=None)
    yield Counted(held, "review_on", "review_provisional", lambda row: row.review_from, lambda row: REVIEW)
    due, answer = ("due_on", "due_provisional"), ("answer_due_on", "answer_due_provisional")
    yield Counted(Objection.objects.open(), *due, _made, lambda row: ANSWERED_WITHIN)
    yield Counted(Reopening.objects.waiting(), *due, _made, lambda row: REOPENING_LIMIT)
    demands = Supervision.objects.waiting().exclude(working_days=None)
    yield Counted(demands, *answer, _made, lambda row: row.working_days)
    # Only what nobody named a day for was ever provisional.
    asked = Referral.objects.waiting().filter(answer_due_provisional=True).select_related("issue")
    yield Counted(
        asked,
        *answer,
        lambda row: row.sent_on,
        lambda row: limits.days(Step.REFERRED, row.issue.category_id) or LIMITS[Step.REFERRED],
    )
    # A period that has ended has ended.
    hanging = Posting.objects.filter(ends_provisional=True, ends_on__gte=today)
    yield Counted(hanging, "ends_on", "ends_provisional", lambda row: row.starts_on, lambda row: PERIOD)


def _made(row: Any) -> date:
    return timezone.localdate(row.created_at)


@transaction.atomic
def _other(row: Any, counted: Counted, dates: Calendar) -> bool:
    due = dates.after(counted.start(row), counted.days(row))
    before = {name: getattr(row, name) for name in (counted.field, counted.provisional)}
    after = {counted.field: due.day, counted.provisional: due.provisional}
    if after == before:
        return False
    # Only if nobody has set it meanwhile.
    return bool(type(row).objects.filter(pk=row.pk, **before).update(**after))
