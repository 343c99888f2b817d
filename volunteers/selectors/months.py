"""Something every month (月月有活动): the twelve months of a year at a glance, and those that are missing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from volunteers.models import Activity


@dataclass(frozen=True)
class Month:
    """One month: how many activities take or took place in it."""

    first: date
    count: int
    # Past, going on now, or still to come.
    state: str

    @property
    def missing(self) -> bool:
        """Gone, or under way, without any activity."""
        return not self.count and self.state != "ahead"


def of_year(year: int, today: date) -> list[Month]:
    """Its twelve months; planned activities count, cancelled ones do not. One query."""
    rows = Activity.objects.taking_place().on_days(date(year, 1, 1), date(year, 12, 31))
    monthly = rows.order_by().annotate(month=TruncMonth("starts_at")).values_list("month").annotate(Count("pk"))
    counts = {timezone.localtime(month).month: count for month, count in monthly}
    return [Month(first, counts.get(first.month, 0), _state(first, today)) for first in _firsts(year)]


def begun(months: list[Month]) -> list[Month]:
    """Those that are over or under way."""
    return [month for month in months if month.state != "ahead"]


def years(today: date) -> list[int]:
    """From the first activity's year to the one of the last, this one included, newest first."""
    ends = [
        Activity.objects.order_by(by).values_list("starts_at", flat=True).first() for by in ("starts_at", "-starts_at")
    ]
    known = [timezone.localdate(end).year for end in ends if end]
    return list(range(max([*known, today.year]), min([*known, today.year]) - 1, -1))


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def month_before(first: date) -> date:
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def _firsts(year: int) -> list[date]:
    return [date(year, number, 1) for number in range(1, 13)]


def _state(first: date, today: date) -> str:
    this = today.replace(day=1)
    return "now" if first == this else "past" if first < this else "ahead"
