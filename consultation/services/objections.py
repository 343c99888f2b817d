"""Answering objections: upheld, the matter moves; dismissed, a reason is given. Either way the objector can read it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import ObjectionAnswered, leads_to
from consultation.models import Assignment, Issue, ResponsibleBody
from consultation.services import flow, returns, telling
from consultation.services.step5_evaluate import require_not_closed_too_long
from consultation.steps import Step
from notices.models import Objection, ObjectionState, Posting

# Where an upheld objection still has something to move; elsewhere the branch or the parties have the matter already.
_MOVES_FROM = frozenset({Step.HANDLE, Step.EVALUATE, Step.CLOSED})


@transaction.atomic
def uphold(objection: Objection, *, answer: str, by: Person) -> Objection:
    """It is right: the matter goes back to the branch, and its unfinished tasks are taken back.

    Raises ObjectionAnswered, and ReopenedTooLate for a matter closed long ago.
    """
    issue, objection = _locked(objection)
    _answer(objection, ObjectionState.UPHELD, answer=answer, by=by)
    if issue.step in _MOVES_FROM:
        require_not_closed_too_long(issue)
        issue = flow.advance(issue, Step.PROPOSE, note=answer, by=by)
        returns.withdraw_unfinished(issue)
    return objection


@transaction.atomic
def uphold_for_rework(
    objection: Objection, *, answer: str, body: ResponsibleBody, due_on: date, by: Person
) -> Objection:
    """The work is not right yet: a body puts it right by a day. Only for a matter that is being evaluated.

    Raises ObjectionAnswered, MoveNotAllowed.
    """
    issue, objection = _locked(objection)
    _answer(objection, ObjectionState.UPHELD, answer=answer, by=by)
    issue = flow.advance(issue, Step.HANDLE, note=answer, body=body, due_on=due_on, by=by)
    telling.hand_out(issue, body=body, task=answer, due_on=due_on)
    touch("assignments")
    return objection


@transaction.atomic
def dismiss(objection: Objection, *, answer: str, by: Person) -> Objection:
    """It is not right, for the reason given; nothing moves. Raises ObjectionAnswered."""
    _issue, objection = _locked(objection)
    return _answer(objection, ObjectionState.DISMISSED, answer=answer, by=by)


def issue_of(posting: Posting) -> Issue:
    """The matter that a posting tells of."""
    return Issue.objects.get(pk__in=Assignment.objects.told_by(posting.pk).values("issue"))


def _locked(objection: Objection) -> tuple[Issue, Objection]:
    # The matter first, so that two answers, or an answer and a closing, come one after the other.
    issue = Issue.objects.select_for_update(of=("self",)).get(
        pk__in=Assignment.objects.told_by(objection.posting_id).values("issue")
    )
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if objection.state != ObjectionState.OPEN:
        raise ObjectionAnswered(answer=objection.answer, actions=[leads_to(issue, issue)])
    return issue, objection


def _answer(objection: Objection, state: ObjectionState, *, answer: str, by: Person) -> Objection:
    objection.state, objection.answer = state, answer
    objection.answered_at, objection.answered_by = timezone.now(), by
    objection.save(update_fields=["state", "answer", "answered_at", "answered_by", "updated_at"])
    touch("objections")
    return objection
