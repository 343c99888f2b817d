"""Who is told of an activity: the day before, when it is moved or cancelled, and when nobody says how it was."""

import pytest

from compounds.organisation.models import PostKind
from notices.models import Reminder
from tests.consultation.days import at, look, on, told, words
from tests.factories import PersonFactory
from tests.volunteers.planning import leader, places, planned, volunteer, when, with_place
from volunteers.services import activities, summing_up


@pytest.fixture
def by(north):
    return leader(name="队长")


@pytest.fixture
def row(by):
    """Saturday's clinic: one has a place, one waits, one signed off."""
    with on("2026-12-01"):
        made = planned("2026-12-12 09:00", places=places(count=1), by=by)
        with_place(made, volunteer=volunteer(PersonFactory(name="有名额", posts=[PostKind.PARTY_MEMBER])))
        with_place(made, person=PersonFactory(name="候补", posts=[PostKind.RESIDENTS_REP]), state="waiting")
        gone = PersonFactory(name="退了", posts=[PostKind.RESIDENTS_REP])
        with_place(made, person=gone, state="cancelled", cancelled_at=at("2026-12-01"))
        with_place(made, name="李姨", phone="13833334444", consented_at=at("2026-12-01"))
    return made


def test_those_with_a_place_are_told_the_day_before_once(row):
    for moment in ("2026-12-10 12:00", "2026-12-11 00:10", "2026-12-11 12:00", "2026-12-12 00:10"):
        look(moment)

    assert told("activity_tomorrow") == [("有名额", "activity_tomorrow")]
    assert words("activity_tomorrow") == ["You have a place: “邻里义诊”, 12 Dec 2026, 09:00, 3栋前."]
    assert Reminder.objects.get(kind="activity_tomorrow").out_at == at("2026-12-11 07:30")


def test_of_a_moved_one_all_who_signed_up_hear_at_once_and_again_before_its_new_day(row, by):
    look("2026-12-11 00:10")
    with on("2026-12-11 10:00"):
        activities.move(row, when("2026-12-13 14:00", place="服务站门口"), now=at("2026-12-11 10:00"), by=by)
    look("2026-12-11 10:01")
    look("2026-12-12 00:10")
    look("2026-12-12 12:00")

    assert sorted(told("activity_moved")) == [("候补", "activity_moved"), ("有名额", "activity_moved")]
    assert words("activity_moved")[0] == (
        "“邻里义诊” was moved: 13 Dec 2026, 14:00, 服务站门口. You keep what you have."
    )
    assert [row.urgent for row in Reminder.objects.filter(kind="activity_moved")] == [True, True]
    assert len(told("activity_tomorrow")) == 2


def test_of_a_cancelled_one_all_who_signed_up_hear_why_and_nothing_more(row, by):
    with on("2026-12-03 10:00"):
        activities.cancel(row, why="医院临时有事", now=at("2026-12-03 10:00"), by=by)
    for moment in ("2026-12-03 10:01", "2026-12-11 00:10", "2026-12-13 12:00"):
        look(moment)

    assert sorted({name for name, _kind in told()} - {"队长"}) == ["候补", "有名额"]
    assert words("activity_cancelled")[0] == "“邻里义诊” on 12 Dec 2026, 09:00 is cancelled: 医院临时有事"
    assert not Reminder.objects.filter(kind="activity_cancelled", urgent=True).exists()
    assert told("activity_tomorrow") == []


def test_whoever_planned_it_is_asked_how_it_was_until_it_is_said(row, by):
    for moment in ("2026-12-12 12:00", "2026-12-13 12:00", "2026-12-14 12:00"):
        look(moment)
    assert told("activity_to_sum_up") == [("队长", "activity_to_sum_up")]

    with on("2026-12-15"):
        summing_up.sum_up(row, people_served=3, elderly_served=None, summary="", now=at("2026-12-15"), by=by)
    look("2026-12-21 12:00")

    assert len(told("activity_to_sum_up")) == 1
