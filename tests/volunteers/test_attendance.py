"""Who came: by the code, on the list, from the sheet; then closed, which makes hours."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.registry.context import compound_context
from tests.committing import YARD, at_once
from tests.factories import ActivityFactory, PersonFactory, SlotFactory, TeamFactory, VolunteerFactory
from volunteers.errors.attendance import AttendanceClosed, AttendanceOpen, DoorShut, NoPlaceLeft, TooEarly
from volunteers.errors.hours import HoursInFuture, TooManyHours
from volunteers.errors.sign_up import ActivityCancelled
from volunteers.models import CameBy, ServiceRecord
from volunteers.selectors.attendance import roll_of
from volunteers.services import attendance, sign_up
from volunteers.services.sign_up import Who

BEGINS = timezone.now().replace(hour=6, minute=0, second=0, microsecond=0) - timedelta(days=1)
BEFORE, DURING, ENDS = BEGINS - timedelta(hours=3), BEGINS + timedelta(minutes=30), BEGINS + timedelta(hours=2)


@pytest.fixture
def by(north):
    return PersonFactory()


@pytest.fixture
def activity(north):
    return ActivityFactory(starts_at=BEGINS, team=TeamFactory())


@pytest.fixture
def slot(activity):
    return SlotFactory(activity=activity, for_whom="volunteers", places=2)


def take(slot, volunteer=None):
    volunteer = volunteer or VolunteerFactory(team=slot.activity.team)
    return sign_up.sign_up(slot, Who(volunteer=volunteer), now=BEFORE, by=None)


def test_people_are_ticked_from_half_an_hour_before(slot, by):
    row = take(slot)

    with pytest.raises(TooEarly):
        attendance.tick(row, how=CameBy.LIST, now=BEGINS - timedelta(minutes=31), by=by)
    row = attendance.tick(row, how=CameBy.LIST, now=BEGINS - timedelta(minutes=30), by=by)

    assert (row.came_by, row.came_noted_by) == ("list", by)


def test_the_code_works_until_the_end_the_list_beyond_it(slot, by):
    row, other = take(slot), take(slot)

    with pytest.raises(DoorShut):
        attendance.tick(row, how=CameBy.CODE, now=ENDS + timedelta(minutes=1), by=None)
    attendance.tick(other, how=CameBy.LIST, now=ENDS + timedelta(hours=3), by=by)

    assert roll_of(slot.activity).here == 1


def test_a_mistap_is_taken_back(slot, by):
    row = attendance.tick(take(slot), how=CameBy.LIST, now=DURING, by=by)

    row = attendance.untick(row, now=DURING, by=by)

    assert row.came_at is None


def test_a_code_lets_nobody_in_who_waits_but_somebody_at_the_door_does(slot, by):
    for _ in range(2):
        take(slot)
    waiting = take(slot)

    with pytest.raises(NoPlaceLeft):
        attendance.tick(waiting, how=CameBy.CODE, now=DURING, by=None)
    waiting = attendance.tick(waiting, how=CameBy.LIST, now=DURING, by=by)

    assert waiting.state == "placed"


def test_whoever_is_not_on_the_list_takes_a_free_place_by_the_code(slot):
    row = attendance.come_in(slot, Who(name="过路人"), how=CameBy.CODE, now=DURING, by=None)

    assert (row.state, row.came_by) == ("placed", "code")


def test_whoever_is_not_on_the_list_takes_no_place_that_is_not_there(slot, by):
    for _ in range(2):
        take(slot)

    with pytest.raises(NoPlaceLeft):
        attendance.come_in(slot, Who(name="过路人"), how=CameBy.CODE, now=DURING, by=None)
    attendance.come_in(slot, Who(name="过路人"), how=CameBy.LIST, now=DURING, by=by)

    assert slot.participations.placed().count() == 3


def test_whoever_is_on_the_list_after_all_is_ticked_there(slot, by):
    row = take(slot)

    came = attendance.come_in(slot, Who(volunteer=row.volunteer), how=CameBy.LIST, now=DURING, by=by)

    assert came == row
    assert slot.participations.count() == 1


def test_nobody_comes_to_what_is_cancelled(slot, by):
    row = take(slot)
    activity = slot.activity
    activity.state, activity.cancelled_at, activity.cancelled_by, activity.cancelled_why = (
        "cancelled",
        BEFORE,
        by,
        "下雨",
    )
    activity.save()

    with pytest.raises(ActivityCancelled):
        attendance.tick(row, how=CameBy.LIST, now=DURING, by=by)


def test_closing_makes_a_line_of_hours_for_each_volunteer_who_came(slot, by):
    came, stayed_away = take(slot), take(slot)
    attendance.tick(came, how=CameBy.LIST, now=DURING, by=by)

    lines = attendance.close(slot.activity, minutes={}, now=ENDS, by=by)

    [line] = lines
    assert (line.volunteer, line.minutes, line.team) == (came.volunteer, 120, slot.activity.team)
    assert line.served_on == timezone.localdate(BEGINS)
    assert line.approved_at is None
    assert not stayed_away.service_records.exists()


def test_a_slot_of_its_own_time_counts_that_long_and_the_taker_may_say_otherwise(activity, by):
    late = SlotFactory(
        activity=activity, for_whom="volunteers", starts_at=BEGINS + timedelta(hours=1), ends_at=ENDS, name="收尾"
    )
    rows = [attendance.tick(take(late), how=CameBy.LIST, now=DURING, by=by) for _ in range(2)]

    attendance.close(activity, minutes={rows[1].pk: 45}, now=ENDS, by=by)

    assert [row.service_records.get().minutes for row in rows] == [60, 45]


def test_residents_who_came_and_none_hours_make_no_line(activity, slot, by):
    guests = SlotFactory(activity=activity)
    attendance.come_in(guests, Who(volunteer=VolunteerFactory()), how=CameBy.LIST, now=DURING, by=by)
    attendance.come_in(slot, Who(name="生人"), how=CameBy.LIST, now=DURING, by=by)
    row = attendance.tick(take(slot), how=CameBy.LIST, now=DURING, by=by)

    lines = attendance.close(activity, minutes={row.pk: 0}, now=ENDS, by=by)

    assert lines == []


def test_of_whoever_took_consent_back_no_hours_are_written(slot, by):
    row = attendance.tick(take(slot), how=CameBy.LIST, now=DURING, by=by)
    row.volunteer.withdrawn_on = timezone.localdate()
    row.volunteer.save()

    assert attendance.close(slot.activity, minutes={}, now=ENDS, by=by) == []


def test_nobody_served_longer_than_from_half_an_hour_before_until_now(slot, by):
    row = attendance.tick(take(slot), how=CameBy.LIST, now=DURING, by=by)

    with pytest.raises(HoursInFuture):
        attendance.close(slot.activity, minutes={row.pk: 61}, now=DURING, by=by)
    [line] = attendance.close(slot.activity, minutes={}, now=DURING, by=by)

    assert line.minutes == 60


def test_too_many_hours_in_a_day_close_nothing(north, by):
    activity = ActivityFactory(starts_at=BEGINS, ends_at=BEGINS + timedelta(hours=15))
    other = ActivityFactory(starts_at=BEGINS, ends_at=BEGINS + timedelta(hours=15))
    volunteer = VolunteerFactory()
    for one in (activity, other):
        row = take(SlotFactory(activity=one, for_whom="volunteers"), volunteer)
        attendance.tick(row, how=CameBy.LIST, now=DURING, by=by)
    attendance.close(activity, minutes={}, now=BEGINS + timedelta(hours=15), by=by)

    with pytest.raises(TooManyHours):
        attendance.close(other, minutes={}, now=BEGINS + timedelta(hours=15), by=by)

    other.refresh_from_db()
    assert other.attendance_closed_at is None


def test_nothing_is_closed_before_it_begins_or_twice(slot, by):
    with pytest.raises(AttendanceOpen):
        attendance.close(slot.activity, minutes={}, now=BEGINS, by=by)
    attendance.close(slot.activity, minutes={}, now=ENDS, by=by)

    with pytest.raises(AttendanceClosed):
        attendance.close(slot.activity, minutes={}, now=ENDS, by=by)
    with pytest.raises(AttendanceClosed):
        attendance.come_in(slot, Who(name="迟到"), how=CameBy.LIST, now=ENDS, by=by)


def test_closing_costs_the_same_for_one_and_for_sixty(north, by, django_assert_max_num_queries):
    activity = ActivityFactory(starts_at=BEGINS)
    slot = SlotFactory(activity=activity, for_whom="volunteers", places=None)
    for _ in range(20):
        attendance.tick(take(slot, VolunteerFactory()), how=CameBy.LIST, now=DURING, by=by)

    with django_assert_max_num_queries(16):
        assert len(attendance.close(activity, minutes={}, now=ENDS, by=by)) == 20


def test_two_who_close_at_once_write_the_hours_once(committing):
    with compound_context(YARD):
        by = PersonFactory()
        slot = SlotFactory(activity=ActivityFactory(starts_at=BEGINS), for_whom="volunteers")
        attendance.tick(take(slot, VolunteerFactory()), how=CameBy.LIST, now=DURING, by=by)

    def work(_n):
        with compound_context(YARD):
            return attendance.close(slot.activity, minutes={}, now=ENDS, by=by)

    got = at_once(3, work)

    assert sum(isinstance(one, AttendanceClosed) for one in got) == 2
    with compound_context(YARD):
        assert ServiceRecord.objects.count() == 1
