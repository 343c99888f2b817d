"""Four parties decide once every seat that is not vacant is taken, item by item."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation import meetings, seats
from consultation.errors import (
    ConfidentialMatter,
    DecidedAlready,
    DecisionsRestOnIt,
    MeetingIsOver,
    MeetingNotYet,
    NoConsensus,
    NotOfThatParty,
    NotOnCouncil,
    OnAgendaAlready,
    OwnersVoteNeeded,
    PartyAbsent,
    SeatNotFilled,
    SignedInAlready,
)
from consultation.models import (
    Answer,
    AttendanceKind,
    Category,
    DecisionOutcome,
    Openness,
    Party,
    PartySeat,
)
from consultation.services import attending, flow, step2_propose, step3_meet
from consultation.services import minutes as minutes_service
from consultation.steps import Step
from tests.factories import BodyFactory, IssueFactory, PersonFactory, deliberator, four_seats

pytestmark = pytest.mark.usefixtures("north")

ALL_AGREE = dict.fromkeys(Party, (Answer.AGREE, ""))


def convened(*issues, days=0):
    """A meeting with these matters (one, unless given), called by the branch."""
    secretary = PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])
    starts_at = timezone.now() + timedelta(days=days)
    return step3_meet.convene(
        starts_at=starts_at, venue="服务站", issues=issues or [IssueFactory(step=Step.MEET)], by=secretary
    )


def seat_everybody(meeting, parties=tuple(Party), residents=3):
    """Somebody signs in for each of ``parties``; that many residents."""
    there = {}
    for party in parties:
        for _n in range(residents if party == Party.RESIDENTS else 1):
            person = deliberator(party)
            there.setdefault(party, []).append(attending.take_seat(meeting, person, by=person))
    return there


def promise(**changed):
    values = {"body": BodyFactory(), "due_on": date(2030, 1, 1), "cost": Decimal(0), "fund_source": "none"}
    return step3_meet.Promise(**values | changed)


def agree(item, **changed):
    given = {"outcome": DecisionOutcome.CONSENSUS, "text": "一周内修好。", "answers": ALL_AGREE, "promise": promise()}
    return step3_meet.decide(item, **given | changed, by=PersonFactory())


# --- The seats rule ---------------------------------------------------------------------------------------------------

# Who has not signed in, who is recused (one of their people), whose seat is vacant; whether consensus is possible.
SEATS = [
    ({}, {}, {}, True),
    ({Party.BRANCH}, {}, {}, False),
    ({Party.PROPERTY_COMPANY}, {}, {}, False),
    ({Party.OWNERS_COMMITTEE}, {}, {}, False),
    ({Party.RESIDENTS}, {}, {}, False),
    ({Party.OWNERS_COMMITTEE}, {}, {Party.OWNERS_COMMITTEE}, True),
    ({Party.OWNERS_COMMITTEE, Party.BRANCH}, {}, {Party.OWNERS_COMMITTEE}, False),
    ({}, {Party.PROPERTY_COMPANY}, {}, False),
    ({}, {Party.RESIDENTS}, {}, False),
]


@pytest.mark.parametrize(("absent", "recused", "vacant", "possible"), SEATS)
def test_a_decision_needs_every_seat_that_is_not_vacant(absent, recused, vacant, possible):
    rows = four_seats()
    for party in vacant:
        PartySeat.objects.filter(pk=rows[party].pk).update(
            vacant=True, vacancy_reason="换届", body_name="", legal_basis="", ends_on=date(2099, 1, 1)
        )
    meeting = convened()
    item = meeting.items.get()
    there = seat_everybody(meeting, [party for party in Party if party not in absent])
    for party in recused:
        step3_meet.recuse(item, there[party][0], reason="利害关系", by=PersonFactory())

    if possible:
        agree(item)
    else:
        with pytest.raises(PartyAbsent):
            agree(item)

    assert hasattr(type(item).objects.get(pk=item.pk), "decision") is possible


@pytest.mark.parametrize(("residents", "possible"), [(0, False), (1, False), (2, False), (3, True), (4, True)])
def test_residents_need_three(residents, possible):
    four_seats(residents=3)
    meeting = convened()
    seat_everybody(meeting, residents=residents)

    state = {seat.party: seat for seat in seats.for_item(meeting.items.get())}

    assert state[Party.RESIDENTS].is_here is possible


def test_a_party_without_a_seat_row_is_missing_not_vacant():
    meeting = convened()

    assert all(seat.is_missing for seat in seats.for_meeting(meeting))


def test_a_vacant_seat_shows_its_reason_and_takes_nobody():
    rows = four_seats()
    PartySeat.objects.filter(pk=rows[Party.OWNERS_COMMITTEE].pk).update(
        vacant=True, vacancy_reason="业委会换届", body_name="", legal_basis="", ends_on=date(2099, 1, 1)
    )
    meeting, person = convened(), deliberator(Party.OWNERS_COMMITTEE)

    with pytest.raises(SeatNotFilled):
        attending.take_seat(meeting, person, by=person)

    state = {seat.party: seat for seat in seats.for_meeting(meeting)}[Party.OWNERS_COMMITTEE]
    assert (state.state, state.note) == ("vacant", "业委会换届")


# --- Calling a meeting ------------------------------------------------------------------------------------------------


def test_a_confidential_matter_never_comes_before_the_council():
    issue = IssueFactory(step=Step.MEET, openness=Openness.CONFIDENTIAL)

    with pytest.raises(ConfidentialMatter):
        convened(issue)

    assert issue not in meetings.discussable()


def test_a_matter_is_on_one_agenda_at_a_time():
    meeting = convened()

    with pytest.raises(OnAgendaAlready):
        convened(meeting.items.get().issue)


def test_what_is_agreed_but_not_issued_is_on_no_other_agenda():
    four_seats()
    meeting = convened()
    seat_everybody(meeting)
    item = meeting.items.get()
    agree(item)
    minutes_service.draw_up(meeting, by=PersonFactory())

    assert item.issue not in meetings.discussable()


def test_what_was_put_off_comes_first_then_rank_by_rank():
    by = PersonFactory()
    sorting = {
        "served": "several",
        "working_days": 5,
        "difficulty": "simple",
        "suggestion": "修",
        "seen": None,
        "by": by,
    }
    low, high, late = (IssueFactory(step=Step.PROPOSE, title=title) for title in ("低", "高", "推迟"))
    for issue, urgency in ((low, "can_wait"), (high, "urgent"), (late, "can_wait")):
        step2_propose.propose(issue, urgency=urgency, concerns="anyone", **sorting)
        entry = step2_propose.put_on_list(issue, by=by)
    step2_propose.publish(entry.issue_list, by=by)
    late.refresh_from_db()
    earlier = convened(late)
    step3_meet.decide(earlier.items.get(), outcome=DecisionOutcome.DEFERRED, text="缺人", by=by)

    found = meetings.candidates()

    assert [candidate.issue.title for candidate in found] == ["推迟", "高", "低"]
    assert found[0].deferred_at == [earlier.number]


def test_numbers_follow_each_other():
    first, second = convened(), convened()

    assert second.number == first.number + 1


# --- Signing in -------------------------------------------------------------------------------------------------------


def test_one_person_sits_for_one_party_only():
    four_seats()
    meeting, person = convened(), deliberator(Party.RESIDENTS)
    attending.take_seat(meeting, person, by=person)

    with pytest.raises(SignedInAlready):
        attending.take_seat(meeting, person, by=person)

    assert meeting.attendances.get().party == Party.RESIDENTS


@pytest.mark.parametrize("party", [Party.BRANCH, Party.PROPERTY_COMPANY, Party.OWNERS_COMMITTEE])
def test_nobody_sits_for_a_party_that_is_not_theirs(party):
    four_seats()
    meeting, person = convened(), deliberator(Party.RESIDENTS)

    with pytest.raises(NotOfThatParty):
        attending.sign_in(meeting, person, party=party, kind=AttendanceKind.INVITED, by=person)

    assert not meeting.attendances.exists()


def test_nobody_signs_in_or_decides_before_the_day():
    four_seats()
    meeting, person = convened(days=2), deliberator(Party.RESIDENTS)

    with pytest.raises(MeetingNotYet):
        attending.take_seat(meeting, person, by=person)
    with pytest.raises(MeetingNotYet):
        step3_meet.decide(meeting.items.get(), outcome=DecisionOutcome.DEFERRED, text="等人", by=person)

    assert attending.excuse(meeting, person, by=person).kind == AttendanceKind.EXCUSED


def test_who_was_excused_and_comes_after_all_sits():
    four_seats()
    meeting, person = convened(), deliberator(Party.RESIDENTS)
    attending.excuse(meeting, person, by=person)

    attending.take_seat(meeting, person, by=person)

    assert meeting.attendances.get().kind == AttendanceKind.DELIBERATOR


def test_who_is_not_on_the_council_cannot_take_a_seat():
    four_seats()
    person = PersonFactory(posts=[PostKind.RESIDENTS_REP])

    with pytest.raises(NotOnCouncil):
        attending.take_seat(convened(), person, by=person)


def test_a_sign_in_by_mistake_is_undone_but_not_under_a_decision():
    four_seats()
    meeting = convened()
    there = seat_everybody(meeting, residents=4)
    attending.sign_out(there[Party.RESIDENTS][3], by=PersonFactory())
    agree(meeting.items.get())

    with pytest.raises(DecisionsRestOnIt):
        attending.sign_out(there[Party.RESIDENTS][0], by=PersonFactory())

    assert meeting.attendances.filter(party=Party.RESIDENTS).count() == 3


def test_nobody_signs_in_once_the_minutes_are_drawn_up():
    four_seats()
    meeting, person = convened(), deliberator(Party.RESIDENTS)
    step3_meet.decide(meeting.items.get(), outcome=DecisionOutcome.DEFERRED, text="缺人", by=person)
    minutes_service.draw_up(meeting, by=person)

    with pytest.raises(MeetingIsOver):
        attending.take_seat(meeting, person, by=person)


# --- Deciding ---------------------------------------------------------------------------------------------------------


def ready_item(**issue):
    """One item with all four seats taken."""
    four_seats()
    meeting = convened(IssueFactory(step=Step.MEET, **issue))
    seat_everybody(meeting)
    return meeting.items.get()


@pytest.mark.parametrize("first", [DecisionOutcome.CONSENSUS, DecisionOutcome.NO_CONSENSUS, DecisionOutcome.REFERRED])
def test_an_item_is_decided_once_even_when_the_matter_moved_on(first):
    item = ready_item()
    agree(item, outcome=first)

    with pytest.raises(DecidedAlready):
        agree(item)


def test_with_a_no_there_is_no_consensus():
    item = ready_item()

    with pytest.raises(NoConsensus):
        agree(item, answers=ALL_AGREE | {Party.RESIDENTS: (Answer.NO, "太贵")})


def test_a_seat_that_said_nothing_has_not_agreed():
    item = ready_item()

    with pytest.raises(PartyAbsent):
        agree(item, answers={party: ALL_AGREE[party] for party in Party if party != Party.RESIDENTS})


def test_only_the_owners_decide_on_what_article_278_names():
    item = ready_item(category=Category.objects.get(name="使用维修资金"))

    with pytest.raises(OwnersVoteNeeded):
        agree(item)


def test_only_the_owners_decide_to_pay_from_the_maintenance_fund():
    item = ready_item()

    with pytest.raises(OwnersVoteNeeded):
        agree(item, promise=promise(fund_source="maintenance_fund", cost=Decimal(9000)))


STEP_AFTER = {
    DecisionOutcome.CONSENSUS: Step.MEET,
    DecisionOutcome.DEFERRED: Step.MEET,
    DecisionOutcome.NO_CONSENSUS: Step.PROPOSE,
    DecisionOutcome.REFERRED: Step.REFERRED,
}


@pytest.mark.parametrize("outcome", STEP_AFTER)
def test_where_a_matter_is_after_each_outcome(outcome):
    item = ready_item()

    agree(item, outcome=outcome)

    item.issue.refresh_from_db()
    assert item.issue.step == STEP_AFTER[outcome]


def test_nobody_can_be_heard_from_an_empty_seat():
    four_seats()
    meeting = convened()

    decision = agree(meeting.items.get(), outcome=DecisionOutcome.NO_CONSENSUS)

    assert not decision.answers.exists()


# --- Earlier promises -------------------------------------------------------------------------------------------------


def test_the_agenda_begins_with_what_became_of_earlier_promises():
    four_seats()
    issues = [IssueFactory(step=Step.MEET, title=title) for title in ("守信", "迟了", "还没到期")]
    first, body, today = convened(*issues), BodyFactory(name="物业"), timezone.localdate()
    seat_everybody(first)
    for item, days in zip(first.items.all(), (3, 3, 90), strict=True):
        agree(item, promise=promise(body=body, due_on=today + timedelta(days=days)))
    minutes = minutes_service.draw_up(first, by=PersonFactory())
    for attendance in meetings.sitting(first):
        minutes_service.confirm(
            minutes, party=attendance.party, answer="confirmed", person=attendance.person, by=attendance.person
        )
    minutes_service.issue(minutes, by=PersonFactory())
    kept = issues[0].assignments.get()
    kept.state, kept.accepted_at, kept.reported_at = "done", timezone.now(), timezone.now()
    kept.save()

    found = meetings.earlier_promises(convened(), None, today + timedelta(days=10))

    assert [(b.body, b.kept, b.late, b.open) for b in found.bodies] == [("物业", 1, 1, 1)]
    assert [title for _task, title, _opens in found.waiting] == ["迟了", "还没到期"]


def test_a_matter_closed_meanwhile_does_not_hold_up_the_minutes():
    meeting, by = convened(), PersonFactory()
    flow.advance(meeting.items.get().issue, Step.CLOSED, outcome="withdrawn", by=by)

    assert minutes_service.draw_up(meeting, by=by).meeting == meeting
