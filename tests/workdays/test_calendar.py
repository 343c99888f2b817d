"""The working calendar of the PRC against the State Council's notices, and the district's own corrections.

Notices of the General Office of the State Council on the arrangement of public holidays: 国办发明电〔2023〕7号 (2024),
国办发明电〔2024〕12号 (2025), 国办发明电〔2025〕7号 (2026).
"""

from datetime import date, timedelta

import pytest

from compounds.workdays import calendar
from compounds.workdays.models import DayOverride

# First and last day off of each feast.
FEASTS = [
    ("2024-01-01", "2024-01-01"),
    ("2024-02-10", "2024-02-17"),
    ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"),
    ("2024-06-10", "2024-06-10"),
    ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
# Saturdays and Sundays on which people work instead.
EXCHANGED = """
    2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
    2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
    2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
""".split()


def as_noticed(day: date) -> bool:
    off = any(first <= day.isoformat() <= last for first, last in FEASTS)
    return day.isoformat() in EXCHANGED or (day.weekday() < 5 and not off)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_is_as_the_state_council_says(year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366 if year == 2024 else 365)]

    differing = [day.isoformat() for day in days if calendar.works_nationally(day) != as_noticed(day)]

    assert differing == []


@pytest.mark.parametrize("day", EXCHANGED)
def test_an_exchanged_day_is_a_weekend_that_works(day):
    assert date.fromisoformat(day).weekday() >= 5
    assert calendar.works_nationally(date.fromisoformat(day))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),  # over a weekend
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday before Spring Festival works
        ("2026-02-13", 2, "2026-02-24"),  # then nine days off
        ("2026-02-13", 6, "2026-02-28"),  # and the Saturday after works
        ("2026-02-18", 1, "2026-02-24"),  # from within the feast
        ("2025-01-24", 3, "2025-02-05"),  # Sunday 26th, Monday 27th, then the feast
        ("2025-12-31", 1, "2026-01-04"),  # over New Year, to a Sunday that works
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_a_date_is_reached_by_counting_working_days(start, days, end):
    due = calendar.after(date.fromisoformat(start), days)

    assert due == calendar.DueDate(date.fromisoformat(end), provisional=False)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [1, 5, 20, 60])
def test_between_is_after_turned_round(days):
    start = date(2026, 1, 30)

    assert calendar.between(start, calendar.after(start, days).day) == days


@pytest.mark.django_db
def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert calendar.between(date(2026, 3, 5), date(2026, 3, 5)) == 0
    assert calendar.between(date(2026, 3, 5), date(2026, 3, 1)) == 0


class TestNotYetPublished:
    """The exchanges of 2040 will be known in the autumn of 2039."""

    def test_published_years_are_known_as_such(self):
        assert all(calendar.is_published(year) for year in range(2014, 2027))
        assert not calendar.is_published(2040)

    @pytest.mark.django_db
    def test_a_date_in_such_a_year_is_provisional(self):
        due = calendar.after(date(2040, 3, 1), 3)

        assert due == calendar.DueDate(date(2040, 3, 6), provisional=True)

    @pytest.mark.django_db
    def test_a_date_counted_through_the_turn_of_the_last_published_year_is_provisional(self):
        last = max(year for year in range(2026, 2040) if calendar.is_published(year))

        assert not calendar.after(date(last, 12, 1), 3).provisional
        assert calendar.after(date(last, 12, 29), 5).provisional

    @pytest.mark.django_db
    def test_days_that_the_district_has_fixed_make_it_certain(self):
        DayOverride.objects.create(day=date(2040, 3, 2), works=True, reason="已通知")

        assert calendar.after(date(2040, 3, 1), 1) == calendar.DueDate(date(2040, 3, 2), provisional=False)


@pytest.mark.django_db
class TestOverrides:
    def test_a_day_taken_off_here_does_not_count(self):
        DayOverride.objects.create(day=date(2026, 3, 3), works=False, reason="停电")

        assert calendar.after(date(2026, 3, 2), 1).day == date(2026, 3, 4)
        assert calendar.between(date(2026, 3, 2), date(2026, 3, 4)) == 1

    def test_a_weekend_worked_here_counts(self):
        DayOverride.objects.create(day=date(2026, 3, 7), works=True, reason="创文")

        assert calendar.after(date(2026, 3, 6), 1).day == date(2026, 3, 7)
        assert calendar.between(date(2026, 3, 6), date(2026, 3, 8)) == 1

    def test_an_exchanged_day_can_be_taken_off_here(self):
        DayOverride.objects.create(day=date(2026, 2, 28), works=False, reason="调整")

        assert calendar.after(date(2026, 2, 27), 1).day == date(2026, 3, 2)
