"""An office above demands an answer, the branch gives it, the office settles it or asks further (督办)."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.registry.office import Office
from compounds.workdays import calendar
from consultation.errors import DemandedAlready, NotAboutThis, SupervisionEnded, leads_to
from consultation.models import Issue, Openness, Supervision
from consultation.steps import Step
from notices import reminders

# Working days for an answer, where the office names no other number.
USUAL_DAYS = 5


@transaction.atomic
def demand(issue: Issue, *, question: str, working_days: int, by: Office) -> Supervision:
    """Ask the branch about an open matter. Raises NotAboutThis, DemandedAlready."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.step == Step.CLOSED or issue.openness == Openness.CONFIDENTIAL:
        raise NotAboutThis
    return _ask(issue, question=question, working_days=working_days, follows=None, by=by)


@transaction.atomic
def answer(supervision: Supervision, *, answer: str, by: Person) -> Supervision:
    """The branch's answer, once. Raises SupervisionEnded."""
    supervision = _locked(supervision)
    require_waiting(supervision)
    supervision.answer, supervision.answered_at, supervision.answered_by = answer, timezone.now(), by
    supervision.save(update_fields=["answer", "answered_at", "answered_by", "updated_at"])
    touch("supervisions")
    return supervision


@transaction.atomic
def close(supervision: Supervision, *, by: Office) -> Supervision:
    """The office is content, or needs no answer any more. Raises SupervisionEnded."""
    supervision = _locked(supervision)
    if supervision.closed_at:
        raise SupervisionEnded(actions=[leads_to(_("See the matter"), supervision.issue)])
    supervision.closed_at, supervision.closed_for = timezone.now(), str(by)
    supervision.save(update_fields=["closed_at", "closed_for", "updated_at"])
    touch("supervisions")
    return supervision


@transaction.atomic
def follow_up(supervision: Supervision, *, question: str, working_days: int, by: Office) -> Supervision:
    """Settle a demand and ask a further question at once. Raises SupervisionEnded."""
    closed = close(supervision, by=by)
    return _ask(closed.issue, question=question, working_days=working_days, follows=closed, by=by)


def require_waiting(supervision: Supervision) -> None:
    """Raise SupervisionEnded unless the branch is still to answer."""
    if supervision.answered_at or supervision.closed_at:
        raise SupervisionEnded(actions=[leads_to(_("See the matter"), supervision.issue)])


def _locked(supervision: Supervision) -> Supervision:
    return Supervision.objects.select_for_update(of=("self",)).select_related("issue").get(pk=supervision.pk)


def _ask(issue: Issue, *, question: str, working_days: int, follows: Supervision | None, by: Office) -> Supervision:
    due = calendar.after(timezone.localdate(), working_days)
    try:
        with transaction.atomic():
            row = Supervision.objects.create(
                issue=issue,
                level=by.level,
                office=str(by),
                question=question,
                follows=follows,
                working_days=working_days,
                answer_due_on=due.day,
                answer_due_provisional=due.provisional,
            )
    except IntegrityError as error:
        raise DemandedAlready from error
    touch("supervisions")
    reminders.look_again()
    return row
