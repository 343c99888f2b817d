"""Activities that repeat: on which days, planned ahead once, moved ones stay moved, and a series can be stopped."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import AuditEntry
from notices.models import Reminder
from tests.consultation.days import at, look, on, words
from tests.volunteers.planning import leader, planned, venue, when
from volunteers import tasks
from volunteers.errors.activities import NoSeries
from volunteers.models import Activity, Repeat, Slot
from volunteers.services import activities, series

pytestmark = pytest.mark.usefixtures("north")


@pytest.fixture
def by(north):
    return leader()


def days_of(head):
    return [timezone.localdate(row.starts_at).isoformat() for row in head.followers.order_by("series_on")]


@pytest.mark.parametrize(
    ("repeat", "first", "until", "expected"),
    [
        (Repeat.WEEKLY, "2026-12-12", "2027-01-02", ["2026-12-19", "2026-12-26", "2027-01-02"]),
        # The second Saturday of each month.
        (Repeat.MONTHLY, "2026-12-12", "2027-03-31", ["2027-01-09", "2027-02-13", "2027-03-13"]),
        # A fifth Saturday is the month's last.
        (Repeat.MONTHLY, "2026-10-31", "2027-02-28", ["2026-11-28", "2026-12-26", "2027-01-30", "2027-02-27"]),
        (Repeat.BY_DATE, "2026-12-31", "2027-04-30", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        (Repeat.BY_DATE, "2027-12-29", "2028-02-29", ["2028-01-29", "2028-02-29"]),
        (Repeat.WEEKLY, "2026-12-12", "2026-12-18", []),
    ],
)
def test_the_days_of_a_series(repeat, first, until, expected):
    found = series.days(repeat, date.fromisoformat(first), date.fromisoformat(until))

    assert [day.isoformat() for day in found] == expected


def test_planning_a_series_plans_two_months_ahead_with_its_places(by):
    with on("2026-12-01"):
        head = planned("2026-12-12 09:00", repeat="monthly", places={"volunteers": 4, "residents": None}, by=by)

    row = head.followers.get()
    assert (row.starts_at, row.ends_at, row.sign_up_until) == (
        at("2027-01-09 09:00"),
        at("2027-01-09 11:00"),
        at("2027-01-09 09:00"),
    )
    assert sorted(row.slots.values_list("for_whom", "places")) == [("residents", None), ("volunteers", 4)]


def test_the_night_plans_each_once_and_leaves_moved_and_cancelled_ones(by):
    with on("2026-12-01"):
        head = planned("2026-12-05 09:00", repeat="weekly", repeat_until=date(2027, 2, 20), by=by)
        second, third = head.followers.order_by("series_on")[:2]
        activities.move(second, when("2026-12-13 14:00"), now=timezone.now(), by=by)
        activities.cancel(third, why="下雨", now=timezone.now(), by=by)
        before = head.followers.count()
    for night in ("2026-12-02", "2026-12-02", "2026-12-20", "2027-03-01"):
        tasks.plan_series("c_north", night)

    assert before == 8
    assert days_of(head)[:3] == ["2026-12-13", "2026-12-19", "2026-12-26"]
    assert days_of(head)[-1] == "2027-02-20"
    assert head.followers.count() == 11


def test_what_is_changed_in_the_latest_one_goes_on(by):
    with on("2026-12-01"):
        head = planned("2026-12-05 09:00", repeat="weekly", by=by)
        latest = head.followers.order_by("-series_on").first()
        activities.change(latest, {"title": "冬日义诊"}, by=by)
        Slot.objects.create(activity=latest, for_whom="residents", places=20)

    series.go_on(head, today=date(2026, 12, 10))

    new = head.followers.order_by("-series_on").first()
    assert (new.title, new.slots.get().places, timezone.localtime(new.starts_at).hour) == ("冬日义诊", 20, 9)


def test_where_the_venue_is_taken_it_has_no_place_yet_and_the_planner_is_told(by):
    with on("2026-12-01"):
        room = venue()
        planned("2026-12-12 10:00", venue=room, by=by)
        head = planned("2026-12-05 09:00", repeat="weekly", venue=room, by=by)

    without, after = head.followers.order_by("series_on")[:2]
    look("2026-12-02 10:00")
    assert (without.venue, without.where) == (None, "")
    assert after.venue == room
    assert words("activity_without_place") == [
        "“邻里义诊” on 12 Dec 2026, 09:00 has no place yet: the usual one is taken then."
    ]
    assert Reminder.objects.get(kind="activity_without_place").person == by


def test_a_stopped_series_plans_no_more_and_what_is_planned_stays(web, by):
    with on("2026-12-01"):
        head = planned("2026-12-05 09:00", repeat="weekly", by=by)
        there = head.followers.count()
        page = f"/activities/{head.followers.first().pk}/"

        assert "Stop the series" in web(by).get(page).text
        web(by).post(f"{page}series/stop/")
        assert "Stop the series" not in web(by).get(page).text
        with pytest.raises(NoSeries):
            series.stop(head, today=timezone.localdate(), by=by)
    series.go_on_with_all(date(2027, 3, 1))

    assert head.followers.count() == there
    assert AuditEntry.objects.filter(action="activity.stop_series", by=by).count() == 1


def test_a_series_written_down_late_plans_nothing_back(by):
    with on("2026-12-20"):
        head = planned("2026-12-05 09:00", repeat="weekly", by=by)

    assert days_of(head)[0] == "2026-12-26"
    assert not Activity.objects.filter(series_on__lt=date(2026, 12, 20)).exclude(pk=head.pk).exists()
    assert timedelta(days=60) < head.followers.last().starts_at - at("2026-12-20") < timedelta(days=63)
