"""Receiving objections to a posting, from the board, by its link or through somebody who serves here."""

import secrets
from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from compounds.accounts.models import hash_token
from compounds.kernel.errors import DomainError
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.workdays import calendar
from notices import reminders
from notices.models import Objection, ObjectionChannel, Posting

# Working days within which an objection is answered (domain: Posting).
ANSWERED_WITHIN = 3
# Without what is mistaken for something else when read aloud or written by hand.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class OutsidePeriod(DomainError):
    """Objections are received while the posting hangs."""

    code = "objection_outside_period"
    status = 410
    title = _("The time for objections is over")
    message = _("This posting hung from %(start)s to %(end)s; objections were received until then.")
    hint = _("If something is not right, tell your building steward or the branch: it becomes a new matter.")


@transaction.atomic
def receive(
    posting: Posting, *, channel: ObjectionChannel, text: str, name: str, today: date, by: Person | None
) -> tuple[Objection, str]:
    """Keep an objection; returns it with the code by which its answer is read. Raises OutsidePeriod."""
    require_in_period(posting, today)
    due = calendar.after(today, ANSWERED_WITHIN)
    code = "".join(secrets.choice(_LETTERS) for _n in range(12))
    objection = Objection.objects.create(
        posting=posting,
        code_hash=hash_token(code),
        channel=channel,
        text=text,
        name=name,
        recorded_by=by,
        due_on=due.day,
        due_provisional=due.provisional,
    )
    touch("objections")
    reminders.look_again()
    return objection, spelled(code)


def require_in_period(posting: Posting, today: date) -> None:
    """Raise OutsidePeriod unless the posting hangs on that day."""
    if not posting.starts_on <= today <= posting.ends_on:
        raise OutsidePeriod(start=date_format(posting.starts_on), end=date_format(posting.ends_on))


def find(code: str) -> Objection | None:
    """The objection behind a code, however it was typed, or None. Changes nothing."""
    plain = "".join(letter for letter in code.upper() if letter in _LETTERS)
    return Objection.objects.select_related("posting").filter(code_hash=hash_token(plain)).first()


def spelled(code: str) -> str:
    """In groups of four, as it is read aloud."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))
