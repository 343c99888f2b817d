"""Urging (催办): a resident at the board, or the branch, reminds whoever works on a task. Counted on the task."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import NothingToUrge, leads_to
from consultation.models import Assignment, AssignmentState, Nudge

URGEABLE = (AssignmentState.HANDED_OUT, AssignmentState.ACCEPTED)


@transaction.atomic
def urge(assignment: Assignment, *, words: str = "", by: Person | None) -> Nudge:
    """One more urging; ``by`` is None for somebody at the board. Raises NothingToUrge."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.state not in URGEABLE:
        now = AssignmentState(assignment.state).label
        see = [leads_to(_("See the task"), assignment)] if by else []
        raise NothingToUrge(now=now, actions=see)
    touch("assignments")
    return Nudge.objects.create(assignment=assignment, at=timezone.now(), by=by, words=words)
