"""Quarters of the year, as the scoring counts them: local days (domain: Ratings and figures)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.translation import gettext as _

from compounds.oversight import periods
from compounds.oversight.periods import Period
from compounds.workdays import calendar


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter; ``str()`` is how addresses and rows name it: 2026-Q4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def before(cls, day: date) -> Self:
        """The last quarter that was over before that day."""
        return cls.of(periods.last_day_of_previous_quarter(day))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1) - timedelta(days=1)

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def in_words(self) -> str:
        """As people say it."""
        return _("quarter %(number)s of %(year)s") % {"number": self.number, "year": self.year}

    @property
    def in_short(self) -> str:
        """For a row of quarters."""
        return periods.quarter_in_short(self.first)

    def opens_on(self) -> date:
        """The first working day after it: then its scoring begins (domain: Quarterly scoring)."""
        return calendar.after(self.last, 1).day
