"""Working days of the People's Republic of China, with exchanged weekends, and the district's corrections.

The State Council publishes each year's exchanged days late in the year before; until then a date in that year is
*provisional*: weekends and the fixed feasts are known, the exchanges are not. Source of the arrangement: the package
``holidays``, whose published years are read off it rather than assumed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from holidays import country_holidays

from compounds.workdays.models import DayOverride

_SATURDAY = 5


@dataclass(frozen=True)
class DueDate:
    """A date reached by counting working days. ``provisional``: it may move once its year's exchanges are published."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The calendar with the district's corrections read once: for those who count for many rows."""

    overrides: dict[date, bool]

    def after(self, start: date, working_days: int) -> DueDate:
        """The date that many working days after ``start``, which itself does not count."""
        day, left, provisional = start, working_days, False
        while left > 0:
            day += timedelta(days=1)
            if day not in self.overrides:
                provisional = provisional or not is_published(day.year)
            left -= self.works(day)
        return DueDate(day, provisional)

    def before(self, end: date, working_days: int) -> date:
        """The date that many working days before ``end``, which itself does not count."""
        day, left = end, working_days
        while left > 0:
            day -= timedelta(days=1)
            left -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
        return sum(self.works(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def works(self, day: date) -> bool:
        """Whether people work on that date here."""
        return self.overrides.get(day, works_nationally(day))


def read() -> Calendar:
    """The calendar as it is now. One query."""
    return Calendar(dict(DayOverride.objects.values_list("day", "works")))


def as_column() -> ArraySubquery:
    """The district's corrections, as a column of whatever else is read; ``of_column`` makes of it the calendar."""
    return ArraySubquery(DayOverride.objects.values(told=JSONObject(day="day", works="works")))


def of_column(told: list[dict[str, Any]]) -> Calendar:
    """The same as ``read``, from what was read along."""
    return Calendar({date.fromisoformat(row["day"]): row["works"] for row in told})


def after(start: date, working_days: int) -> DueDate:
    """The date that many working days after ``start``, which itself does not count."""
    return Calendar(dict(DayOverride.objects.filter(day__gt=start).values_list("day", "works"))).after(
        start, working_days
    )


def between(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
    overrides = DayOverride.objects.filter(day__gt=start, day__lte=end).values_list("day", "works")
    return Calendar(dict(overrides)).between(start, end)


def works_nationally(day: date) -> bool:
    """Whether the national arrangement, as far as published, has people work on that date."""
    calendar = _year(day.year)
    if day in calendar.weekend_workdays:
        return True
    return day.weekday() < _SATURDAY and day not in calendar


def is_published(year: int) -> bool:
    """Whether the exchanged days of that year are known: every published year since 2014 has some."""
    return any(day.year == year for day in _year(year).weekend_workdays)


@cache
def _year(year: int) -> Any:
    return country_holidays("CN", years=year, expand=False)
