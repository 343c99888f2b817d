"""A handler's link: one task, no account. Two halves open it: the link, and the digits of the body's registered phone.

Of its token only a hash is kept. Looking at it changes nothing; each answer is written down.
"""

import hmac
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.urls import reverse_lazy
from django.utils import timezone

from compounds.accounts.models import hash_token, new_token
from compounds.organisation.models import Person
from compounds.photos.intake import Picture
from consultation.errors import LastTryWrong, LinkNotValid, NoContactPhone, WrongDigits
from consultation.models import (
    Assignment,
    AssignmentState,
    HandlerLink,
    HandlerLinkUse,
    ReportKind,
    ResponsibleBody,
    UseResult,
)
from consultation.models.task_life import MOST_WRONG_ANSWERS
from consultation.services import step4_handle, work_reports
from consultation.services.work_reports import Handler

LIFE = timedelta(days=14)
DIGITS = 4


@transaction.atomic
def make(assignment: Assignment, *, by: Person) -> str:
    """A fresh link for a task being done; the earlier one is called back. Returns its token.

    Raises NotThisState, NoContactPhone.
    """
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("body").get(pk=assignment.pk)
    step4_handle.require_state(assignment, AssignmentState.ACCEPTED)
    if not can_be_asked(assignment.body):
        raise NoContactPhone(body=assignment.body.name, actions=[(assignment.body.name, reverse_lazy("bodies"))])
    now = timezone.now()
    assignment.handler_links.filter(revoked_at__isnull=True).update(revoked_at=now)
    token = new_token()
    HandlerLink.objects.create(assignment=assignment, token_hash=hash_token(token), made_by=by, expires_at=now + LIFE)
    return token


def can_be_asked(body: ResponsibleBody) -> bool:
    """Whether a phone with enough digits is registered: they are what a link asks for."""
    return len(_digits(body.contact_phone)) >= DIGITS


@transaction.atomic
def revoke(assignment: Assignment) -> None:
    """Call the task's link back. Doing it twice changes nothing."""
    assignment.handler_links.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())


def find(token: str) -> HandlerLink | None:
    """The link behind a token, whatever its state, or None. Changes nothing."""
    rows = HandlerLink.objects.select_related(
        "assignment__issue__category",
        "assignment__issue__building__unit",
        "assignment__issue__entrance__building__unit",
        "assignment__body",
        "assignment__result_posting",
        "made_by",
    )
    return rows.filter(token_hash=hash_token(token)).first()


def answer(link: HandlerLink, *, name: str, digits: str) -> Handler:
    """Who stands behind the link, once the digits are right; a wrong answer is counted and stays counted.

    Raises LinkNotValid, WrongDigits.
    """
    with transaction.atomic():
        link = (
            HandlerLink.objects.select_for_update(of=("self",))
            .select_related("assignment__body", "made_by")
            .get(pk=link.pk)
        )
        require_valid(link)
        expected = _digits(link.assignment.body.contact_phone)[-DIGITS:]
        right = len(expected) == DIGITS and hmac.compare_digest(expected.encode(), _digits(digits).encode())
        if not right:
            link.wrong_answers += 1
            link.save(update_fields=["wrong_answers", "updated_at"])
            log(link, name=name, result=UseResult.WRONG)
    if not right:
        # Outside the transaction: the count must outlive the refusal.
        left = MOST_WRONG_ANSWERS - link.wrong_answers
        raise WrongDigits(left=left) if left > 0 else LastTryWrong
    return Handler(link, name)


@transaction.atomic
def report(handler: Handler, *, kind: ReportKind, text: str, photos: Iterable[Picture]) -> None:
    """Report progress or done on the link's own task, and nothing else. Raises LinkNotValid, NotThisState."""
    link = HandlerLink.objects.select_for_update(of=("self",)).get(pk=handler.link.pk)
    require_valid(link)
    if kind == ReportKind.DONE:
        step4_handle.report_done(handler.link.assignment, report=text, photos=photos, by=handler)
    else:
        work_reports.progress(handler.link.assignment, text=text, photos=photos, by=handler)
    log(link, name=handler.name, result=UseResult(kind))


def require_valid(link: HandlerLink) -> None:
    """Raise LinkNotValid when it expired, was called back or locked."""
    if link.state(timezone.now()) != "valid":
        raise LinkNotValid


def log(link: HandlerLink, *, name: str, result: UseResult) -> None:
    """Write down one use of it."""
    HandlerLinkUse.objects.create(link=link, at=timezone.now(), name=name, result=result)


def _digits(text: str) -> str:
    return "".join(character for character in text if "0" <= character <= "9")
