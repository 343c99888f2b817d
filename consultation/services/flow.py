"""Numbering and moving matters. The only writer of ``Issue.step`` and its owner; its clock is ``clock``'s."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from compounds.kernel.round_trip import one_after_the_other
from compounds.organisation.models import Level, Person, Post, PostKind, Unit
from compounds.oversight.outbox import touch
from compounds.registry.office import Office
from consultation.errors import MoveNotAllowed, NotAtStep
from consultation.models import (
    Decision,
    DecisionOutcome,
    Hold,
    Issue,
    Meeting,
    Openness,
    Outcome,
    OwnersVote,
    ResponsibleBody,
    StepRecord,
    VoteResult,
)
from consultation.services import clock, telling
from consultation.steps import MOVES, Step

log = structlog.get_logger(__name__)

_MOVED_FIELDS = [
    "step",
    "outcome",
    "answerable_body",
    "closed_at",
    "owner_unit",
    "owner_body",
    *clock.FIELDS,
    "updated_at",
]


def number(issue: Issue) -> Issue:
    """Give a new matter its number: nobody else gets one here until the transaction ends, which keeps it or not."""
    issue.year = timezone.localdate().year
    issue.serial = _next_serial(issue.year)
    issue.number = f"{issue.year}-{issue.serial:04d}"
    return issue


def begin(issue: Issue, *, also: Iterable[str] = (), by: Person) -> Issue:
    """Number a new matter, give it its first owner and history row, and save it. Call it inside a transaction.

    ``also`` names kinds of rows that come with it, of which the district is told in one go.
    """
    if not issue.number:
        number(issue)
    issue.step, issue.recorded_by = Step.VISIT, by
    _set_owner(issue, body=None)
    now = timezone.now()
    clock.start(issue, promised=None, now=now)
    issue.save(force_insert=True)
    StepRecord.objects.create(issue=issue, to_step=Step.VISIT, moved_by=by, at=now)
    telling.moved(issue, from_step="")
    touch("issues", *also)
    return issue


@transaction.atomic
def advance(
    issue: Issue,
    to: Step,
    *,
    note: str = "",
    body: ResponsibleBody | None = None,
    due_on: date | None = None,
    outcome: Outcome | None = None,
    answerable: ResponsibleBody | None = None,
    by: Person | Office,
) -> Issue:
    """Move a matter to its next step and write down who did it. Raises MoveNotAllowed, and changes nothing then.

    HANDLE needs ``body`` (who must do it) and ``due_on``; CLOSED needs ``outcome``, and may
    name the body that is ``answerable`` for what is not ours. A closed matter waits for nothing: closing ends its hold.
    One that leaves the four parties is not voted on any more, nor agreed to in writing.
    An office above moves only what was put to it; all else is for somebody of the compound (ValueError).
    """
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if to not in MOVES[Step(issue.step)]:
        raise MoveNotAllowed(issue, to)
    now = timezone.now()
    StepRecord.objects.create(
        issue=issue, from_step=issue.step, to_step=to, note=note, outcome=outcome or "", at=now, **_mover(by)
    )
    if issue.step == Step.MEET:
        _end_what_the_parties_wait_for(issue, note or str(Step(to).label), by=_of_the_compound(by), at=now)
    from_step, issue.step = issue.step, to
    issue.outcome, issue.answerable_body = outcome or "", answerable
    issue.closed_at = now if to == Step.CLOSED else None
    if to == Step.CLOSED:
        answer = note or (Outcome(outcome).label if outcome else "–")
        Hold.objects.active().filter(issue=issue).update(ended_at=now, ended_by=_of_the_compound(by), answer=answer)
    _set_owner(issue, body=body)
    clock.start(issue, promised=due_on, now=now)
    issue.save(update_fields=_MOVED_FIELDS)
    telling.moved(issue, from_step=from_step)
    touch("issues")
    log.info("issue_moved", issue=issue.number, to=to)
    return issue


def _of_the_compound(by: Person | Office) -> Person:
    if isinstance(by, Office):
        raise ValueError("this is for somebody of the compound")
    return by


def _mover(by: Person | Office) -> dict[str, Any]:
    return {"moved_by": None, "moved_for": str(by)} if isinstance(by, Office) else {"moved_by": by}


def hand_to(issue: Issue, *, body: ResponsibleBody, due_on: date) -> Issue:
    """Another body, or another day, for a matter that is being handled. Its row must be locked by the caller."""
    if issue.step != Step.HANDLE:
        raise NotAtStep(issue, Step.HANDLE)
    _set_owner(issue, body=body)
    clock.start(issue, promised=due_on, now=timezone.now())
    issue.save(update_fields=["owner_unit", "owner_body", *clock.FIELDS, "updated_at"])
    touch("issues")
    return issue


def locked(issue: Issue, needed: Step) -> Issue:
    """The matter under a row lock, read afresh, so that what follows is judged on what is so now. Raises NotAtStep."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.step != needed:
        raise NotAtStep(issue, needed)
    return issue


def _end_what_the_parties_wait_for(issue: Issue, why: str, *, by: Person, at: datetime) -> None:
    """An owners' vote that nobody has counted is withdrawn, with its hold; a provisional decision lapses."""
    votes = OwnersVote.objects.pending().filter(issue=issue)
    Hold.objects.active().filter(owners_vote__in=votes).update(ended_at=at, ended_by=by, answer=why)
    if votes.update(result=VoteResult.WITHDRAWN, recorded_by=by, updated_at=at):
        log.info("owners_vote_withdrawn", issue=issue.number)
    provisional = Decision.objects.filter(item__issue=issue, outcome=DecisionOutcome.PROVISIONAL)
    if provisional.update(outcome=DecisionOutcome.LAPSED, updated_at=at):
        # Whoever follows meetings reads there what became of it.
        Meeting.objects.filter(items__issue=issue, items__decision__outcome=DecisionOutcome.LAPSED).update(
            updated_at=at
        )


def _next_serial(year: int) -> int:
    # Locked until the transaction ends, so that a number given back is given out again: no gaps.
    _locked, last = one_after_the_other(
        "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' issue numbers', 0))",
        "SELECT max(serial) FROM consultation_issue WHERE year = %s",
        parameters=[year],
    )
    return ((last and last[0]) or 0) + 1


def _set_owner(issue: Issue, *, body: ResponsibleBody | None) -> None:
    """Who must act: the recorder's unit, the branch, the responsible body, or the general branch."""
    issue.owner_unit = issue.owner_body = None
    match issue.step:
        case Step.CLOSED:
            return
        case Step.HANDLE:
            if body is None:
                raise ValueError("a matter that is handled has a responsible body")
            issue.owner_body = body
        case Step.VISIT:
            _set_unit_that_asks(issue)
        case Step.REFERRED:
            _set_unit(issue, Q(level=Level.GENERAL_BRANCH))
        case _:
            _set_unit(issue, Q(level=Level.BRANCH))


def _set_unit_that_asks(issue: Issue) -> None:
    """The lowest unit that its recorder serves in, so that a steward who is a party member owns it as steward.

    What no post stands behind, such as a resident's own report, is with the building's steward; with the branch where
    nobody serves there, or where it is confidential.
    """
    if units := [post.unit for post in issue.recorded_by.serving if post.unit.level >= Level.BRANCH]:
        issue.owner_unit = max(units, key=lambda unit: unit.level)
        return
    wanted = Q(level=Level.BRANCH)
    if issue.building and issue.openness != Openness.CONFIDENTIAL:
        stewards = Post.objects.serving(timezone.localdate()).filter(kind=PostKind.BUILDING_STEWARD)
        wanted |= Q(Exists(stewards.filter(unit=OuterRef("pk"))), pk=issue.building.unit_id)
    _set_unit(issue, wanted)


def _set_unit(issue: Issue, wanted: Q) -> None:
    """The lowest of those units: looked up by the statement that saves, after which it is known here."""
    lowest = Unit.objects.filter(wanted).order_by("-level").values("pk")[:1]
    issue.owner_unit_id = Subquery(lowest)  # type: ignore[assignment]
