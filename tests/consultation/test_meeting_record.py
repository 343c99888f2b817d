"""Meetings that are cancelled, parties that stay away and answer in writing, hands and views that differ."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultation import meetings, seats
from consultation.errors import (
    DecidedAlready,
    DecidedThere,
    MeetingCancelled,
    MeetingIsOver,
    NotProvisional,
    NotTheirParty,
    PartyAbsent,
    TooManyHands,
)
from consultation.models import AgendaItem, Answer, Assignment, DecisionOutcome, Issue, Meeting, Party, ToldHow
from consultation.seats import SeatState, Verdict
from consultation.services import attending, flow, invitations, meeting_record
from consultation.services import minutes as minutes_service
from consultation.steps import Step
from tests.consultation.test_step3_meet import agree, convened, ready_item, seat_everybody
from tests.factories import IssueFactory, PersonFactory, deliberator, four_seats
from tests.pictures import a_picture

# --- The seats rule, with provisional -----------------------------------------------------------------------------

# One seat: is it filled, vacant, how many sit (of the minimum 2), did somebody recuse.
HERE, SHORT, AWAY, RECUSED, VACANT, UNSET = "here", "short", "away", "recused", "vacant", "unset"


def seat(party, kind):
    return SeatState(
        party=party,
        label=party.label,
        filled_by="" if kind in {VACANT, UNSET} else "某单位",
        vacancy="换届" if kind == VACANT else "",
        minimum=2,
        sitting=[None] * {HERE: 2, SHORT: 1}.get(kind, 0),
        recused=[None] if kind == RECUSED else [],
    )


RULE = [
    ([HERE, HERE, HERE, HERE], set(), Verdict.POSSIBLE),
    ([HERE, HERE, VACANT, HERE], set(), Verdict.POSSIBLE),
    ([HERE, HERE, AWAY, HERE], set(), Verdict.IMPOSSIBLE),
    ([HERE, HERE, AWAY, HERE], {2}, Verdict.PROVISIONAL),
    ([HERE, AWAY, AWAY, HERE], {2}, Verdict.IMPOSSIBLE),
    ([HERE, AWAY, AWAY, HERE], {1, 2}, Verdict.PROVISIONAL),
    ([HERE, AWAY, VACANT, HERE], {1}, Verdict.PROVISIONAL),
    # Who came but is too few, or steps back, does not stay away.
    ([HERE, HERE, HERE, SHORT], {3}, Verdict.IMPOSSIBLE),
    ([HERE, RECUSED, HERE, HERE], {1}, Verdict.IMPOSSIBLE),
    # A party without a seat row cannot have been invited in due form.
    ([HERE, HERE, UNSET, HERE], {2}, Verdict.IMPOSSIBLE),
    ([AWAY, AWAY, AWAY, AWAY], {0, 1, 2, 3}, Verdict.IMPOSSIBLE),
]


@pytest.mark.parametrize(("kinds", "invited", "expected"), RULE)
def test_the_seats_rule(kinds, invited, expected):
    parties = list(Party)
    states = [seat(party, kind) for party, kind in zip(parties, kinds, strict=True)]

    assert seats.verdict(states, {parties[n] for n in invited}) == expected


@given(
    kinds=st.lists(st.sampled_from([HERE, SHORT, AWAY, RECUSED, VACANT, UNSET]), min_size=4, max_size=4),
    invited=st.sets(st.sampled_from(list(Party))),
)
def test_what_holds_for_every_table_of_seats(kinds, invited):
    states = [seat(party, kind) for party, kind in zip(Party, kinds, strict=True)]

    found = seats.verdict(states, invited)

    assert (found == Verdict.POSSIBLE) == (set(kinds) <= {HERE, VACANT})
    if found == Verdict.PROVISIONAL:
        assert HERE in kinds
        assert {kind for kind in kinds if kind not in {HERE, VACANT}} == {AWAY}
        assert all(state.party in invited for state in states if state.is_missing)
    # Inviting more parties never makes less possible.
    order = [Verdict.IMPOSSIBLE, Verdict.PROVISIONAL, Verdict.POSSIBLE]
    assert order.index(seats.verdict(states, set(Party))) >= order.index(found)


def test_the_rule_is_asked_for_all_tables():
    kinds = [HERE, SHORT, AWAY, RECUSED, VACANT, UNSET]

    found = {
        seats.verdict([seat(p, k) for p, k in zip(Party, row, strict=True)], {}) for row in product(kinds, repeat=4)
    }

    assert found == {Verdict.POSSIBLE, Verdict.IMPOSSIBLE}


# --- Written consent ----------------------------------------------------------------------------------------------


def provisional_item():
    """All but the owners' committee are here; one of its deliberators was told in time."""
    four_seats()
    absent = deliberator(Party.OWNERS_COMMITTEE)
    meeting = convened(IssueFactory(step=Step.MEET))
    told = meeting.invitations.get(person=absent)
    invitations.tell(told, how=ToldHow.PHONE, now=meeting.starts_at - timedelta(hours=1), by=PersonFactory())
    seat_everybody(meeting, [party for party in Party if party != Party.OWNERS_COMMITTEE])
    return meeting.items.get(), absent


def agree_without(item):
    answers = {party: (Answer.AGREE, "") for party in Party if party != Party.OWNERS_COMMITTEE}
    return agree(item, answers=answers)


def answer(decision, person, *, agrees=True, party=Party.OWNERS_COMMITTEE, remark=""):
    return meeting_record.consent(
        decision,
        party=party,
        agrees=agrees,
        remark=remark,
        given_on=timezone.localdate(),
        given_by=person,
        paper=a_picture(),
        by=PersonFactory(),
    )


@pytest.mark.usefixtures("north")
class TestWrittenConsent:
    def test_without_an_invited_party_an_item_is_provisional_never_decided(self):
        item, _absent = provisional_item()

        decision = agree_without(item)

        assert decision.outcome == DecisionOutcome.PROVISIONAL
        assert item.issue not in meetings.discussable()
        with pytest.raises(DecidedAlready):
            agree_without(item)

    def test_who_was_told_too_late_was_not_invited_in_due_form(self):
        item, absent = provisional_item()
        late = item.meeting.starts_at + timedelta(minutes=1)
        item.meeting.invitations.filter(person=absent).update(told_at=late)

        with pytest.raises(PartyAbsent):
            agree_without(item)

    def test_with_the_written_consent_the_item_is_decided(self):
        item, absent = provisional_item()
        decision = agree_without(item)

        answer(decision, absent)

        decision.refresh_from_db()
        assert decision.outcome == DecisionOutcome.CONSENSUS
        assert not Assignment.objects.exists(), "the minutes are not issued yet"

    def test_who_comes_after_the_item_was_taken_still_answers_it_in_writing(self):
        item, absent = provisional_item()
        decision = agree_without(item)

        attending.take_seat(item.meeting, absent, by=absent)

        assert meeting_record.asked_in_writing(decision) == [Party.OWNERS_COMMITTEE]
        answer(decision, absent)
        decision.refresh_from_db()
        assert decision.outcome == DecisionOutcome.CONSENSUS

    def test_a_consent_after_the_minutes_hands_out_at_once(self):
        item, absent = provisional_item()
        decision = agree_without(item)
        drawn_up = minutes_service.draw_up(item.meeting, by=PersonFactory())
        for row in meetings.sitting(item.meeting):
            minutes_service.confirm(drawn_up, party=row.party, answer="confirmed", person=row.person, by=row.person)
        type(drawn_up).objects.filter(pk=drawn_up.pk).update(drawn_up_on=date(2026, 1, 5))
        drawn_up.refresh_from_db()
        minutes_service.issue(drawn_up, by=PersonFactory())
        assert not Assignment.objects.exists(), "provisional is not decided"

        answer(decision, absent)

        assert Assignment.objects.get().decision == decision
        assert Issue.objects.get(pk=item.issue_id).step == Step.HANDLE

    def test_a_refusal_makes_it_no_consensus(self):
        item, absent = provisional_item()
        decision = agree_without(item)

        answer(decision, absent, agrees=False, remark="造价没有比价")

        decision.refresh_from_db()
        assert decision.outcome == DecisionOutcome.NO_CONSENSUS
        assert Issue.objects.get(pk=item.issue_id).step == Step.PROPOSE

    def test_a_provisional_item_lapses_when_its_matter_goes_another_way(self):
        item, absent = provisional_item()
        decision = agree_without(item)

        flow.advance(item.issue, Step.CLOSED, outcome="withdrawn", note="居民撤回", by=PersonFactory())

        decision.refresh_from_db()
        assert decision.outcome == DecisionOutcome.LAPSED
        with pytest.raises(NotProvisional):
            answer(decision, absent)
        flow.advance(item.issue, Step.PROPOSE, by=PersonFactory())
        flow.advance(item.issue, Step.MEET, by=PersonFactory())
        assert item.issue in meetings.discussable()

    def test_only_the_absent_party_answers_and_only_once(self):
        item, absent = provisional_item()
        decision = agree_without(item)

        with pytest.raises(NotProvisional):
            answer(decision, absent, party=Party.BRANCH)
        with pytest.raises(NotTheirParty):
            answer(decision, deliberator(Party.RESIDENTS))
        answer(decision, absent)
        with pytest.raises(NotProvisional):
            answer(decision, absent)


# --- Cancelling, hands, views that differ ------------------------------------------------------------------------


@pytest.mark.usefixtures("north")
class TestCancelling:
    def test_matters_are_free_again_and_sign_ins_stay(self):
        item = ready_item()
        meeting = item.meeting

        meeting_record.cancel(meeting, reason="停电", by=PersonFactory())

        assert item.issue in meetings.discussable()
        assert meeting.attendances.count() == 6
        assert not Meeting.objects.ahead().filter(pk=meeting.pk).exists()
        assert convened(item.issue).number == meeting.number + 1

    def test_nothing_happens_at_it_any_more(self):
        item, by = ready_item(), PersonFactory()
        meeting_record.cancel(item.meeting, reason="停电", by=by)
        person = deliberator(Party.RESIDENTS)

        for act in (
            lambda: attending.take_seat(item.meeting, person, by=person),
            lambda: agree(item),
            lambda: minutes_service.draw_up(item.meeting, by=by),
            lambda: meeting_record.cancel(item.meeting, reason="又一次", by=by),
            lambda: meeting_record.dissent(item, attendance=None, text="不同意", by=by),
        ):
            with pytest.raises(MeetingCancelled):
                act()

    def test_not_once_something_is_decided(self):
        item = ready_item()
        agree(item)

        with pytest.raises(DecidedThere):
            meeting_record.cancel(item.meeting, reason="停电", by=PersonFactory())

    def test_not_once_the_minutes_are_drawn_up(self):
        item, by = ready_item(), PersonFactory()
        agree(item, outcome=DecisionOutcome.DEFERRED)
        minutes_service.draw_up(item.meeting, by=by)

        with pytest.raises(MeetingIsOver):
            meeting_record.cancel(item.meeting, reason="停电", by=by)


@pytest.mark.usefixtures("north")
class TestWhatIsWrittenBeside:
    def test_hands_are_three_numbers_and_replace_no_answer(self):
        item = ready_item()

        meeting_record.count_hands(item, in_favour=4, against=1, abstained=1, by=PersonFactory())
        decision = agree(item)

        assert AgendaItem.objects.get(pk=item.pk).hands == (4, 1, 1)
        assert decision.answers.count() == 4

    def test_no_more_hands_than_people(self):
        with pytest.raises(TooManyHands):
            meeting_record.count_hands(ready_item(), in_favour=7, against=0, abstained=0, by=PersonFactory())

    def test_a_view_that_differs_by_name_or_without(self):
        item = ready_item()
        somebody = item.meeting.attendances.first()

        named = meeting_record.dissent(item, attendance=somebody, text="应先比价", by=PersonFactory())
        one = meeting_record.dissent(item, attendance=None, text="不急", by=PersonFactory())

        assert (named.attendance, one.attendance) == (somebody, None)
