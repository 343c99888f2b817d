"""Step 3: branch, property company, owners' committee and residents consult, with every seat taken.

The branch convenes with an agenda from the published list. People sign in for exactly one party; somebody with an
interest of their own recuses from that item. An item is decided once enough people who have not recused sit on every
seat that is not vacant; consensus means that no seat says no.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from compounds.kernel.words import listed
from compounds.organisation.models import Level, Person, Unit
from compounds.oversight.outbox import touch
from compounds.partners.models import EventType
from consultation import seats
from consultation.errors import (
    ConfidentialMatter,
    DecidedAlready,
    NoConsensus,
    NothingToDiscuss,
    OnAgendaAlready,
    OwnersVoteNeeded,
    PartyAbsent,
    PromiseMissing,
    leads_to,
)
from consultation.models import (
    AgendaItem,
    Answer,
    Attendance,
    Decision,
    DecisionOutcome,
    FundSource,
    Issue,
    Meeting,
    Openness,
    Party,
    Recusal,
    ResponsibleBody,
    SeatAnswer,
)
from consultation.services import attending, flow, invitations, referral, telling
from consultation.steps import Step

log = structlog.get_logger(__name__)

type Answers = dict[Party, tuple[Answer, str]]

# Civil Code article 278, item 5: only the owners may decide to use the maintenance fund.
FUND_ITEM = 5
# Minutes that an item takes unless the branch plans otherwise.
QUARTER = 15


@dataclass(frozen=True)
class Promise:
    """What consensus names: who does it by when, at what cost, paid from where."""

    body: ResponsibleBody
    due_on: date
    cost: Decimal
    fund_source: str
    # Article 281: a repair that cannot wait, from the maintenance fund, applied for by the owners' committee.
    emergency_repair: bool = False


@transaction.atomic
def convene(
    *, starts_at: datetime, venue: str, issues: Iterable[Issue], minutes: dict[int, int] | None = None, by: Person
) -> Meeting:
    """Call a meeting with these matters, in this order, on its agenda, and note down whom to invite.

    ``minutes`` gives, by matter's key, how long each may take; a quarter of an hour otherwise.

    Raises NothingToDiscuss, NotAtStep, ConfidentialMatter, OnAgendaAlready.
    """
    # One meeting is convened at a time, so that two neither take the same number nor the same matter.
    Unit.objects.select_for_update().get(level=Level.BRANCH)
    issues = [flow.locked(issue, Step.MEET) for issue in issues]
    if not issues:
        raise NothingToDiscuss
    for issue in issues:
        _require_free(issue)
    last = Meeting.objects.aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(number=last + 1, starts_at=starts_at, venue=venue, convened_by=by)
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(meeting=meeting, issue=issue, position=n, minutes_planned=(minutes or {}).get(issue.pk, QUARTER))
            for n, issue in enumerate(issues, start=1)
        ]
    )
    invitations.prepare(meeting)
    telling.met(EventType.MEETING_CONVENED, meeting)
    touch("meetings")
    return meeting


@transaction.atomic
def recuse(item: AgendaItem, attendance: Attendance, *, reason: str, by: Person) -> Recusal:
    """Somebody steps back from one item; doing so twice changes nothing. Raises MeetingIsOver, DecidedAlready."""
    undecided(item)
    recusal, _created = Recusal.objects.get_or_create(item=item, attendance=attendance, defaults={"reason": reason})
    return recusal


@transaction.atomic
def decide(
    item: AgendaItem,
    *,
    outcome: DecisionOutcome,
    text: str,
    answers: Answers | None = None,
    promise: Promise | None = None,
    by: Person,
) -> Decision:
    """Write down what the parties agreed on one item. For consensus every seat not vacant must be filled for it.

    ``answers`` gives each seat's answer and remark; ``promise`` goes with consensus and only with it. Where a party was
    invited in due form and stays away, consensus becomes provisional. Raises MeetingIsOver, DecidedAlready, NotAtStep,
    PartyAbsent, NoConsensus, OwnersVoteNeeded, PromiseMissing.
    """
    if outcome in {DecisionOutcome.PROVISIONAL, DecisionOutcome.OWNERS_VOTE, DecisionOutcome.LAPSED}:
        raise ValueError("what is provisional or lapses follows; the owners' vote has a service of its own")
    item = undecided(item)
    attending.begun(item.meeting)
    state = seats.for_item(item)
    # A seat on which nobody sits has said nothing.
    answers = {seat.party: answers[seat.party] for seat in state if seat.sitting and answers and seat.party in answers}
    if outcome == DecisionOutcome.CONSENSUS:
        outcome = _require_consensus(item, state, answers, promise)
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


def _require_free(issue: Issue) -> None:
    if issue.openness == Openness.CONFIDENTIAL:
        raise ConfidentialMatter(title=issue.title, actions=[leads_to(_("See the matter"), issue)])
    waiting = AgendaItem.objects.waiting().filter(issue=issue).select_related("meeting").first()
    if waiting:
        raise OnAgendaAlready(
            title=issue.title, number=waiting.meeting.number, actions=attending.way_to(waiting.meeting)
        )


def _require_consensus(
    item: AgendaItem, state: list[seats.SeatState], answers: Answers, promise: Promise | None
) -> DecisionOutcome:
    """Consensus, or provisional; raises when it is neither."""
    here = [leads_to(_("Back to the matter"), item)]
    _require_councils_matter(item, promise, here)
    found = seats.verdict(state, seats.invited_parties(item.meeting))
    missing = [seat.label for seat in state if seat.is_missing] if found == seats.Verdict.IMPOSSIBLE else []
    unheard = [seat.label for seat in state if seat.is_here and seat.party not in answers]
    if missing or unheard:
        raise PartyAbsent(missing=listed(missing or unheard), actions=here)
    against = [Party(party).label for party, (answer, _remark) in answers.items() if answer == Answer.NO]
    if against:
        raise NoConsensus(parties=listed(against), actions=here)
    if promise is None:
        raise PromiseMissing(actions=here)
    return DecisionOutcome.CONSENSUS if found == seats.Verdict.POSSIBLE else DecisionOutcome.PROVISIONAL


def _require_councils_matter(item: AgendaItem, promise: Promise | None, here: list[tuple[Any, Any]]) -> None:
    category = item.issue.category
    if promise and promise.emergency_repair and category.owners_vote_item in {None, FUND_ITEM}:
        return
    if category.owners_vote_item:
        raise OwnersVoteNeeded(category=str(category), item=category.owners_vote_item, actions=here)
    if promise and promise.fund_source == FundSource.MAINTENANCE_FUND:
        raise OwnersVoteNeeded(category=FundSource.MAINTENANCE_FUND.label, item=FUND_ITEM, actions=here)


def _move_on(issue: Issue, outcome: DecisionOutcome, text: str, *, by: Person) -> None:
    """Consensus waits for the minutes; a deferred matter stays for the next meeting; the others move at once."""
    if outcome == DecisionOutcome.NO_CONSENSUS:
        flow.advance(issue, Step.PROPOSE, note=text[:500], by=by)
    elif outcome == DecisionOutcome.REFERRED:
        referral.from_meeting(flow.advance(issue, Step.REFERRED, note=text[:500], by=by), question=text[:500], by=by)


def undecided(item: AgendaItem) -> AgendaItem:
    """The item under a lock, with its meeting still on and without a decision."""
    attending.still_on(item.meeting)
    item = (
        AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting", "issue__category").get(pk=item.pk)
    )
    # Asked before the step: a decision may have moved the matter, and then it is the decision that people must see.
    decision = Decision.objects.filter(item=item).select_related("recorded_by").first()
    if decision:
        raise DecidedAlready(
            name=decision.recorded_by.name,
            outcome=decision.get_outcome_display(),
            actions=[leads_to(_("See the decision"), item)],
        )
    flow.locked(item.issue, Step.MEET)
    return item
