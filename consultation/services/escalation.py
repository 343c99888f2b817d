"""Taking late matters one level up, and those that were urged three times; each level once a step (domain).

How many levels are due follows from how late a matter is by now, so that a look that comes late, twice or after a kill
writes the same rows. At the last level the street or district demands an answer of the branch (督办).
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compounds.organisation.models import Level, Unit
from compounds.oversight.outbox import touch
from compounds.registry.context import current_schema
from compounds.registry.models import Compound
from compounds.registry.office import LONGEST_TEXT, Office, OfficeLevel
from compounds.workdays import calendar
from compounds.workdays.calendar import Calendar
from consultation import clock_limits
from consultation.clock_limits import Limits
from consultation.errors import DemandedAlready
from consultation.ladders import NUDGES, NUDGES_REACH, ladder
from consultation.models import Escalation, EscalationLevel, EscalationReason, Issue, Nudge, StepRecord, Supervision
from consultation.services import supervision
from notices import reminders

log = structlog.get_logger(__name__)


def run(now: datetime) -> datetime | None:
    """Take up whatever is late enough. Returns when a clock in hours reaches its next level."""
    limits, dates = clock_limits.read(), calendar.read()
    late = list(_with_record(Issue.objects.overdue(now)))
    reached = _reached(late)
    for issue in late:
        due = ladder(issue)[: levels_due(issue, limits, dates, now)]
        if set(due) - reached[issue.record_pk]:
            _take_up(issue.pk, limits, dates, now=now)
    running = Issue.objects.open().filter(due_at__isnull=False).values_list("due_at", flat=True)
    return _next_level([due_at for due_at in running if due_at], limits.values["escalate_hours"], now)


def levels_due(issue: Issue, limits: Limits, dates: Calendar, now: datetime) -> int:
    """How many levels up a matter belongs by now: in clock hours where its clock counts hours, else in working days."""
    if not issue.is_late(now) or issue.due_on is None:
        return 0
    if issue.due_at:
        return int((now - issue.due_at) / timedelta(hours=limits.values["escalate_hours"]))
    days = dates.between(issue.due_on, timezone.localdate(now)) - limits.values["escalate_first_days"]
    return 0 if days < 0 else 1 + days // limits.values["escalate_next_days"]


def after_nudge(matter: Issue, *, now: datetime) -> Escalation | None:
    """Three urgings since the matter came to this step, or since the last three, take it one level up.

    The matter's row is locked by the caller.
    """
    issue = _with_record(Issue.objects.filter(pk=matter.pk)).with_hold().get()
    record = StepRecord.objects.get(pk=issue.record_pk)
    rows = Escalation.objects.filter(record=record)
    since = max([record.at, *rows.filter(reason=EscalationReason.NUDGES).values_list("at", flat=True)])
    if Nudge.objects.filter(assignment__issue=issue, at__gt=since, at__lte=now).count() < NUDGES:
        return None
    reached = set(rows.values_list("level", flat=True))
    further = [level for level in ladder(issue) if level in NUDGES_REACH and level not in reached]
    return _reach(issue, further[0], EscalationReason.NUDGES, None, now=now) if further else None


@transaction.atomic
def _take_up(pk: int, limits: Limits, dates: Calendar, *, now: datetime) -> None:
    Issue.objects.select_for_update(of=("self",)).get(pk=pk)
    # Read afresh under the lock: it may have been moved, held or taken up a moment ago.
    issue = _with_record(Issue.objects.filter(pk=pk)).with_hold().get()
    reached = _reached([issue])[issue.record_pk]
    for level in ladder(issue)[: levels_due(issue, limits, dates, now)]:
        if level not in reached:
            _reach(issue, level, EscalationReason.LATE, limits, now=now)


def _reach(
    issue: Any, level: EscalationLevel, reason: EscalationReason, limits: Limits | None, *, now: datetime
) -> Escalation:
    demand = _demand(issue, limits) if level == EscalationLevel.OFFICE and limits else None
    row = Escalation.objects.create(
        issue=issue,
        record_id=issue.record_pk,
        level=level,
        reason=reason,
        to_unit=_unit(issue, level),
        supervision=demand,
        due_on=issue.due_on,
        at=now,
    )
    touch("issues")
    reminders.look_again()
    log.info("issue_escalated", issue=issue.number, level=level, reason=reason)
    return row


def _unit(issue: Issue, level: EscalationLevel) -> Unit | None:
    """Whose people it reaches. It is the branch that speaks with a body's supervisor."""
    if level == EscalationLevel.OFFICE:
        return None
    if level == EscalationLevel.STEWARD and issue.owner_unit:
        return issue.owner_unit.parent
    return Unit.objects.get(level=Level.GENERAL_BRANCH if level == EscalationLevel.GENERAL_BRANCH else Level.BRANCH)


def _demand(issue: Issue, limits: Limits) -> Supervision:
    """The office above demands an answer; where it does already, that demand stands for this level too."""
    office, days = _office_above(), limits.values["office_days"]
    with translation.override("zh-hans"):
        late = max(0, (timezone.localdate() - issue.due_on).days) if issue.due_on else 0
        words = ngettext(
            "Late by %(days)s day and taken up through every level. What has been done, and by when is it settled?",
            "Late by %(days)s days and taken up through every level. What has been done, and by when is it settled?",
            late,
        )
    try:
        return supervision.demand(issue, question=words % {"days": late}, working_days=days, by=office)
    except DemandedAlready:
        return Supervision.objects.open().get(issue=issue, level=office.level)


def _office_above() -> Office:
    """The street; where there is none, the district."""
    compound = Compound.objects.select_related("community__street", "community__district").get(
        schema_name=current_schema()
    )
    street = compound.community.street
    level, name = (
        (OfficeLevel.STREET, street.name) if street else (OfficeLevel.DISTRICT, compound.community.district.name)
    )
    with translation.override("zh-hans"):
        return Office(level, f"{name} · {_('by rule, when late')}"[:LONGEST_TEXT])


def _with_record(issues: Any) -> Any:
    """With ``record_pk``: the move by which each came to its step, the last one written, whatever the clock said."""
    last = StepRecord.objects.filter(issue=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return issues.annotate(record_pk=Subquery(last)).select_related("owner_unit__parent", "owner_body")


def _reached(issues: list[Any]) -> dict[int, set[str]]:
    """The levels that each reached in its stay at this step, by key of the move."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Escalation.objects.filter(record__in=[issue.record_pk for issue in issues])
    for record, level in rows.values_list("record", "level"):
        found[record].add(level)
    return found


def _next_level(clocks: list[datetime], hours: int, now: datetime) -> datetime | None:
    step, longest = timedelta(hours=hours), len(EscalationLevel)
    ahead = [at + step * max(1, (now - at) // step + 1) for at in clocks if now < at + step * longest]
    return min(ahead, default=None)
