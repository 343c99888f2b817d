"""What of the escalation waits for one person: what was not settled below and has come up to them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from consultation.models import Escalation, EscalationLevel, EscalationReason, Issue
from consultation.policies import OWNING
from consultation.waiting import Waiting


def waiting_for(person: Person) -> list[Waiting]:
    """What has come up to this person's unit, the farthest level it reached."""
    units = [post.unit_id for post in person.serving if post.kind in OWNING]
    here = Escalation.objects.current().filter(
        to_unit__in=units, issue__in=Issue.objects.visible_to(person).overdue(timezone.now())
    )
    nudged = Escalation.objects.current().filter(to_unit__in=units, reason=EscalationReason.NUDGES)
    rows = (here | nudged.filter(issue__in=Issue.objects.visible_to(person))).exclude(issue__owner_unit__in=units)
    # One line for each matter, the highest level: rows come by time.
    latest = {row.issue_id: row for row in rows.select_related("issue__owner_unit", "issue__owner_body")}
    return [
        Waiting(
            row.issue.title,
            _come_up(row),
            row.issue.get_absolute_url(),
            row.issue.due_on,
            row.issue.due_provisional,
            due_at=row.issue.due_at,
        )
        for row in latest.values()
    ]


def _come_up(row: Escalation) -> Any:
    facts = {"owner": row.issue.owner}
    if row.level == EscalationLevel.SUPERVISOR and row.issue.owner_body:
        return _("%(owner)s is late: turn to %(supervisor)s") % {**facts, "supervisor": row.issue.owner_body.supervisor}
    if row.reason == EscalationReason.NUDGES:
        return _("urged three times; it is with %(owner)s") % facts
    return _("late, has come up to you; it is with %(owner)s") % facts
