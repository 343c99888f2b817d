"""Step 3: branch, property company, owners' committee and residents consult, with every seat taken.

The branch convenes with an agenda from the published list. People sign in for exactly one party; somebody with an
interest of their own recuses from that item. An item is decided once enough people who have not recused sit on every
seat that is not vacant; consensus means that no seat says no.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Max

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation import seats
from consultation.errors import (
    DecidedAlready,
    MeetingIsOver,
    NoConsensus,
    NothingToDiscuss,
    OwnersVoteNeeded,
    PartyAbsent,
    SignedInAlready,
)
from consultation.models import (
    AgendaItem,
    Answer,
    Attendance,
    AttendanceKind,
    Decision,
    DecisionOutcome,
    Issue,
    Meeting,
    Minutes,
    Party,
    Recusal,
    ResponsibleBody,
    SeatAnswer,
)
from consultation.services import flow
from consultation.steps import Step

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Promise:
    """What consensus names: who does it by when, at what cost, paid from where."""

    body: ResponsibleBody
    due_on: date
    cost: Decimal
    fund_source: str


@transaction.atomic
def convene(*, starts_at: datetime, venue: str, issues: Iterable[Issue], by: Person) -> Meeting:
    """Call a meeting with these matters, in this order, on its agenda. Raises NothingToDiscuss, NotAtStep."""
    issues = [flow.locked(issue, Step.MEET) for issue in issues]
    if not issues:
        raise NothingToDiscuss
    last = Meeting.objects.aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(number=last + 1, starts_at=starts_at, venue=venue, convened_by=by)
    AgendaItem.objects.bulk_create(
        [AgendaItem(meeting=meeting, issue=issue, position=n) for n, issue in enumerate(issues, start=1)]
    )
    touch("meetings")
    return meeting


@transaction.atomic
def sign_in(meeting: Meeting, person: Person, *, party: Party, kind: AttendanceKind, by: Person) -> Attendance:
    """Somebody takes a seat for one party. Raises SignedInAlready, MeetingIsOver."""
    _still_on(meeting)
    try:
        with transaction.atomic():
            attendance = Attendance.objects.create(
                meeting=meeting, person=person, party=party, kind=kind, signed_in_by=by
            )
    except IntegrityError as error:
        earlier = Attendance.objects.get(meeting=meeting, person=person)
        raise SignedInAlready(name=person.name, party=earlier.get_party_display()) from error
    touch("meetings")
    return attendance


@transaction.atomic
def sign_out(attendance: Attendance, *, by: Person) -> None:
    """Undo a sign-in made by mistake. Raises MeetingIsOver."""
    _still_on(attendance.meeting)
    attendance.recusals.all().delete()
    attendance.delete()
    touch("meetings")


@transaction.atomic
def recuse(item: AgendaItem, attendance: Attendance, *, reason: str, by: Person) -> Recusal:
    """Somebody steps back from one item; doing so twice changes nothing. Raises MeetingIsOver, DecidedAlready."""
    _undecided(item)
    recusal, _created = Recusal.objects.get_or_create(item=item, attendance=attendance, defaults={"reason": reason})
    return recusal


@transaction.atomic
def decide(
    item: AgendaItem,
    *,
    outcome: DecisionOutcome,
    text: str,
    answers: dict[Party, tuple[Answer, str]] | None = None,
    promise: Promise | None = None,
    by: Person,
) -> Decision:
    """Write down what the parties agreed on one item. For consensus every seat not vacant must be filled for it.

    ``answers`` gives each seat's answer and remark; ``promise`` goes with consensus and only with it. Raises
    MeetingIsOver, DecidedAlready, PartyAbsent, NoConsensus, OwnersVoteNeeded.
    """
    item = _undecided(item)
    answers = answers or {}
    if outcome == DecisionOutcome.CONSENSUS:
        _require_consensus(item, answers)
    else:
        promise = None
    decision = Decision.objects.create(
        item=item,
        outcome=outcome,
        text=text,
        recorded_by=by,
        **(vars(promise) if promise else {}),
    )
    SeatAnswer.objects.bulk_create(
        [SeatAnswer(decision=decision, party=p, answer=a, remark=remark) for p, (a, remark) in answers.items()]
    )
    _move_on(item.issue, outcome, text, by=by)
    touch("decisions")
    log.info("decision_recorded", issue=item.issue.number, outcome=outcome)
    return decision


def _require_consensus(item: AgendaItem, answers: dict[Party, tuple[Answer, str]]) -> None:
    category = item.issue.category
    if category.owners_vote_item:
        raise OwnersVoteNeeded(category=str(category), item=category.owners_vote_item)
    state = seats.for_item(item)
    missing = [seat.label for seat in state if seat.is_missing]
    unheard = [seat.label for seat in state if seat.is_here and seat.party not in answers]
    if missing or unheard:
        raise PartyAbsent(missing="、".join(str(label) for label in missing or unheard))
    against = [Party(party).label for party, (answer, _remark) in answers.items() if answer == Answer.NO]
    if against:
        raise NoConsensus(parties="、".join(str(label) for label in against))


def _move_on(issue: Issue, outcome: DecisionOutcome, text: str, *, by: Person) -> None:
    """Consensus waits for the minutes; a deferred matter stays for the next meeting; the others move at once."""
    if outcome == DecisionOutcome.NO_CONSENSUS:
        flow.advance(issue, Step.PROPOSE, note=text[:500], by=by)
    elif outcome == DecisionOutcome.REFERRED:
        flow.advance(issue, Step.REFERRED, note=text[:500], by=by)


def _still_on(meeting: Meeting) -> None:
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise MeetingIsOver(actions=[])


def _undecided(item: AgendaItem) -> AgendaItem:
    """The item under a lock, with its meeting still on and without a decision."""
    _still_on(item.meeting)
    item = (
        AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting", "issue__category").get(pk=item.pk)
    )
    flow.locked(item.issue, Step.MEET)
    decision = Decision.objects.filter(item=item).select_related("recorded_by").first()
    if decision:
        raise DecidedAlready(name=decision.recorded_by.name, outcome=decision.get_outcome_display())
    return item
