"""The figures that the district sees: registered by the apps that count them, each with the one definition it has.

A figure is stored as ``[part, whole]``, so that those of several compounds can be put together: parts and wholes are
added up, and a share of the sums is the share of all. A median cannot be put together; of several compounds the middle
one's is shown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a figure is made of, and so how it is put together and shown."""

    COUNT = "count", _("count")
    PERCENT = "percent", _("percent")
    MEAN = "mean", _("mean")
    MEDIAN = "median", _("median")


class Good(TextChoices):
    """In which direction a figure is better."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")
    NEITHER = "neither", _("neither more nor less is better")


class Over(TextChoices):
    """The time that a figure tells of."""

    NOW = "now", _("now")
    DAYS_30 = "days_30", _("last 30 days")
    MONTH = "month", _("this month")
    QUARTER = "quarter", _("this quarter")


@dataclass(frozen=True)
class Value:
    """A count (``whole`` None), a share or a mean (part of whole), or a median (``part``) of ``whole`` cases."""

    part: float
    whole: int | None = None


@dataclass(frozen=True)
class Alarm:
    """From which value on a figure calls for a look (``watch``) or for somebody to act (``act``).

    Values are compared in the bad direction of the figure; a share of fewer than its fewest cases raises none.
    ``first``: it outranks every other alarm.
    """

    watch: float
    act: float
    first: bool = False


@dataclass(frozen=True)
class Figure:
    """One figure. Texts are lazy; ``definition`` says what is counted, so that anybody can count it again."""

    key: str
    name: Any
    definition: Any
    kind: Kind
    good: Good
    over: Over
    unit: Any = ""
    # Fewer cases make a share or a mean too small a sample to rank by.
    fewest_cases: int = 5
    alarm: Alarm | None = None
    # Figures of one family are shown together, in the order in which they were registered.
    family: Any = ""
    # Shown at the head of the district's overview; where there is a ``sentence`` (with ``%(share)s``), in words first.
    headline: bool = False
    sentence: Any = ""
    # The title of the chart that draws it day by day; figures of one title share a chart.
    chart: Any = ""

    def number(self, value: Value | None) -> float | None:
        """The value as one number in the figure's unit; None where there is nothing to take a share of."""
        if value is None:
            return None
        if self.kind == Kind.COUNT:
            return value.part
        if not value.whole:
            return None
        return {Kind.PERCENT: 100 * value.part / value.whole, Kind.MEAN: value.part / value.whole}.get(
            self.kind, value.part
        )

    def is_small(self, value: Value | None) -> bool:
        """Whether it rests on too few cases to be compared."""
        return self.kind != Kind.COUNT and (value is None or (value.whole or 0) < self.fewest_cases)

    def text(self, value: Value | None) -> str:
        """The value with its unit, as people read it; a dash where there is none."""
        number = self.number(value)
        return "–" if number is None else self.text_of(number)

    def text_of(self, number: float) -> str:
        # Rounded first: number_format cuts off.
        digits = 0 if self.kind == Kind.COUNT else 1
        shown = number_format(round(number, digits), digits, force_grouping=True)
        return f"{shown} {self.unit}".strip()

    def together(self, values: Iterable[Value | None]) -> Value | None:
        """The figure of several compounds at once, from theirs."""
        known = [value for value in values if value is not None]
        if not known:
            return None
        if self.kind == Kind.COUNT:
            return Value(sum(value.part for value in known))
        if self.kind != Kind.MEDIAN:
            return Value(sum(value.part for value in known), sum(value.whole or 0 for value in known))
        cases = [value for value in known if value.whole]
        return Value(median(v.part for v in cases), sum(v.whole or 0 for v in cases)) if cases else None


type Counting = Callable[[date], Mapping[str, Value]]


@dataclass(frozen=True)
class Source:
    """One function that counts some figures inside a compound, for one local day."""

    figures: tuple[Figure, ...]
    count: Counting


FIGURES: dict[str, Figure] = {}
SOURCES: list[Source] = []


def register(*figures: Figure, count: Counting) -> None:
    """Add figures that ``count(on)`` counts inside a compound, each by its key. Raises ValueError when one is there."""
    for figure in figures:
        if figure.key in FIGURES:
            raise ValueError(f"the figure {figure.key} is registered already")
        FIGURES[figure.key] = figure
    SOURCES.append(Source(figures, count))


def stored(values: Mapping[str, Value]) -> dict[str, list[float | None]]:
    """As a row of the database keeps them."""
    return {key: [value.part, value.whole] for key, value in values.items()}


def restored(values: Mapping[str, list[Any]]) -> dict[str, Value]:
    """What ``stored`` made; figures that are no longer registered are left out."""
    return {key: Value(*pair) for key, pair in values.items() if key in FIGURES}
