"""An honour on its way: proposed, agreed to, approved by somebody else, dropped, or withdrawn after it was given."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit
from compounds.organisation.models import Household, Person
from compounds.oversight.outbox import touch
from notices import reminders
from notices.models import Posting
from volunteers.errors.honours import (
    ApprovesOwnProposal,
    GivenIsNotDropped,
    HonouredAlready,
    HonourMoved,
    NotForThem,
    NotGiven,
    NothingChosen,
)
from volunteers.honoured import name_for_members
from volunteers.models import UNDER_WAY, Honour, HonourFor, HonourKind, HonourState


@transaction.atomic
def propose(
    kind: HonourKind,
    receiver: Person | Household,
    *,
    year: int,
    reason: str,
    agreed_on: date | None = None,
    family: str = "",
    facts: dict[str, Any] | None = None,
    by: Person,
) -> Honour:
    """Propose somebody; ``facts`` are the figures they were suggested from. Raises HonouredAlready, NotForThem."""
    for_person = isinstance(receiver, Person)
    if for_person != (kind.given_to == HonourFor.PERSON):
        raise NotForThem(kind=kind, given_to=kind.get_given_to_display())
    honour = Honour(
        kind=kind,
        year=year,
        person=receiver if isinstance(receiver, Person) else None,
        household=receiver if isinstance(receiver, Household) else None,
        reason=reason,
        agreed_on=agreed_on,
        family=family,
        facts=facts or {},
        proposed_by=by,
    )
    try:
        with transaction.atomic():
            honour.save(force_insert=True)
    except IntegrityError as error:
        see = (_("Honours"), reverse_lazy("honours"))
        raise HonouredAlready(name=name_for_members(honour), kind=kind, year=year, actions=[see]) from error
    touch("honours")
    reminders.look_again()
    return honour


@transaction.atomic
def approve(honours: Iterable[Honour], *, by: Person) -> list[Honour]:
    """Approve what others proposed; all of them or none. Raises NothingChosen, HonourMoved, ApprovesOwnProposal."""
    rows = locked(honours)
    for row in rows:
        require_state(row, HonourState.PROPOSED)
        if by.pk in {row.proposed_by_id, row.person_id}:
            raise ApprovesOwnProposal(name=name_for_members(row))
        row.state, row.approved_by, row.approved_at = HonourState.APPROVED, by, timezone.now()
        row.save(update_fields=["state", "approved_by", "approved_at", "updated_at"])
    touch("honours")
    return rows


@transaction.atomic
def drop(honour: Honour, *, why: str, by: Person) -> Honour:
    """Give it up before it is given, with a reason. Raises GivenIsNotDropped, HonourMoved."""
    honour = locked([honour])[0]
    if honour.state == HonourState.GIVEN:
        raise GivenIsNotDropped(
            name=name_for_members(honour),
            number=honour.certificate_number,
            actions=[(_("Withdraw it"), reverse_lazy("honour_withdrawal", args=[honour.pk]))],
        )
    require_state(honour, *UNDER_WAY)
    return end(honour, HonourState.DROPPED, why=why, by=by)


def not_given(honour: Honour) -> NotGiven:
    """The refusal of what only follows the giving, with the way to what can be done instead."""
    see = (_("See the honour"), reverse_lazy("honour", args=[honour.pk]))
    return NotGiven(name=name_for_members(honour), state=honour.get_state_display(), actions=[see])


@transaction.atomic
def withdraw(honour: Honour, *, why: str, by: Person) -> Honour:
    """Take back what was given; number and code stay, so that whoever checks them reads it. Raises NotGiven."""
    honour = locked([honour])[0]
    if honour.state != HonourState.GIVEN:
        raise not_given(honour)
    honour = end(honour, HonourState.WITHDRAWN, why=why, by=by)
    audit.record("honour.withdraw", about=honour, by=by, reason=why)
    return honour


def end(honour: Honour, state: HonourState, *, why: str, by: Person) -> Honour:
    """Write the end of a locked honour down."""
    honour.state, honour.dropped_why = state, why
    honour.dropped_at, honour.dropped_by = timezone.now(), by
    honour.save(update_fields=["state", "dropped_why", "dropped_at", "dropped_by", "updated_at"])
    if honour.posting_id:
        # What is told of its sheet has changed: whoever follows postings finds it by its time.
        Posting.objects.filter(pk=honour.posting_id).update(updated_at=honour.dropped_at)
    touch("honours")
    return honour


def locked(honours: Iterable[Honour]) -> list[Honour]:
    """The same rows as they are now, locked in one order. Call it in a transaction. Raises NothingChosen."""
    keys = [honour.pk for honour in honours]
    rows = Honour.objects.with_receivers().filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    found = list(rows)
    if not found:
        raise NothingChosen
    return found


def require_state(honour: Honour, *states: HonourState) -> None:
    """Raise HonourMoved when it is in none of them."""
    if honour.state not in states:
        see = (_("Honours"), reverse_lazy("honours"))
        raise HonourMoved(name=name_for_members(honour), state=honour.get_state_display(), actions=[see])
