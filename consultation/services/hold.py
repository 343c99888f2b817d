"""Holds: a matter waits for a resident, the owners, a higher body or the season, and its clock stands still.

Each hold is looked at again every ten working days. When it ends, the due date moves by the working days waited.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.workdays import calendar
from consultation.errors import ClosedNeedsNoHold, HoldEnded, OnHoldAlready
from consultation.errors.flow import leads_to
from consultation.models import Hold, HoldReason, Issue
from consultation.steps import Step

# Working days after which a hold is looked at again (domain: Moves).
REVIEW = 10


@transaction.atomic
def put(issue: Issue, *, reason: HoldReason, question: str, by: Person) -> Hold:
    """Stop a matter's clock. Raises OnHoldAlready, ClosedNeedsNoHold."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    require_may_wait(issue)
    today = timezone.localdate()
    review = calendar.after(today, REVIEW)
    touch("holds")
    return Hold.objects.create(
        issue=issue,
        reason=reason,
        question=question,
        since=today,
        review_on=review.day,
        review_provisional=review.provisional,
        put_by=by,
    )


@transaction.atomic
def keep_on(hold: Hold, *, by: Person) -> Hold:
    """Looked at again, still waiting: the next look is ten working days from today. Raises HoldEnded."""
    hold = _active(hold)
    review = calendar.after(timezone.localdate(), REVIEW)
    hold.review_on, hold.review_provisional = review.day, review.provisional
    hold.save(update_fields=["review_on", "review_provisional", "updated_at"])
    return hold


@transaction.atomic
def end(hold: Hold, *, answer: str, by: Person) -> Hold:
    """What was waited for has come; the due date moves by the working days waited. Raises HoldEnded."""
    hold = _active(hold)
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=hold.issue_id)
    today = timezone.localdate()
    # The step's own clock began with the move to it: what was waited before that is not counted again.
    moved = issue.records.aggregate(last=Max("at"))["last"]
    since = max(hold.since, timezone.localdate(moved)) if moved else hold.since
    waited = calendar.between(since, today)
    if issue.due_on and waited:
        due = calendar.after(issue.due_on, waited)
        issue.due_on, issue.due_provisional = due.day, due.provisional
        issue.save(update_fields=["due_on", "due_provisional", "updated_at"])
    hold.ended_at, hold.ended_by, hold.answer = timezone.now(), by, answer
    hold.save(update_fields=["ended_at", "ended_by", "answer", "updated_at"])
    touch("holds")
    return hold


def require_may_wait(issue: Issue) -> None:
    """Raise ClosedNeedsNoHold or OnHoldAlready unless this matter can be put on hold."""
    if issue.step == Step.CLOSED:
        raise ClosedNeedsNoHold(actions=[leads_to(issue, issue)])
    if earlier := issue.holds.active().first():
        raise OnHoldAlready(
            reason=earlier.get_reason_display(), question=earlier.question, actions=[leads_to(issue, issue)]
        )


def require_active(hold: Hold) -> None:
    """Raise HoldEnded unless it is still waited for."""
    if hold.ended_at:
        raise HoldEnded(answer=hold.answer, actions=[leads_to(hold.issue, hold.issue)])


def _active(hold: Hold) -> Hold:
    """The hold under a lock, after its matter's, which everybody locks first."""
    Issue.objects.select_for_update(of=("self",)).get(pk=hold.issue_id)
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    require_active(hold)
    return hold
