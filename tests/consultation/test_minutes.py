"""Minutes: composed from rows, confirmed by the seats, issued by the branch; then what was agreed is handed out."""

from datetime import UTC, datetime

import pytest
import time_machine

from compounds.organisation.models import PostKind
from consultation.errors import DidNotSit, IssuedAlready, ItemsUndecided, MeetingIsOver, SeatsNotConfirmed
from consultation.models import (
    Assignment,
    AttendanceKind,
    DecisionOutcome,
    MinutesConfirmation,
    Party,
    PartySeat,
)
from consultation.services import attending, flow, step3_meet
from consultation.services import minutes as service
from consultation.steps import Step
from notices.models import Posting
from tests.consultation.test_step3_meet import agree, convened, seat_everybody
from tests.factories import PersonFactory, deliberator, four_seats

pytestmark = pytest.mark.usefixtures("north")

# Wednesday noon in Shanghai; Thursday, Friday and Monday are the three working days after it.
WEDNESDAY = datetime(2026, 3, 4, 4, tzinfo=UTC)


def held(parties=tuple(Party)):
    """Minutes of a meeting that agreed on one matter, with who sat for each party."""
    four_seats()
    meeting = convened()
    there = seat_everybody(meeting, parties)
    agree(meeting.items.get())
    return service.draw_up(meeting, by=PersonFactory()), there


def confirm_all(minutes, there, leave_out=()):
    for party, (attendance, *_others) in there.items():
        if party not in leave_out:
            service.confirm(minutes, party=party, answer="confirmed", person=attendance.person, by=attendance.person)


def test_minutes_say_what_became_of_every_item():
    meeting = convened()

    with pytest.raises(ItemsUndecided):
        service.draw_up(meeting, by=PersonFactory())


def test_minutes_are_drawn_up_once():
    minutes, _there = held()

    with pytest.raises(MeetingIsOver):
        service.draw_up(minutes.meeting, by=PersonFactory())


def test_issuing_hands_out_and_posts_what_was_agreed():
    minutes, there = held()
    confirm_all(minutes, there)

    service.issue(minutes, by=PersonFactory())

    assignment = Assignment.objects.get()
    assert assignment.issue.step == Step.HANDLE
    assert assignment.result_posting == Posting.objects.get()


def test_issuing_twice_hands_out_once():
    minutes, there = held()
    confirm_all(minutes, there)
    service.issue(minutes, by=PersonFactory())

    with pytest.raises(IssuedAlready):
        service.issue(minutes, by=PersonFactory())

    assert Assignment.objects.count() == 1


def test_what_was_closed_since_is_not_handed_out():
    minutes, there = held()
    confirm_all(minutes, there)
    flow.advance(minutes.meeting.items.get().issue, Step.CLOSED, outcome="withdrawn", by=PersonFactory())

    assert service.issue(minutes, by=PersonFactory()).issued_at
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(("days", "free"), [(0, False), (1, False), (2, False), (5, False), (6, True), (9, True)])
def test_silence_holds_up_the_minutes_for_three_working_days(days, free):
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        minutes, there = held()
        confirm_all(minutes, there, leave_out=[Party.OWNERS_COMMITTEE])
        clock.shift(days * 24 * 3600)

        if free:
            service.issue(minutes, by=PersonFactory())
        else:
            with pytest.raises(SeatsNotConfirmed):
                service.issue(minutes, by=PersonFactory())

        minutes.refresh_from_db()
        assert bool(minutes.issued_at) is free


def test_a_vacant_seat_is_not_waited_for():
    minutes, there = held()
    PartySeat.objects.filter(party=Party.OWNERS_COMMITTEE).update(
        vacant=True, vacancy_reason="换届", body_name="", legal_basis="", ends_on="2099-01-01"
    )
    confirm_all(minutes, there, leave_out=[Party.OWNERS_COMMITTEE])

    assert service.issue(minutes, by=PersonFactory()).issued_at


def test_only_who_sat_for_a_party_answers_for_it():
    minutes, there = held()
    other = there[Party.RESIDENTS][0].person

    with pytest.raises(DidNotSit):
        service.confirm(minutes, party=Party.BRANCH, answer="confirmed", person=other, by=other)


def test_an_answer_may_change_until_the_minutes_are_issued():
    minutes, there = held()
    person = there[Party.RESIDENTS][0].person
    confirm_all(minutes, there)
    service.confirm(minutes, party=Party.RESIDENTS, answer="declined", remark="不是这么说的", person=person, by=person)
    service.issue(minutes, by=PersonFactory())

    with pytest.raises(IssuedAlready):
        service.confirm(minutes, party=Party.RESIDENTS, answer="confirmed", person=person, by=person)

    assert MinutesConfirmation.objects.get(party=Party.RESIDENTS).answer == "declined"


# --- The page ---------------------------------------------------------------------------------------------------------


def url(minutes, rest=""):
    return f"/meetings/{minutes.meeting.number}/minutes/{rest}"


def test_who_sat_confirms_on_their_own_phone(web):
    minutes, there = held()
    attendance = there[Party.PROPERTY_COMPANY][0]
    client = web(attendance.person)

    silent = client.post(url(minutes, "confirmations/"), {"attendance": attendance.pk, "answer": "declined"})
    said = client.post(
        url(minutes, "confirmations/"), {"attendance": attendance.pk, "answer": "remark", "remark": "好"}
    )

    assert (silent.status_code, said.status_code) == (422, 302)
    row = MinutesConfirmation.objects.get()
    assert (row.party, row.person, row.recorded_by) == (Party.PROPERTY_COMPANY, attendance.person, attendance.person)


def test_nobody_answers_for_another_seat(web):
    minutes, there = held()
    mine, theirs = there[Party.PROPERTY_COMPANY][0], there[Party.RESIDENTS][0]

    response = web(mine.person).post(url(minutes, "confirmations/"), {"attendance": theirs.pk, "answer": "confirmed"})

    assert response.status_code == 422
    assert not MinutesConfirmation.objects.exists()


def test_the_branch_writes_down_an_answer_given_on_the_spot(web):
    minutes, there = held()
    secretary, attendance = PersonFactory(posts=[PostKind.BRANCH_SECRETARY]), there[Party.RESIDENTS][0]

    web(secretary).post(url(minutes, "confirmations/"), {"attendance": attendance.pk, "answer": "confirmed"})

    row = MinutesConfirmation.objects.get()
    assert (row.person, row.recorded_by) == (attendance.person, secretary)


DOORS = [
    ("get", "", "secretary", 200),
    ("get", "", "property", 200),
    ("get", "", "grid worker", 200),
    ("post", "confirmations/", "secretary", 422),
    ("post", "confirmations/", "property", 422),
    ("post", "confirmations/", "grid worker", 403),
    ("post", "issue/", "secretary", 409),
    ("post", "issue/", "property", 403),
    ("post", "issue/", "grid worker", 403),
    ("post", "new/", "secretary", 409),
    ("post", "new/", "property", 403),
    ("get", "issue/", "secretary", 302),
]
CAST = {
    "secretary": PostKind.BRANCH_SECRETARY,
    "property": PostKind.PROPERTY_STAFF,
    "grid worker": PostKind.GRID_WORKER,
}


@pytest.mark.parametrize(("method", "path", "role", "status"), DOORS)
def test_who_may_do_what_with_minutes(web, method, path, role, status):
    minutes, _there = held()

    response = getattr(web(PersonFactory(posts=[CAST[role]])), method)(url(minutes, path))

    assert response.status_code == status


def test_the_paper_lists_who_was_there_who_was_not_and_who_only_listened(web):
    four_seats()
    meeting = convened()
    seat_everybody(meeting)
    away, guest = deliberator(Party.RESIDENTS), PersonFactory(name="列席人", posts=[PostKind.NEIGHBOUR_LEAD])
    attending.excuse(meeting, away, by=guest)
    attending.sign_in(meeting, guest, party=None, kind=AttendanceKind.OBSERVER, by=guest)
    step3_meet.decide(meeting.items.get(), outcome=DecisionOutcome.DEFERRED, text="等图纸", by=guest)
    minutes = service.draw_up(meeting, by=guest)

    response = web(guest).get(url(minutes))

    paper = response.context["paper"]
    assert (paper.excused, paper.observers) == (away.name, "列席人")
    assert all(seat.people for seat in paper.present)
    assert "等图纸" in response.text


def test_the_paper_says_why_a_seat_is_vacant(web):
    minutes, there = held()
    PartySeat.objects.filter(party=Party.OWNERS_COMMITTEE).update(
        vacant=True, vacancy_reason="业委会正在换届", body_name="", legal_basis="", ends_on="2099-01-01"
    )

    response = web(there[Party.RESIDENTS][0].person).get(url(minutes))

    assert "seat vacant: 业委会正在换届" in response.text


def test_the_page_says_from_which_day_the_branch_may_issue(web):
    secretary = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    with time_machine.travel(WEDNESDAY, tick=False):
        minutes, there = held()
        confirm_all(minutes, there, leave_out=[Party.OWNERS_COMMITTEE])

        response = web(secretary).get(url(minutes))

    assert "Still without an answer: Owners&#x27; committee. From 10 Mar 2026 on" in response.text


def test_after_issue_the_page_leads_to_the_task_and_its_posting(web):
    minutes, there = held()
    confirm_all(minutes, there)
    secretary = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

    client = web(secretary)
    client.post(url(minutes, "issue/"))
    response = client.get(url(minutes))

    assignment = Assignment.objects.get()
    assert f"/assignments/{assignment.pk}/" in response.text
    assert f"/postings/{assignment.result_posting_id}/" in response.text
