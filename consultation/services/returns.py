"""A body gives a task back (退单); the branch hands it out again, sorts the matter anew, or asks the four parties."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import BodyRetired, NotThisState, ReturnAnswered, leads_to
from consultation.models import Assignment, AssignmentReturn, AssignmentState, Issue, ResponsibleBody, ReturnAnswer
from consultation.services import flow, telling
from consultation.steps import Step

RETURNABLE = (AssignmentState.HANDED_OUT, AssignmentState.ACCEPTED)
_LEADS_TO: dict[ReturnAnswer, Step] = {ReturnAnswer.PROPOSE: Step.PROPOSE, ReturnAnswer.MEET: Step.MEET}


@transaction.atomic
def give_back(assignment: Assignment, *, reason: str, by: Person) -> AssignmentReturn:
    """The body cannot do it, and says why. Raises NotThisState."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    require_returnable(assignment)
    row = AssignmentReturn.objects.create(
        assignment=assignment, body_id=assignment.body_id, due_on=assignment.due_on, reason=reason, by=by
    )
    assignment.state = AssignmentState.RETURNED
    assignment.save(update_fields=["state", "updated_at"])
    _call_links_back(assignment)
    telling.changed(assignment)
    touch("assignments")
    return row


def require_returnable(assignment: Assignment) -> None:
    """Raise NotThisState unless the task can be given back now."""
    if assignment.state not in RETURNABLE:
        now = AssignmentState(assignment.state).label
        raise NotThisState(now=now, actions=[leads_to(_("See the task"), assignment)])


@transaction.atomic
def hand_out_again(
    returned: AssignmentReturn, *, body: ResponsibleBody, due_on: date, note: str, by: Person
) -> Assignment:
    """The same or another body shall do it by a new day. Raises ReturnAnswered, BodyRetired."""
    issue, returned, assignment = _locked(returned)
    body = ResponsibleBody.objects.select_for_update().get(pk=body.pk)
    if not body.active:
        raise BodyRetired(body=body.name, actions=[leads_to(_("See the task"), assignment)])
    _answer(returned, ReturnAnswer.AGAIN, note=note, by=by)
    assignment.body, assignment.due_on = body, due_on
    assignment.state = AssignmentState.HANDED_OUT
    assignment.accepted_at = assignment.accepted_by = None
    assignment.save(update_fields=["body", "due_on", "state", "accepted_at", "accepted_by", "updated_at"])
    flow.hand_to(issue, body=body, due_on=due_on)
    telling.changed(assignment)
    touch("assignments")
    return assignment


@transaction.atomic
def take_back(returned: AssignmentReturn, *, answer: ReturnAnswer, note: str, by: Person) -> Issue:
    """The matter goes back to the branch or to the four parties, with all its unfinished tasks taken back.

    Raises ReturnAnswered, MoveNotAllowed.
    """
    issue, returned, _assignment = _locked(returned)
    _answer(returned, answer, note=note, by=by)
    issue = flow.advance(issue, _LEADS_TO[answer], note=note, by=by)
    withdraw_unfinished(issue)
    return issue


def withdraw_unfinished(issue: Issue) -> None:
    """Nobody works on this matter's tasks any more. Call it in the transaction that moves the matter."""
    for task in Assignment.objects.select_for_update().filter(issue=issue).unfinished():
        task.state = AssignmentState.WITHDRAWN
        task.reported_at = task.reported_by = None
        task.save(update_fields=["state", "reported_at", "reported_by", "updated_at"])
        _call_links_back(task)
        telling.changed(task)
    touch("assignments")


def _locked(returned: AssignmentReturn) -> tuple[Issue, AssignmentReturn, Assignment]:
    # The matter first, as everywhere: who decides about its tasks waits for who moves it.
    pk = Assignment.objects.values_list("issue", flat=True).get(returns=returned.pk)
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=pk)
    assignment = Assignment.objects.select_for_update().get(returns=returned.pk)
    returned = AssignmentReturn.objects.select_for_update().get(pk=returned.pk)
    if returned.answered_at:
        raise ReturnAnswered(answer=returned.get_answer_display(), actions=[leads_to(_("See the task"), assignment)])
    if assignment.state != AssignmentState.RETURNED:
        now = AssignmentState(assignment.state).label
        raise NotThisState(now=now, actions=[leads_to(_("See the task"), assignment)])
    return issue, returned, assignment


def _answer(returned: AssignmentReturn, answer: ReturnAnswer, *, note: str, by: Person) -> None:
    returned.answer, returned.note = answer, note
    returned.answered_at, returned.answered_by = timezone.now(), by
    returned.save(update_fields=["answer", "note", "answered_at", "answered_by", "updated_at"])


def _call_links_back(assignment: Assignment) -> None:
    assignment.handler_links.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
