"""Deadlines from outside, such as an order of the 12345 hotline: written down, contacted, answered."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import leads_to
from consultation.models import ClockReason, Issue, OutsideDeadline
from consultation.services import clock
from consultation.steps import Step


class OrderKnown(DomainError):
    """An order of one office is written down once."""

    code = "order_known"
    title = _("This order is written down already")
    message = _("Its number stands with a matter of this compound.")


class ClosedHasNoDeadline(DomainError):
    """A closed matter waits for nothing."""

    code = "closed_has_no_deadline"
    title = _("This matter is closed")
    message = _("Take it up again first, or record a new matter.")


class MetAlready(DomainError):
    """Contact and answer are written down once."""

    code = "outside_met_already"
    title = _("This is done already")
    message = _("Somebody wrote it down a moment ago.")


@transaction.atomic
def record(
    issue: Issue, *, source: str, order_number: str, contact_by: datetime | None, answer_by: datetime, by: Person
) -> OutsideDeadline:
    """From now on the outside deadline is the matter's. Raises ClosedHasNoDeadline, OrderKnown."""
    issue = _locked(issue)
    if issue.step == Step.CLOSED:
        raise ClosedHasNoDeadline(actions=[leads_to(_("See the matter"), issue)])
    try:
        with transaction.atomic():
            row = OutsideDeadline.objects.create(
                issue=issue,
                source=source,
                order_number=order_number,
                contact_by=contact_by,
                answer_by=answer_by,
                recorded_by=by,
            )
    except IntegrityError as error:
        raise OrderKnown(actions=[leads_to(_("See the matter"), issue)]) from error
    clock.outside_changed(issue, ClockReason.OUTSIDE, now=timezone.now())
    touch("issues")
    return row


@transaction.atomic
def contacted(row: OutsideDeadline, *, by: Person) -> OutsideDeadline:
    """Whoever asked was spoken with; now the answer is due. Raises MetAlready."""
    issue, row = _both(row)
    if row.contacted_at or row.answered_at:
        raise MetAlready(actions=[leads_to(_("See the matter"), issue)])
    row.contacted_at, row.contacted_by = timezone.now(), by
    row.save(update_fields=["contacted_at", "contacted_by", "updated_at"])
    clock.outside_changed(issue, ClockReason.OUTSIDE, now=timezone.now())
    touch("issues")
    return row


@transaction.atomic
def answered(row: OutsideDeadline, *, by: Person) -> OutsideDeadline:
    """The office has its answer; our own clock holds again. Raises MetAlready."""
    issue, row = _both(row)
    if row.answered_at:
        raise MetAlready(actions=[leads_to(_("See the matter"), issue)])
    row.answered_at, row.answered_by = timezone.now(), by
    row.save(update_fields=["answered_at", "answered_by", "updated_at"])
    clock.outside_changed(issue, ClockReason.OURS, now=timezone.now())
    touch("issues")
    return row


def _both(row: OutsideDeadline) -> tuple[Issue, OutsideDeadline]:
    """The matter first, as everywhere."""
    issue = _locked(row.issue)
    return issue, OutsideDeadline.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _locked(issue: Issue) -> Issue:
    return Issue.objects.select_for_update(of=("self",)).select_related("category").get(pk=issue.pk)
