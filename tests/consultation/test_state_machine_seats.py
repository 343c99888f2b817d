"""One meeting in any order that people may think of: nothing is agreed without every seat, and history explains it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from compounds.organisation.models import Person
from consultation.errors import (
    DecidedAlready,
    DecisionsRestOnIt,
    HoldEnded,
    IssuedAlready,
    ItemsUndecided,
    MeetingIsOver,
    NotAtStep,
    NotProvisional,
    OnHoldAlready,
    PartyAbsent,
    SeatNotFilled,
    SeatsNotConfirmed,
    SignedInAlready,
)
from consultation.models import (
    AgendaItem,
    Answer,
    Attendance,
    AttendanceKind,
    Decision,
    HoldReason,
    Issue,
    Meeting,
    Minutes,
    Party,
    PartySeat,
    ToldHow,
)
from consultation.models import DecisionOutcome as Outcome
from consultation.services import attending, flow, hold, invitations, meeting_record, step3_meet
from consultation.services import minutes as minutes_service
from consultation.steps import MOVES, Step
from tests.consultation.handling import secretary
from tests.factories import BodyFactory, IssueFactory, deliberator, four_seats
from tests.pictures import a_picture

PARTIES = st.sampled_from(Party)
ITEMS = st.integers(0, 1)
RESIDENTS = 2


class OneMeeting(RuleBasedStateMachine):
    """Three people for the residents and one for each other party, two matters, and whatever they do."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.by, self.body = secretary(), BodyFactory()
        self.told: set[Party] = set()
        self.agreed: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(
        vacant=st.sets(PARTIES, max_size=1),
        away=st.sets(PARTIES, max_size=1),
        residents=st.integers(1, 3),
        told=st.sets(PARTIES),
    )
    def convene(self, vacant: set[Party], away: set[Party], residents: int, told: set[Party]) -> None:
        rows = four_seats(residents=RESIDENTS)
        for party in vacant:
            PartySeat.objects.filter(pk=rows[party].pk).update(
                vacant=True, vacancy_reason="换届", body_name="", legal_basis="", ends_on=date(2099, 1, 1)
            )
        self.vacant = vacant
        self.people = {p: [deliberator(p) for _n in range(3 if p == Party.RESIDENTS else 1)] for p in Party}
        issues = [IssueFactory(step=Step.MEET, recorded_by=self.by) for _n in range(2)]
        self.meeting = step3_meet.convene(starts_at=timezone.now(), venue="服务站", issues=issues, by=self.by)
        for party in told:
            self.tell(party)
        # Most people come in time, or hardly anything would ever be agreed.
        for party in set(Party) - vacant - away:
            for person in self.people[party][:residents]:
                attending.take_seat(self.meeting, person, by=self.by)

    def item(self, n: int) -> AgendaItem:
        return AgendaItem.objects.select_related("meeting", "issue").get(meeting=self.meeting, position=n + 1)

    def there(self, party: Party) -> list[Attendance]:
        kinds = [AttendanceKind.DELIBERATOR]
        return list(Attendance.objects.filter(meeting=self.meeting, party=party, kind__in=kinds))

    def is_over(self) -> bool:
        return Minutes.objects.filter(meeting=self.meeting).exists()

    def promised(self) -> dict[str, Any]:
        due_on = timezone.localdate() + timedelta(days=9)
        promise = step3_meet.Promise(body=self.body, due_on=due_on, cost=Decimal(0), fund_source="none")
        return {"answers": dict.fromkeys(Party, (Answer.AGREE, "")), "promise": promise}

    @rule(party=PARTIES)
    def tell(self, party: Party) -> None:
        row = self.meeting.invitations.get(person=self.people[party][0])
        invitations.tell(row, how=ToldHow.PHONE, now=self.meeting.starts_at - timedelta(hours=1), by=self.by)
        self.told.add(party)

    @rule(party=PARTIES, n=st.integers(0, 2), kind=st.sampled_from(["deliberator", "deliberator", "excused"]))
    def come(self, party: Party, n: int, kind: str) -> None:
        person: Person = self.people[party][n % len(self.people[party])]
        earlier = Attendance.objects.filter(meeting=self.meeting, person=person).first()
        work = attending.take_seat if kind == "deliberator" else attending.excuse
        if self.is_over():
            refused: Any = MeetingIsOver
        elif kind == "deliberator" and party in self.vacant:
            refused = SeatNotFilled
        elif earlier and not (kind == "deliberator" and earlier.kind == AttendanceKind.EXCUSED):
            refused = SignedInAlready
        else:
            work(self.meeting, person, by=self.by)
            return
        with pytest.raises(refused):
            work(self.meeting, person, by=self.by)

    @rule(party=PARTIES)
    def go(self, party: Party) -> None:
        for attendance in self.there(party)[:1]:
            rests = Decision.objects.filter(
                item__meeting=self.meeting, outcome=Outcome.CONSENSUS, created_at__gte=attendance.created_at
            )
            if self.is_over() or rests.exists():
                with pytest.raises((MeetingIsOver, DecisionsRestOnIt)):
                    attending.sign_out(attendance, by=self.by)
            else:
                attending.sign_out(attendance, by=self.by)

    @rule(party=PARTIES, n=ITEMS)
    def step_back(self, party: Party, n: int) -> None:
        if sitting := self.there(party):
            self._unless_settled(n, lambda: step3_meet.recuse(self.item(n), sitting[0], reason="亲属", by=self.by))

    @rule(n=ITEMS)
    def agree(self, n: int) -> None:
        item = self.item(n)
        expected = self._what_the_seats_allow(item)
        how = {"outcome": Outcome.CONSENSUS, "text": "一周内修好", "by": self.by}

        def work() -> None:
            if expected is None:
                with pytest.raises(PartyAbsent):
                    step3_meet.decide(item, **how, **self.promised())
                return
            assert step3_meet.decide(item, **how, **self.promised()).outcome == expected
            if expected == Outcome.CONSENSUS:
                self.agreed.add(item.pk)

        self._unless_settled(n, work)

    def _what_the_seats_allow(self, item: AgendaItem) -> Outcome | None:
        """The rule of the house, said once more in other words."""
        back = set(item.recusals.values_list("attendance", flat=True))
        need = {p: RESIDENTS if p == Party.RESIDENTS else 1 for p in Party if p not in self.vacant}
        sit = {p: [a for a in self.there(p) if a.pk not in back] for p in need}
        missing = [p for p in need if len(sit[p]) < need[p]]
        if not missing:
            return Outcome.CONSENSUS
        invited_and_away = all(not self.there(p) and p in self.told for p in missing)
        return Outcome.PROVISIONAL if invited_and_away and len(missing) < len(need) else None

    @rule(n=ITEMS, outcome=st.sampled_from([Outcome.DEFERRED, Outcome.NO_CONSENSUS, Outcome.REFERRED]))
    def not_agree(self, n: int, outcome: Outcome) -> None:
        self._unless_settled(n, lambda: step3_meet.decide(self.item(n), outcome=outcome, text="再议", by=self.by))

    @rule(n=ITEMS, party=PARTIES, agrees=st.booleans())
    def answer_in_writing(self, n: int, party: Party, agrees: bool) -> None:
        decision = Decision.objects.filter(item=self.item(n)).first()
        if decision is None:
            return
        provisional = decision.outcome == Outcome.PROVISIONAL
        known = {*decision.answers.values_list("party", flat=True)}
        facts: dict[str, Any] = {"party": party, "agrees": agrees, "remark": "书面", "given_on": timezone.localdate()}
        facts |= {"given_by": self.people[party][0], "paper": a_picture(), "by": self.by}
        if not provisional or party in known or party in self.vacant:
            with pytest.raises(NotProvisional):
                meeting_record.consent(decision, **facts)
            return
        meeting_record.consent(decision, **facts)
        if Decision.objects.get(pk=decision.pk).outcome == Outcome.CONSENSUS:
            self.agreed.add(decision.item_id)

    @rule(n=ITEMS, to=st.sampled_from([Step.PROPOSE, Step.CLOSED]))
    def the_branch_takes_it_back(self, n: int, to: Step) -> None:
        issue = self.item(n).issue
        if issue.step == Step.MEET:
            flow.advance(issue, to, note="撤回", by=self.by, **({"outcome": "withdrawn"} if to == Step.CLOSED else {}))

    @rule(n=ITEMS)
    def wait_or_go_on(self, n: int) -> None:
        issue = self.item(n).issue
        waiting = issue.holds.active().first()
        if waiting:
            with pytest.raises(OnHoldAlready):
                hold.put(issue, reason=HoldReason.SEASON, question="雨季", by=self.by)
            hold.end(waiting, answer="到了", by=self.by)
            with pytest.raises(HoldEnded):
                hold.end(waiting, answer="到了", by=self.by)
        elif issue.step != Step.CLOSED:
            hold.put(issue, reason=HoldReason.SEASON, question="雨季", by=self.by)

    @rule()
    def draw_up(self) -> None:
        if self.is_over():
            with pytest.raises(MeetingIsOver):
                minutes_service.draw_up(self.meeting, by=self.by)
        elif self.meeting.items.open().exists():
            with pytest.raises(ItemsUndecided):
                minutes_service.draw_up(self.meeting, by=self.by)
        else:
            minutes_service.draw_up(self.meeting, by=self.by)

    @rule(confirmed=st.booleans())
    def issue(self, confirmed: bool) -> None:
        drawn_up = Minutes.objects.filter(meeting=self.meeting).first()
        if drawn_up is None:
            return
        for party in Party if confirmed and not drawn_up.issued_at else ():
            for seat in self.there(party)[:1]:
                minutes_service.confirm(drawn_up, party=party, answer="confirmed", person=seat.person, by=self.by)
        if drawn_up.issued_at or minutes_service.unconfirmed(drawn_up):
            with pytest.raises((IssuedAlready, SeatsNotConfirmed)):
                minutes_service.issue(drawn_up, by=self.by)
        else:
            minutes_service.issue(drawn_up, by=self.by)

    def _unless_settled(self, n: int, work: Any) -> None:
        item = self.item(n)
        if self.is_over() or Decision.objects.filter(item=item).exists() or item.issue.step != Step.MEET:
            with pytest.raises((MeetingIsOver, DecidedAlready, NotAtStep)):
                work()
        else:
            work()

    @invariant()
    def nothing_is_agreed_without_every_seat(self) -> None:
        agreed = Decision.objects.filter(item__meeting__in=Meeting.objects.all(), outcome=Outcome.CONSENSUS)
        assert set(agreed.values_list("item", flat=True)) == self.agreed
        for decision in agreed:
            assert {*decision.answers.values_list("party", flat=True)} >= set(Party) - self.vacant
            assert not decision.answers.filter(answer=Answer.NO).exists()

    @invariant()
    def somebody_provisional_is_always_asked(self) -> None:
        for decision in Decision.objects.filter(outcome=Outcome.PROVISIONAL):
            assert meeting_record.asked_in_writing(decision)

    @invariant()
    def nobody_sits_twice_and_nobody_on_a_vacant_seat(self) -> None:
        rows = list(Attendance.objects.values_list("person", "party", "kind"))
        assert len({person for person, _party, _kind in rows}) == len(rows)
        assert not {party for _p, party, kind in rows if kind == "deliberator"} & {p.value for p in self.vacant}

    @invariant()
    def only_issued_minutes_hand_out_and_history_explains_it(self) -> None:
        issued = Minutes.objects.filter(issued_at__isnull=False).exists()
        for issue in Issue.objects.prefetch_related("records"):
            steps = [(record.from_step, record.to_step) for record in issue.records.all()]
            assert steps[-1][1] == issue.step
            assert all(Step(to) in MOVES[Step(left)] for left, to in steps[1:])
            assert (issue.owner is None) == (issue.step == Step.CLOSED)
            assert issue.step != Step.HANDLE or issued
            assert issue.assignments.count() == (issue.step == Step.HANDLE)


def test_whatever_is_done_at_a_meeting_in_whatever_order(north):
    run_state_machine_as_test(
        OneMeeting,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
