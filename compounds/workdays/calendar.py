"""Working days of the People's Republic of China, with exchanged weekends, and the district's corrections.

The State Council publishes each year's exchanged days late in the year before; until then a date in that year is
*provisional*: weekends and the fixed feasts are known, the exchanges are not. Source of the arrangement: the package
``holidays``, whose published years are read off it rather than assumed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from holidays import country_holidays

from compounds.workdays.models import DayOverride

_SATURDAY = 5


@dataclass(frozen=True)
class DueDate:
    """A date reached by counting working days. ``provisional``: it may move once its year's exchanges are published."""

    day: date
    provisional: bool


def after(start: date, working_days: int) -> DueDate:
    """The date that many working days after ``start``, which itself does not count."""
    overrides = dict(DayOverride.objects.filter(day__gt=start).values_list("day", "works"))
    day, left, provisional = start, working_days, False
    while left > 0:
        day += timedelta(days=1)
        if day not in overrides:
            provisional = provisional or not is_published(day.year)
        left -= overrides.get(day, works_nationally(day))
    return DueDate(day, provisional)


def between(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
    overrides = dict(DayOverride.objects.filter(day__gt=start, day__lte=end).values_list("day", "works"))
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(overrides.get(day, works_nationally(day)) for day in days)


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
