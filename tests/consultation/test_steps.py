"""The table of moves, tested whole: what is drawn succeeds, all that is not drawn is refused and changes nothing."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from compounds.organisation.models import Level, PostKind, Unit
from compounds.oversight.models import Outbox
from consultation.errors import MoveNotAllowed, NotAtStep
from consultation.models import Issue, Outcome, StepRecord
from consultation.services import flow
from consultation.steps import FIVE, LIMITS, MOVES, OPEN, Step
from tests.factories import BodyFactory, IssueFactory, PersonFactory

# Domain: Moves. Rows: from; columns: to, in the order of the five steps, then passed upward, then closed.
DRAWN = """
             visit propose meet handle evaluate referred closed
    visit      .      x     .     .       .        .       x
    propose    x      .     x     x       .        x       x
    meet       .      x     .     x       .        x       x
    handle     .      x     x     .       x        x       .
    evaluate   .      x     .     x       .        .       x
    referred   .      x     .     x       x        .       x
    closed     .      x     .     .       .        .       .
"""


def drawn() -> dict[tuple[Step, Step], bool]:
    head, *rows = [line.split() for line in DRAWN.strip().splitlines()]
    return {(Step(row[0]), Step(to)): mark == "x" for row in rows for to, mark in zip(head, row[1:], strict=True)}


ALLOWED = sorted(pair for pair, yes in drawn().items() if yes)
REFUSED = sorted(pair for pair, yes in drawn().items() if not yes)


def what_goes_with(to: Step) -> dict[str, Any]:
    if to == Step.HANDLE:
        return {"body": BodyFactory(), "due_on": timezone.localdate() + timedelta(days=7)}
    return {"outcome": Outcome.SOLVED} if to == Step.CLOSED else {}


def everything_about(issue: Issue) -> tuple[Any, ...]:
    return (
        Issue.objects.filter(pk=issue.pk).values().get(),
        list(StepRecord.objects.filter(issue=issue).values()),
        Outbox.objects.count(),
    )


def test_the_drawing_is_the_table_and_whole():
    assert set(drawn()) == set(product(Step, Step))
    assert {(a, b) for a in MOVES for b in MOVES[a]} == set(ALLOWED)
    assert set(MOVES) == set(Step)


@pytest.mark.parametrize(("start", "to"), ALLOWED)
def test_a_move_that_is_drawn_is_made_and_written_down(north, start, to):
    issue, by = IssueFactory(step=start), PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    earlier = issue.records.count()

    moved = flow.advance(issue, to, note="因为", by=by, **what_goes_with(to))

    assert moved.step == Issue.objects.get(pk=issue.pk).step == to
    record = issue.records.last()
    assert issue.records.count() == earlier + 1
    assert (record.from_step, record.to_step, record.moved_by, record.note) == (start, to, by, "因为")


@pytest.mark.parametrize(("start", "to"), REFUSED)
def test_a_move_that_is_not_drawn_is_refused_and_changes_nothing(north, start, to):
    issue, by = IssueFactory(step=start), PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    extra = what_goes_with(to)
    before = everything_about(issue)

    with pytest.raises(MoveNotAllowed) as refusal:
        flow.advance(issue, to, by=by, **extra)

    assert everything_about(issue) == before
    assert (refusal.value.code, refusal.value.status) == ("move_not_allowed", 409)
    assert str(start.label) in refusal.value.context()["message"], "it says what is so now"
    assert refusal.value.actions


@pytest.mark.parametrize("step", Step)
def test_at_every_step_somebody_owns_it(north, step):
    issue = IssueFactory(step=step)

    units = {
        Step.VISIT: Level.BRANCH,
        Step.PROPOSE: Level.BRANCH,
        Step.MEET: Level.BRANCH,
        Step.EVALUATE: Level.BRANCH,
        Step.REFERRED: Level.GENERAL_BRANCH,
    }
    if step in units:
        assert issue.owner == Unit.objects.get(level=units[step])
    elif step == Step.HANDLE:
        assert issue.owner == issue.owner_body
        assert issue.owner_unit is None
    else:
        assert issue.owner is None


@pytest.mark.parametrize(
    ("post", "level"),
    [
        (PostKind.NEIGHBOUR_LEAD, Level.NEIGHBOUR_GROUP),
        (PostKind.BUILDING_STEWARD, Level.BUILDING),
        (PostKind.PARTY_MEMBER, Level.BRANCH),
        (PostKind.COMMUNITY_WORKER, Level.BRANCH),
    ],
)
def test_a_new_matter_belongs_to_its_recorders_lowest_unit(north, post, level):
    recorder = PersonFactory(posts=[PostKind.PARTY_MEMBER, post] if post != PostKind.PARTY_MEMBER else [post])

    assert IssueFactory(recorded_by=recorder).owner_unit.level == level


@pytest.mark.parametrize("step", [step for step in Step if step not in {Step.HANDLE, Step.CLOSED}])
def test_every_open_step_has_its_time_limit(north, step):
    issue = IssueFactory(step=step)

    assert step in LIMITS
    assert issue.due_on > timezone.localdate()


def test_handling_has_the_assignments_time_limit(north):
    issue, day = IssueFactory(step=Step.PROPOSE), timezone.localdate() + timedelta(days=3)

    moved = flow.advance(issue, Step.HANDLE, body=BodyFactory(), due_on=day, by=issue.recorded_by)

    assert (moved.due_on, moved.due_provisional) == (day, False)


def test_nobody_handles_without_a_body(north):
    issue = IssueFactory(step=Step.PROPOSE)

    with pytest.raises(ValueError, match="responsible body"):
        flow.advance(issue, Step.HANDLE, by=issue.recorded_by)

    assert Issue.objects.get().step == Step.PROPOSE


def test_nothing_closes_without_an_outcome(north):
    issue = IssueFactory(step=Step.EVALUATE)

    with pytest.raises(IntegrityError, match="closed_with_an_outcome"), transaction.atomic():
        flow.advance(issue, Step.CLOSED, by=issue.recorded_by)


def test_taken_up_again_it_has_no_outcome_any_more(north):
    issue = IssueFactory(step=Step.CLOSED)

    moved = flow.advance(issue, Step.PROPOSE, by=issue.recorded_by)

    assert (moved.outcome, moved.closed_at) == ("", None)


def test_what_was_read_before_somebody_else_acted_is_not_believed(north):
    stale = IssueFactory(step=Step.PROPOSE)
    flow.advance(Issue.objects.get(), Step.REFERRED, by=stale.recorded_by)

    with pytest.raises(MoveNotAllowed):
        flow.advance(stale, Step.MEET, by=stale.recorded_by)
    with pytest.raises(NotAtStep):
        flow.locked(stale, Step.PROPOSE)


@pytest.mark.parametrize(
    "change", ["UPDATE consultation_steprecord SET note = 'x'", "DELETE FROM consultation_steprecord"]
)
def test_history_is_never_edited(north, change):
    IssueFactory(step=Step.MEET)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_five_are_in_the_articles_order():
    assert [step.value for step in FIVE] == ["visit", "propose", "meet", "handle", "evaluate"]
    assert set(OPEN) == set(Step) - {Step.CLOSED}
