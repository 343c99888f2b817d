"""What partners are told of the five steps: ids, numbers and states, no words. Nothing of confidential matters.

Call these in the transaction of what they tell, once the row is saved.
"""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from compounds.partners import events
from compounds.partners.models import EventType
from consultation.models import Assignment, Channel, Decision, Issue, IssueList, Meeting, Openness, ResponsibleBody
from consultation.steps import Step
from notices.models import Posting

# Where the step alone says whether a public matter is on the board; otherwise rows are asked.
_ON_BOARD = {Step.MEET, Step.HANDLE, Step.EVALUATE}
_NOT_ON_BOARD = {Step.VISIT, Step.PROPOSE, Step.REFERRED}


def moved(issue: Issue, *, from_step: str) -> None:
    """It was written down (from nowhere), or came to another step."""
    data = {"issue": issue.number, "from_step": from_step or None, "to_step": issue.step}
    _tell(EventType.ISSUE_MOVED if from_step else EventType.ISSUE_RECORDED, issue, data)


def hand_out(
    issue: Issue, *, body: ResponsibleBody, task: str, due_on: date, decision: Decision | None = None, **more: Any
) -> Assignment:
    """A new task, and that it is there."""
    row = Assignment.objects.create(issue=issue, body=body, task=task, due_on=due_on, decision=decision, **more)
    changed(row)
    return row


def changed(assignment: Assignment) -> None:
    """A task came to another state."""
    issue = assignment.issue
    data = {"issue": issue.number, "assignment": assignment.pk, "state": assignment.state}
    _tell(EventType.ASSIGNMENT_CHANGED, issue, data)


def reported(assignment: Assignment) -> None:
    """How far it is; the state stays."""
    issue = assignment.issue
    data = {"issue": issue.number, "assignment": assignment.pk, "state": assignment.state}
    _tell(EventType.ASSIGNMENT_REPORTED, issue, data)


def rated(issue: Issue) -> None:
    """One more household, or another opinion of one; what it is stays with the compound."""
    _tell(EventType.ISSUE_RATED, issue, {"issue": issue.number})


def listed(issue_list: IssueList) -> None:
    """An edition was published."""
    events.tell(EventType.LIST_PUBLISHED, {"edition": issue_list.edition}, on_board=True, for_members=True)


def met(event: EventType, meeting: Meeting) -> None:
    """It was called, cancelled, or its minutes were issued."""
    events.tell(event, {"meeting": meeting.number}, on_board=True, for_members=True)


def decided(meeting: Meeting) -> None:
    """What is told of a meeting has changed beside its own row: whoever follows meetings finds it by its time."""
    Meeting.objects.filter(pk=meeting.pk).update(updated_at=timezone.now())


def put_up(posting: Posting) -> None:
    """It hangs where everybody reads it."""
    data = {"posting": posting.pk, "kind": posting.kind}
    events.tell(EventType.POSTING_PUT_UP, data, about=_posting(posting.pk), on_board=True, for_members=True)


def withdraw(issue: Issue) -> None:
    """It has become confidential: of it, and of what hung about it, nothing is told any more."""
    of_it = Q(assignment_of_result__issue=issue) | Q(assignment_of_completion__issue=issue)
    of_it |= Q(refusals__issue=issue)
    hung = Posting.objects.filter(of_it).values_list("pk", flat=True)
    events.withdraw(issue.number, *(_posting(pk) for pk in hung))


def _posting(pk: int) -> str:
    return f"posting {pk}"


def _tell(event: EventType, issue: Issue, data: dict[str, Any]) -> None:
    if issue.openness == Openness.CONFIDENTIAL:
        return
    # A new matter has no task yet.
    new = event == EventType.ISSUE_RECORDED
    kinds = [] if new else Assignment.objects.filter(issue=issue).order_by().values_list("body__kind", flat=True)
    events.tell(
        event,
        data,
        about=issue.number,
        on_board=_is_on_board(issue),
        for_members=_is_for_members(issue),
        recorded_by=issue.recorded_by.user_id,
        handlers=kinds,
    )


def _is_on_board(issue: Issue) -> bool:
    if issue.openness != Openness.PUBLIC or issue.step in _NOT_ON_BOARD:
        return False
    return issue.step in _ON_BOARD or Issue.objects.on_board().filter(pk=issue.pk).exists()


def _is_for_members(issue: Issue) -> bool:
    """Until the steward has put it into a sentence, a resident's report is for nobody else."""
    if issue.channel != Channel.LETTER:
        return True
    return Issue.objects.filter(pk=issue.pk, report__completed_at__isnull=False).exists()
