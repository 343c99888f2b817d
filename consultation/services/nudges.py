"""Urging (催办): a resident at the board, or the branch, reminds whoever works on a task.

Urgings are counted on the task; three take its matter one level up.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import NothingToUrge, leads_to
from consultation.models import Assignment, AssignmentState, Issue, Nudge
from consultation.services import escalation

URGEABLE = (AssignmentState.HANDED_OUT, AssignmentState.ACCEPTED)


@transaction.atomic
def urge(assignment: Assignment, *, words: str = "", by: Person | None) -> Nudge:
    """One more urging; ``by`` is None for somebody at the board. Raises NothingToUrge."""
    # The matter first, as everywhere: three urgings take it one level up.
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=assignment.issue_id)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.state not in URGEABLE:
        state = AssignmentState(assignment.state).label
        see = [leads_to(_("See the task"), assignment)] if by else []
        raise NothingToUrge(now=state, actions=see)
    touch("assignments")
    now = timezone.now()
    nudge = Nudge.objects.create(assignment=assignment, at=now, by=by, words=words)
    escalation.after_nudge(issue, now=now)
    return nudge
