"""Limits that the district sets for all its compounds, and that a compound may set otherwise for itself.

An app names each of its limits with what holds when nobody has set anything: ``register(Limit("visit_days", …))``. The
district's row takes the place of that, a compound's own value the place of both.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from enum import Enum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.utils.translation import ngettext

from compounds.workdays.models import DistrictLimit


class Unit(Enum):
    """In what a limit is counted; times of the day are kept in minutes after midnight."""

    WORKING_DAYS = "working_days"
    HOURS = "hours"
    TIME = "time"


@dataclass(frozen=True)
class Limit:
    """One limit: what it is called, what holds unless somebody sets it, and between what it may be set."""

    key: str
    title: Any
    unit: Unit
    default: int
    highest: int
    # Under what it stands on the page where it is set.
    group: Any
    lowest: int = 1
    help: Any = ""

    def said(self, value: int) -> str:
        """A value of it, as people read it."""
        match self.unit:
            case Unit.WORKING_DAYS:
                return ngettext("%(n)s working day", "%(n)s working days", value) % {"n": value}
            case Unit.HOURS:
                return ngettext("%(n)s hour", "%(n)s hours", value) % {"n": value}
            case _:
                return f"{clock(value):%H:%M}"


_limits: dict[str, Limit] = {}


def register(limit: Limit) -> None:
    """Add a limit. Raises ValueError when the key is taken."""
    if limit.key in _limits:
        raise ValueError(f"{limit.key} is a limit already")
    _limits[limit.key] = limit


def known() -> Iterator[Limit]:
    """Every limit, in the order in which they were added."""
    yield from _limits.values()


def look_up(key: str) -> Limit | None:
    return _limits.get(key)


def of_district() -> dict[str, int]:
    """What holds in a compound that has set nothing itself. One query."""
    return _with_defaults(DistrictLimit.objects.filter(key__in=list(_limits)).values_list("key", "value"))


def as_column() -> ArraySubquery:
    """What the district has set, as a column of whatever else is read; ``of_column`` makes of it what holds."""
    rows = DistrictLimit.objects.filter(key__in=list(_limits))
    return ArraySubquery(rows.values(told=JSONObject(key="key", value="value")))


def of_column(told: list[dict[str, Any]]) -> dict[str, int]:
    """The same as ``of_district``, from what was read along."""
    return _with_defaults((row["key"], row["value"]) for row in told)


def _with_defaults(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {limit.key: limit.default for limit in _limits.values()} | dict(rows)


def clock(minutes: int) -> time:
    """The time of the day that many minutes after midnight."""
    return time(minutes // 60, minutes % 60)


def minutes(at: time) -> int:
    """How many minutes after midnight that is."""
    return at.hour * 60 + at.minute
