"""Holds: a matter waits for a resident, the owners, a higher body or the season, and its clock stands still.

Each hold is looked at again every ten working days. When it ends, the due date moves by the working days waited.
"""

from django.db import transaction
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
    if issue.step == Step.CLOSED:
        raise ClosedNeedsNoHold(actions=[leads_to(issue, issue)])
    earlier = issue.holds.active().first()
    if earlier:
        raise OnHoldAlready(
            reason=earlier.get_reason_display(), question=earlier.question, actions=[leads_to(issue, issue)]
        )
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
    waited = calendar.between(hold.since, today)
    if issue.due_on and waited:
        due = calendar.after(issue.due_on, waited)
        issue.due_on, issue.due_provisional = due.day, due.provisional
        issue.save(update_fields=["due_on", "due_provisional", "updated_at"])
    hold.ended_at, hold.ended_by, hold.answer = timezone.now(), by, answer
    hold.save(update_fields=["ended_at", "ended_by", "answer", "updated_at"])
    touch("holds")
    return hold


def _active(hold: Hold) -> Hold:
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.ended_at:
        raise HoldEnded(answer=hold.answer)
    return hold
