"""A matter's clock: what is due when, and why it moved. The only writer of its due date.

Our own clock is so many working days after a day, a day that was promised, or, for what is urgent, a moment. A deadline
from outside takes its place while it is open (domain: Owners of work and escalation). From both follows what is due;
each move of it within a step is written into the matter's history.
"""

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from compounds.workdays import calendar
from compounds.workdays.calendar import Calendar
from consultation import clock_limits
from consultation.models import Category, ClockChange, ClockReason, Hold, Issue
from consultation.steps import OPEN, Step
from notices import reminders

FIELDS = ["due_on", "due_provisional", "due_at", "due_outside", "clock_from", "clock_days", "clock_until"]


def start(issue: Issue, *, promised: date | None, now: datetime) -> None:
    """Begin the clock of the step to which a matter comes; the caller saves ``FIELDS``.

    ``promised`` is a day that somebody named, which no calendar moves.
    """
    issue.clock_from = issue.clock_days = issue.clock_until = None
    # What is promised, or closed, counts no days.
    dates = Calendar({})
    if promised is not None:
        issue.clock_from, issue.clock_days = promised, 0
    elif issue.step in OPEN:
        (limits, dates), step = clock_limits.read_for(issue.category), Step(issue.step)
        if days := limits.days(step, issue.category_id):
            issue.clock_from, issue.clock_days = timezone.localdate(now), days
        if (hours := limits.hours(step)) and clock_limits.is_urgent(issue):
            issue.clock_until = now + timedelta(hours=hours)
    _derive(issue, dates)
    reminders.look_again()


def resume(issue: Issue, hold: Hold, *, now: datetime) -> None:
    """A hold has ended: our clock goes on where it stood still. Working days, or clock hours of what is urgent."""
    moved = issue.records.aggregate(last=Max("at"))["last"]
    # The step's own clock began with the move to it: what was waited before that is not counted again.
    since = max(hold.since, timezone.localdate(moved)) if moved else hold.since
    waited = calendar.between(since, timezone.localdate(now))
    before = (issue.due_on, issue.due_at)
    if issue.clock_from is None:
        # A row of before the clock was kept: what is due stands for what was promised.
        issue.clock_from, issue.clock_days = issue.due_on, 0
    if issue.clock_until:
        issue.clock_until += now - (max(hold.created_at, moved) if moved else hold.created_at)
    if issue.clock_from:
        issue.clock_days = (issue.clock_days or 0) + waited
    _settle(issue, before, ClockReason.HOLD, now=now, waited=waited)


def sorted_anew(issue: Issue, *, now: datetime) -> None:
    """The branch has sorted a matter: what is urgent gets clock hours from now on, what is no longer urgent days."""
    before = (issue.due_on, issue.due_at)
    hours = clock_limits.read().hours(Step(issue.step))
    if not clock_limits.is_urgent(issue):
        issue.clock_until = None
    elif hours and issue.clock_until is None:
        issue.clock_until = now + timedelta(hours=hours)
    _settle(issue, before, ClockReason.URGENT, now=now)


def category_corrected(issue: Issue, was: Category, *, now: datetime) -> None:
    """A matter belongs to another category, whose limit its running clock takes."""
    before, limits, step = (issue.due_on, issue.due_at), clock_limits.read(), Step(issue.step)
    old, new = limits.days(step, was.pk), limits.days(step, issue.category_id)
    if issue.clock_days and old and new:
        issue.clock_days = max(1, issue.clock_days + new - old)
    if not clock_limits.is_urgent(issue):
        issue.clock_until = None
    elif issue.clock_until is None and (hours := limits.hours(step)):
        issue.clock_until = now + timedelta(hours=hours)
    _settle(issue, before, ClockReason.CATEGORY, now=now)


def outside_changed(issue: Issue, reason: ClockReason, *, now: datetime) -> None:
    """A deadline from outside came, was met in part, or is over."""
    _settle(issue, (issue.due_on, issue.due_at), reason, now=now)


def count_again(issue: Issue, dates: Calendar, *, now: datetime) -> bool:
    """What the calendar says now. Whether it moved, or is no longer provisional; the caller has locked the matter."""
    before = (issue.due_on, issue.due_at, issue.due_provisional)
    _derive(issue, dates)
    if (issue.due_on, issue.due_at, issue.due_provisional) == before:
        return False
    _save(issue, before[:2], ClockReason.CALENDAR, now=now)
    return True


def _settle(
    issue: Issue,
    before: tuple[date | None, datetime | None],
    reason: ClockReason,
    *,
    now: datetime,
    waited: int | None = None,
) -> None:
    _derive(issue, calendar.read())
    _save(issue, before, reason, now=now, waited=waited)


def _save(
    issue: Issue,
    before: tuple[date | None, datetime | None],
    reason: ClockReason,
    *,
    now: datetime,
    waited: int | None = None,
) -> None:
    issue.save(update_fields=[*FIELDS, "updated_at"])
    if (issue.due_on, issue.due_at) != before:
        ClockChange.objects.create(
            issue=issue,
            reason=reason,
            before_on=before[0],
            before_at=before[1],
            after_on=issue.due_on,
            after_at=issue.due_at,
            waited_days=waited,
            at=now,
        )
    reminders.look_again()


def _derive(issue: Issue, dates: Calendar) -> None:
    """What is due follows from our own clock and from what is open outside."""
    issue.due_on = issue.due_at = None
    issue.due_provisional = issue.due_outside = False
    if issue.step not in OPEN:
        return
    outside = [row.next_by for row in issue.outside_deadlines.open()] if issue.pk else []
    if outside or issue.clock_until:
        issue.due_outside = bool(outside)
        issue.due_at = min(outside) if outside else issue.clock_until
        issue.due_on = timezone.localdate(issue.due_at)
    elif issue.clock_from is not None:
        due = dates.after(issue.clock_from, issue.clock_days or 0)
        issue.due_on, issue.due_provisional = due.day, due.provisional
