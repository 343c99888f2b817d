"""Days, months and quarters are local (Asia/Shanghai); moments are the database's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Period:
    """From a local day up to and including another."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The moment at which it begins."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The moment at which it is over: what happens then lies outside."""
        return _midnight(self.last + timedelta(days=1))


def month_to(on: date) -> Period:
    """The month of that day, as far as it has gone."""
    return Period(on.replace(day=1), on)


def quarter_to(on: date) -> Period:
    """The quarter of that day, as far as it has gone."""
    return Period(quarter_start(on), on)


def days_to(on: date, days: int) -> Period:
    """So many days, the last of which is ``on``."""
    return Period(on - timedelta(days=days - 1), on)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def quarter_start(on: date) -> date:
    return date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)


def last_day_of_previous_quarter(on: date) -> date:
    return quarter_start(on) - timedelta(days=1)


def quarter_label(on: date) -> str:
    """The quarter of that day as addresses name it: 2026-Q4."""
    return f"{on.year}-Q{(on.month - 1) // 3 + 1}"


def quarter_in_short(on: date) -> str:
    """The quarter of that day as people read it, for a row of quarters."""
    return _("Q%(number)s %(year)s") % {"number": (on.month - 1) // 3 + 1, "year": on.year}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
