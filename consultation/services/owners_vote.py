"""What the council may not decide goes to the owners' vote (Civil Code article 278): asked, waited for, counted.

While the owners vote the matter is on hold. A passed vote hands the matter to the body named; otherwise the hold ends
and the matter goes back to the branch, or is closed. What leaves the four parties before that takes its vote along.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation import ballot
from consultation.errors import BallotStillOpen, CountedAlready, MoreThanThereIs, VoteWithdrawn, leads_to
from consultation.models import (
    AgendaItem,
    Decision,
    DecisionOutcome,
    HoldReason,
    Issue,
    Outcome,
    OwnersVote,
    ResponsibleBody,
    VoteResult,
)
from consultation.services import flow, hold, step4_handle
from consultation.services.step3_meet import Promise, undecided
from consultation.steps import Step

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Question:
    """What the owners are asked, when, and how many of them there are (persons, and m² of exclusive area)."""

    article_item: int
    question: str
    ballot_from: date
    ballot_until: date
    total_persons: int
    total_area: Decimal


@transaction.atomic
def submit(item: AgendaItem, question: Question, *, text: str, promise: Promise, by: Person) -> OwnersVote:
    """End an item as submitted to the owners' vote, and let the matter wait. The council does not decide here, so no
    consensus is needed. Raises MeetingIsOver, MeetingCancelled, DecidedAlready, NotAtStep, OnHoldAlready.
    """
    item = undecided(item)
    decision = Decision.objects.create(
        item=item, outcome=DecisionOutcome.OWNERS_VOTE, text=text, recorded_by=by, **vars(promise)
    )
    waiting = hold.put(item.issue, reason=HoldReason.OWNERS_VOTE, question=question.question, by=by)
    touch("decisions")
    log.info("submitted_to_owners_vote", issue=item.issue.number)
    return OwnersVote.objects.create(issue=item.issue, decision=decision, hold=waiting, **vars(question))


@dataclass(frozen=True)
class Counted:
    """What the counting sheet says."""

    took_part_persons: int
    took_part_area: Decimal
    for_persons: int
    for_area: Decimal
    counted_on: date


@transaction.atomic
def count(vote: OwnersVote, counted: Counted, *, body: ResponsibleBody, due_on: date, by: Person) -> OwnersVote:
    """Enter the result; if it passed, ``body`` must do it by ``due_on``, otherwise the matter goes back to the branch.

    Raises MoreThanThereIs, CountedAlready, VoteWithdrawn, BallotStillOpen.
    """
    vote = _count(vote, counted, by=by)
    if vote.result == VoteResult.PASSED:
        _hand_out(vote, body, due_on, by=by)
    else:
        flow.advance(vote.issue, Step.PROPOSE, note=_words(vote), by=by)
    return vote


@transaction.atomic
def count_or_close(
    vote: OwnersVote, counted: Counted, *, body: ResponsibleBody, due_on: date, by: Person
) -> OwnersVote:
    """As ``count``, but a matter that did not pass is closed by the branch: planned for later."""
    vote = _count(vote, counted, by=by)
    if vote.result == VoteResult.PASSED:
        _hand_out(vote, body, due_on, by=by)
    else:
        flow.advance(vote.issue, Step.CLOSED, outcome=Outcome.PLANNED, note=_words(vote), by=by)
    return vote


def _hand_out(vote: OwnersVote, body: ResponsibleBody, due_on: date, *, by: Person) -> None:
    # The task follows the vote, whatever body and day the council had in mind; its decision stays as it was said.
    vote.decision.body, vote.decision.due_on = body, due_on
    step4_handle.assign(vote.decision, by=by)


def _count(vote: OwnersVote, counted: Counted, *, by: Person) -> OwnersVote:
    # The matter before its vote, as everywhere.
    Issue.objects.select_for_update(of=("self",)).get(pk=vote.issue_id)
    vote = (
        OwnersVote.objects.select_for_update(of=("self",))
        .select_related("issue", "hold", "recorded_by", "decision__item__issue", "decision__body")
        .get(pk=vote.pk)
    )
    here = [leads_to(vote.issue, vote.issue)]
    if vote.result == VoteResult.WITHDRAWN:
        raise VoteWithdrawn(why=vote.hold.answer, actions=here)
    if vote.recorded_by:
        raise CountedAlready(name=vote.recorded_by.name, result=vote.get_result_display(), actions=here)
    if timezone.localdate() < vote.ballot_until or counted.counted_on < vote.ballot_until:
        raise BallotStillOpen(day=date_format(vote.ballot_until), actions=here)
    persons = ballot.Count(vote.total_persons, counted.took_part_persons, counted.for_persons)
    area = ballot.Count(vote.total_area, counted.took_part_area, counted.for_area)
    if not (persons.is_possible and area.is_possible):
        raise MoreThanThereIs(persons=vote.total_persons, area=vote.total_area, actions=here)
    for name, value in vars(counted).items():
        setattr(vote, name, value)
    vote.result, vote.recorded_by = ballot.result_of(vote.article_item, persons, area), by
    vote.save()
    if vote.hold.ended_at is None:
        hold.end(vote.hold, answer=_words(vote), by=by)
    touch("decisions")
    log.info("owners_vote_counted", issue=vote.issue.number, result=vote.result)
    return vote


def _words(vote: OwnersVote) -> str:
    """The result in one sentence, as the story and the hold keep it."""
    return (
        f"{vote.get_result_display()}: {vote.for_persons}/{vote.took_part_persons}/{vote.total_persons}, "
        f"{vote.for_area}/{vote.took_part_area}/{vote.total_area} m²"
    )
