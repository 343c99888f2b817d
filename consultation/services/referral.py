"""What the compound cannot settle is passed upward with a question and a date; the answer moves it on."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.registry.office import Office
from compounds.workdays import calendar
from consultation import clock_limits
from consultation.errors import ReferralEnded, leads_to
from consultation.models import Issue, Outcome, Referral, ReferralLevel, ResponsibleBody
from consultation.services import flow, follow_up, returns, telling
from consultation.steps import LIMITS, Step


@dataclass(frozen=True)
class Next:
    """Where the answer leads: to a step, with what that step needs."""

    step: Step
    body: ResponsibleBody | None = None
    due_on: date | None = None
    outcome: Outcome | None = None


@transaction.atomic
def refer(
    issue: Issue, *, level: ReferralLevel, body: ResponsibleBody | None, question: str, due_on: date, by: Person
) -> Referral:
    """Pass a matter upward. ``body`` is named with ``ReferralLevel.BODY`` only. Raises MoveNotAllowed.

    What was being done about it is taken back: whoever is asked says how it goes on.
    """
    issue = flow.advance(issue, Step.REFERRED, due_on=due_on, note=question, by=by)
    returns.withdraw_unfinished(issue)
    return _open(issue, level=level, body=body, question=question, due_on=due_on, provisional=False, by=by)


def from_meeting(issue: Issue, *, question: str, by: Person) -> Referral:
    """The four parties ask the general branch for help. Call it in the transaction that moved the matter."""
    due = calendar.after(timezone.localdate(), usual_days(issue.category_id))
    level = ReferralLevel.GENERAL_BRANCH
    return _open(issue, level=level, body=None, question=question, due_on=due.day, provisional=due.provisional, by=by)


def usual_days(category: int) -> int:
    """Working days for an answer, where nobody named a day."""
    return clock_limits.read().days(Step.REFERRED, category) or LIMITS[Step.REFERRED]


@transaction.atomic
def answer(referral: Referral, *, answer: str, to: Next, by: Person | Office) -> Issue:
    """Write down the answer from above, and move the matter on. Raises ReferralEnded, MoveNotAllowed.

    ``by`` is the office itself where it answers from its own pages; closing stays with those here (ValueError).
    """
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=referral.issue_id)
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    require_waiting(referral)
    # Whoever was asked and says that it is theirs is named with it.
    theirs = referral.body if to.outcome == Outcome.NOT_OURS else None
    issue = flow.advance(
        issue,
        to.step,
        note=answer,
        body=to.body,
        due_on=to.due_on,
        outcome=to.outcome,
        answerable=theirs,
        by=by,
    )
    if to.step == Step.HANDLE and to.body and to.due_on:
        telling.hand_out(issue, body=to.body, task=answer, due_on=to.due_on)
        touch("assignments")
    if to.step == Step.CLOSED:
        follow_up.plan(issue)
    _end(referral, answer=answer, next_step=to.step, by=by)
    return issue


def end_without_answer(issue: Issue, next_step: Step, *, by: Person) -> None:
    """The matter leaves another way: its question is not waited for any longer. Call it in that transaction."""
    for referral in issue.referrals.waiting().select_for_update():
        _end(referral, answer="", next_step=next_step, by=by)


def require_waiting(referral: Referral) -> None:
    """Raise ReferralEnded unless an answer is still waited for."""
    if referral.ended_at:
        answered = referral.answer or _("The matter went on without an answer.")
        raise ReferralEnded(answer=answered, actions=[leads_to(_("See the matter"), referral.issue)])


def _open(
    issue: Issue,
    *,
    level: ReferralLevel,
    body: ResponsibleBody | None,
    question: str,
    due_on: date,
    provisional: bool,
    by: Person,
) -> Referral:
    touch("referrals")
    return Referral.objects.create(
        issue=issue,
        level=level,
        body=body,
        question=question,
        sent_on=timezone.localdate(),
        sent_by=by,
        answer_due_on=due_on,
        answer_due_provisional=provisional,
    )


def _end(referral: Referral, *, answer: str, next_step: Step, by: Person | Office) -> None:
    referral.ended_at = timezone.now()
    if isinstance(by, Office):
        referral.ended_for = str(by)
    else:
        referral.ended_by = by
    referral.answer, referral.next_step = answer, next_step
    referral.save(update_fields=["ended_at", "ended_by", "ended_for", "answer", "next_step", "updated_at"])
    touch("referrals")
