"""Holds: a matter waits for a resident, the owners, a higher body or the season, and its clock stands still.

Each hold is looked at again every ten working days. When it ends, the due date moves by the working days waited, and
the matter's history says so. A deadline from outside goes on all the while.
"""

from django.db import transaction
from django.utils import timezone

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.workdays import calendar
from consultation.errors import ClosedNeedsNoHold, HoldEnded, OnHoldAlready
from consultation.errors.flow import leads_to
from consultation.models import Hold, HoldReason, Issue
from consultation.services import clock
from consultation.steps import Step
from notices import reminders

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
    reminders.look_again()
    return Hold.objects.create(
        issue=issue,
        reason=reason,
        question=question,
        since=today,
        review_from=today,
        review_on=review.day,
        review_provisional=review.provisional,
        put_by=by,
    )


@transaction.atomic
def keep_on(hold: Hold, *, by: Person) -> Hold:
    """Looked at again, still waiting: the next look is ten working days from today. Raises HoldEnded."""
    hold = _active(hold)
    hold.review_from = timezone.localdate()
    review = calendar.after(hold.review_from, REVIEW)
    hold.review_on, hold.review_provisional = review.day, review.provisional
    hold.save(update_fields=["review_from", "review_on", "review_provisional", "updated_at"])
    reminders.look_again()
    return hold


@transaction.atomic
def end(hold: Hold, *, answer: str, by: Person) -> Hold:
    """What was waited for has come; the due date moves by the working days waited. Raises HoldEnded."""
    hold = _active(hold)
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=hold.issue_id)
    clock.resume(issue, hold, now=timezone.now())
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
