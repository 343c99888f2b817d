"""Of what people are told about matters: before due, on due, overdue, one level up, and holds to be reviewed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compounds.workdays import calendar
from compounds.workdays.lateness import day, moment
from consultation.models import Escalation, EscalationLevel, Hold, Issue, Openness, Supervision
from consultation.policies import people_of_body
from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster
from notices.reminding_kinds import shown

# A clock in hours is told of so long before; a day's clock one working day before.
_HOURS_AHEAD = timedelta(hours=2)
# As far as one working day before a due date can lie, with the longest holiday in between.
_LONGEST_HOLIDAY = timedelta(days=12)


def _running(until: datetime) -> list[Issue]:
    """Open matters whose clock runs and is due by then, or was."""
    return list(
        Issue.objects.open()
        .filter(Q(pk__in=Issue.objects.not_on_hold().values("pk")) | Q(due_outside=True))
        .filter(due_on__lte=day(until))
        .select_related("owner_body", "report")
    )


def _soon(now: datetime, until: datetime) -> Iterable[Occasion]:
    dates = calendar.read()
    for issue in _running(until + _LONGEST_HOLIDAY):
        if issue.is_late(now) or issue.due_on is None:
            continue
        if issue.due_at:
            yield _occasion(issue, issue.due_at - _HOURS_AHEAD, urgent=True)
            continue
        on = dates.before(issue.due_on, 1)
        # With one day to do it, the morning of that day is soon enough.
        if issue.clock_from is None or on > issue.clock_from or issue.clock_days == 0:
            yield _occasion(issue, moment(on))


def _due(now: datetime, until: datetime) -> Iterable[Occasion]:
    for issue in _running(until):
        if issue.due_on and not issue.is_late(now):
            yield _occasion(issue, moment(issue.due_on))


def _overdue(now: datetime, until: datetime) -> Iterable[Occasion]:
    for issue in _running(until):
        if issue.due_at:
            yield _occasion(issue, issue.due_at, urgent=True)
        elif issue.due_on:
            yield _occasion(issue, moment(issue.due_on + timedelta(days=1)))


def _occasion(issue: Issue, at: datetime, *, urgent: bool = False) -> Occasion:
    due = issue.due_at.isoformat() if issue.due_at else issue.due_on.isoformat() if issue.due_on else ""
    facts = {"title": issue.title, "due": due}
    return Occasion(f"{issue.pk} {issue.step} {due}", at, ("issue", issue.number), facts, about=issue, urgent=urgent)


def owners(occasion: Occasion, roster: Roster) -> Iterable[int]:
    """Who must act: the unit's people, the body's people here, else the branch. What is confidential stays with it."""
    issue: Issue = occasion.about
    if issue.openness == Openness.CONFIDENTIAL:
        return roster.branch()
    if issue.owner_body:
        post = people_of_body(issue.owner_body)
        return (roster.holding({post}) if post else []) or roster.branch()
    return roster.acting_for(issue.owner_unit_id)


def _when(facts: dict[str, Any]) -> dict[str, str]:
    at = parse_datetime(facts["due"]) if "T" in facts["due"] else None
    said = date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else shown(facts["due"])
    return {"title": facts["title"], "due": said}


def _escalated(now: datetime, until: datetime) -> Iterable[Occasion]:
    """At once, when a matter reaches a level; the office's demand is told of below."""
    rows = Escalation.objects.current().exclude(to_unit=None).select_related("issue__owner_body")
    for row in rows:
        body = row.issue.owner_body
        facts = {"title": row.issue.title, "level": row.level, "supervisor": body.supervisor if body else ""}
        target = ("issue", row.issue.number)
        yield Occasion(f"{row.pk}", row.at, target, facts, about=row.to_unit_id, urgent=row.issue.due_at is not None)


def _escalated_text(facts: dict[str, Any]) -> str:
    if facts["level"] == EscalationLevel.SUPERVISOR:
        return _("“%(title)s” is late: turn to the body's supervisor, %(supervisor)s.") % facts
    return _("“%(title)s” was not settled below and has come up to you.") % facts


def _reviews(now: datetime, until: datetime) -> Iterable[Occasion]:
    for hold in Hold.objects.active().filter(review_on__lte=day(until)).select_related("issue"):
        facts = {"title": hold.issue.title, "question": hold.question}
        key = f"{hold.pk} {hold.review_on}"
        yield Occasion(key, moment(hold.review_on), ("issue", hold.issue.number), facts, about=hold.issue)


def _demands(now: datetime, until: datetime) -> Iterable[Occasion]:
    """When an office above demands an answer, and on the morning of the day on which it is due."""
    for row in Supervision.objects.waiting().select_related("issue"):
        facts = {"title": row.issue.title, "office": row.office_name, "due": row.answer_due_on.isoformat()}
        target = ("supervision_answer", row.pk)
        # Of what was demanded in this very look it is told in this very look.
        yield Occasion(f"{row.pk} asked", min(row.created_at, now), target, facts, urgent=True)
        yield Occasion(f"{row.pk} {row.answer_due_on}", moment(row.answer_due_on), target, facts)


def branch(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return roster.branch()


reminders.register(
    "issue_soon",
    title=gettext_lazy("Due soon"),
    due=_soon,
    recipients=owners,
    text=lambda facts: _("“%(title)s” is due soon: %(due)s.") % _when(facts),
)
reminders.register(
    "issue_due",
    title=gettext_lazy("Due that day"),
    due=_due,
    recipients=owners,
    text=lambda facts: _("“%(title)s” is due: %(due)s.") % _when(facts),
)
reminders.register(
    "issue_overdue",
    title=gettext_lazy("Overdue"),
    due=_overdue,
    recipients=owners,
    text=lambda facts: _("“%(title)s” is late. It was due: %(due)s.") % _when(facts),
)
reminders.register(
    "escalated",
    title=gettext_lazy("One level up"),
    due=_escalated,
    recipients=lambda occasion, roster: roster.acting_for(occasion.about),
    text=_escalated_text,
)
reminders.register(
    "hold_review",
    title=gettext_lazy("A hold to be looked at again"),
    due=_reviews,
    recipients=branch,
    text=lambda facts: _("“%(title)s” is still on hold: %(question)s") % facts,
)
reminders.register(
    "supervision",
    title=gettext_lazy("An office above wants an answer"),
    due=_demands,
    recipients=branch,
    text=lambda facts: (
        _("%(office)s wants an answer about “%(title)s”: %(due)s.") % {"office": facts["office"], **_when(facts)}
    ),
)
