"""Any order of moves and holds that people may think of: history explains the present, whatever was refused."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from consultation.errors import (
    ClosedNeedsNoHold,
    HoldEnded,
    MergedIntoItself,
    MoveNotAllowed,
    NotAtStep,
    OnHoldAlready,
    OtherIsClosed,
    VoicesOnOneSide,
)
from consultation.models import Hold, HoldReason, Issue, Outcome
from consultation.services import flow, hold, step2_combine
from consultation.steps import MOVES, Step
from tests.consultation.handling import secretary, voice_of
from tests.factories import BodyFactory, IssueFactory


class Matters(RuleBasedStateMachine):
    """People write matters down, move, hold, merge and split them, allowed or not."""

    matters = Bundle("matters")
    holds = Bundle("holds")

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.by, self.body = secretary(), BodyFactory()
        self.numbers: list[str] = []
        self.expected: dict[int, Step] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def _known(self, issue: Issue, step: Step) -> int:
        self.numbers.append(issue.number)
        self.expected[issue.pk] = step
        return issue.pk

    @initialize(target=matters)
    def first(self) -> int:
        return self.write_down_one()

    def write_down_one(self) -> int:
        issue = IssueFactory(recorded_by=self.by)
        voice_of(issue)
        voice_of(issue)
        return self._known(issue, Step.VISIT)

    @rule(target=matters)
    def write_down(self) -> int:
        return self.write_down_one()

    @rule(key=matters, to=st.sampled_from(Step), outcome=st.sampled_from(Outcome))
    def move(self, key: int, to: Step, outcome: Outcome) -> None:
        issue = Issue.objects.get(pk=key)
        extra: dict[str, object] = {}
        if to == Step.HANDLE:
            extra = {"body": self.body, "due_on": timezone.localdate() + timedelta(days=3)}
        elif to == Step.CLOSED:
            extra = {"outcome": outcome}
        if to in MOVES[self.expected[key]]:
            flow.advance(issue, to, by=self.by, **extra)
            self.expected[key] = to
        else:
            with pytest.raises(MoveNotAllowed):
                flow.advance(issue, to, by=self.by, **extra)

    @rule(target=holds, key=matters, reason=st.sampled_from(HoldReason))
    def put_on_hold(self, key: int, reason: HoldReason) -> object:
        issue = Issue.objects.get(pk=key)
        if issue.holds.active().exists() or self.expected[key] == Step.CLOSED:
            with pytest.raises((OnHoldAlready, ClosedNeedsNoHold)):
                hold.put(issue, reason=reason, question="等什么", by=self.by)
            return multiple()
        return hold.put(issue, reason=reason, question="等什么", by=self.by).pk

    @rule(pk=holds)
    def look_again(self, pk: int) -> None:
        self._if_active(pk, lambda row: hold.keep_on(row, by=self.by))

    @rule(pk=consumes(holds))
    def go_on(self, pk: int) -> None:
        before = Issue.objects.get(holds=pk)
        self._if_active(pk, lambda row: hold.end(row, answer="有答复了", by=self.by))
        after = Issue.objects.get(holds=pk)
        assert (after.due_on is None) == (before.due_on is None)
        assert before.due_on is None or after.due_on >= before.due_on

    def _if_active(self, pk: int, work) -> None:
        row = Hold.objects.get(pk=pk)
        if row.ended_at:
            with pytest.raises(HoldEnded):
                work(row)
        else:
            work(row)

    @rule(one=matters, other=matters)
    def merge(self, one: int, other: int) -> None:
        issue, into = Issue.objects.get(pk=one), Issue.objects.get(pk=other)
        may = one != other and self.expected[one] == Step.PROPOSE and self.expected[other] != Step.CLOSED
        people = set(into.voices.values_list("person", flat=True)) | set(issue.voices.values_list("person", flat=True))
        if not may:
            with pytest.raises((NotAtStep, MergedIntoItself, OtherIsClosed)):
                step2_combine.merge(issue, into=into, note="", by=self.by)
            return
        step2_combine.merge(issue, into=into, note="", by=self.by)
        self.expected[one] = Step.CLOSED
        assert set(into.voices.values_list("person", flat=True)) == people

    @rule(target=matters, key=matters)
    def split(self, key: int) -> object:
        issue = Issue.objects.get(pk=key)
        voices = list(issue.voices.values_list("pk", flat=True))
        # Whoever's words the matter carries stays behind it, and may go with the other as well.
        first_stays = issue.voices.filter(pk__in=voices[:1], person=issue.spoken_by_id).exists()
        may = self.expected[key] == Step.PROPOSE and (len(voices) > 1 or first_stays)
        how = {"title": "另一件", "said": "另一件", "category": issue.category, "by": self.by}
        if not may:
            with pytest.raises((NotAtStep, VoicesOnOneSide)):
                step2_combine.split(issue, **how, going=voices[:1], staying=voices[1:])
            return multiple()
        return self._known(step2_combine.split(issue, **how, going=voices[:1], staying=voices[1:]), Step.PROPOSE)

    @invariant()
    def history_explains_the_present(self) -> None:
        for issue in Issue.objects.prefetch_related("records"):
            steps = [(record.from_step, record.to_step) for record in issue.records.all()]
            assert issue.step == self.expected[issue.pk] == steps[-1][1]
            assert steps[0] == ("", Step.VISIT)
            for (_from, reached), (left, to) in pairwise(steps):
                assert left == reached
                assert Step(to) in MOVES[Step(left)]

    @invariant()
    def numbers_never_repeat_and_leave_no_gap(self) -> None:
        serials = sorted(Issue.objects.values_list("serial", flat=True))
        assert len(set(self.numbers)) == len(self.numbers) == len(serials)
        assert serials == list(range(1, len(serials) + 1))

    @invariant()
    def the_owner_is_never_empty_while_open(self) -> None:
        for issue in Issue.objects.all():
            assert (issue.owner is None) == (issue.step == Step.CLOSED)
            assert (issue.due_on is None) == (issue.step == Step.CLOSED)
            assert (issue.owner_body is not None) == (issue.step == Step.HANDLE)

    @invariant()
    def holds_explain_themselves(self) -> None:
        for issue in Issue.objects.prefetch_related("holds"):
            active = [row for row in issue.holds.all() if row.ended_at is None]
            assert len(active) <= (issue.step != Step.CLOSED)
            assert all(row.review_on > row.since for row in active)


def test_whatever_people_do_in_whatever_order(north):
    run_state_machine_as_test(
        Matters,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
