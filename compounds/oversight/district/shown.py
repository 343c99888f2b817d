"""One figure as a page shows it: its value, what it was at the end of last quarter, and whether that is better."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from compounds.oversight import alarms
from compounds.oversight.figures import FIGURES, Figure, Good, Kind, Over, Value
from compounds.oversight.models import State

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Shown:
    """A figure's value now and before; either may be missing."""

    figure: Figure
    value: Value | None
    before: Value | None = None
    error: str = ""

    @property
    def text(self) -> str:
        return self.figure.text(self.value)

    @property
    def before_text(self) -> str:
        return self.figure.text(self.before)

    @property
    def is_small(self) -> bool:
        return self.value is not None and bool(self.value.whole) and self.figure.is_small(self.value)

    @property
    def number(self) -> float | None:
        return self.figure.number(self.value)

    @property
    def cases(self) -> str:
        """On how much it rests: ``61 of 1,284``, or the number of cases. Empty for a count."""
        if self.value is None or self.figure.kind == Kind.COUNT or not self.value.whole:
            return ""
        whole = number_format(self.value.whole, 0, force_grouping=True)
        if self.figure.kind == Kind.PERCENT:
            part = number_format(self.value.part, 0, force_grouping=True)
            return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
        return ngettext("%(count)s case", "%(count)s cases", self.value.whole) % {"count": whole}

    @cached_property
    def change(self) -> float | None:
        """By how much it has changed, as it would be read; None where there is nothing to compare.

        A month or a quarter that is not over yet has had less time to count in than the one before.
        """
        now, before = self.number, self.figure.number(self.before)
        unfair = self.figure.kind == Kind.COUNT and self.figure.over in {Over.MONTH, Over.QUARTER}
        if now is None or before is None or unfair:
            return None
        digits = 0 if self.figure.kind == Kind.COUNT else 1
        return round(round(now, digits) - round(before, digits), digits)

    @property
    def change_text(self) -> str:
        """The change with its sign: ``+1.3 points``."""
        if not self.change:
            return _("unchanged")
        sign = "+" if self.change > 0 else "−"
        size = abs(self.change)
        if self.figure.kind == Kind.PERCENT:
            return _("%(sign)s%(size)s points") % {"sign": sign, "size": number_format(size, 1)}
        return sign + number_format(size, 0 if self.figure.kind == Kind.COUNT else 1, force_grouping=True)

    @property
    def verdict(self) -> str:
        """``better``, ``worse`` or nothing: what the colour follows. Few cases, now or before, prove neither."""
        few = self.figure.is_small(self.value) or self.figure.is_small(self.before)
        if not self.change or self.figure.good == Good.NEITHER or few:
            return ""
        return "better" if (self.change > 0) == (self.figure.good == Good.UP) else "worse"

    @property
    def verdict_text(self) -> str:
        words = {"better": pgettext("change", "better"), "worse": pgettext("change", "worse")}
        return words.get(self.verdict, "")

    @property
    def level(self) -> State:
        """What the value calls for."""
        return alarms.level(self.figure, self.value)

    @property
    def in_words(self) -> str:
        """The figure's sentence with its share, if there is one to tell."""
        number = self.number
        if number is None or not self.figure.sentence:
            return ""
        return str(self.figure.sentence) % {"share": _share(number, self.text)}


@dataclass(frozen=True)
class Family:
    """Figures that are shown together."""

    key: str
    name: Any
    figures: list[Figure]


def families() -> list[Family]:
    """All figures by family, in the order in which they were registered; named by the first one's key."""
    found: dict[str, Family] = {}
    for figure in FIGURES.values():
        found.setdefault(str(figure.family), Family(figure.key, figure.family, [])).figures.append(figure)
    return list(found.values())


def headlines() -> list[Figure]:
    """The one that is told in words first."""
    return sorted((figure for figure in FIGURES.values() if figure.headline), key=lambda figure: not figure.sentence)


def reasons(keys: Iterable[str], values: dict[str, Value]) -> list[Shown]:
    """The figures behind a state, the gravest first; figures that are no longer registered are left out."""
    return [Shown(FIGURES[key], values.get(key)) for key in keys if key in FIGURES]


def named(reasons_of_each: Iterable[Iterable[Shown]]) -> list[Figure]:
    """The figures that several compounds' reasons name, each once."""
    keys = {one.figure.key for found in reasons_of_each for one in found}
    return [figure for key, figure in FIGURES.items() if key in keys]


def duration(seconds: float) -> str:
    """In the largest unit that gives at least two of it."""
    for size, words in ((86400, _("%(n)s days")), (3600, _("%(n)s h")), (60, _("%(n)s min"))):
        if seconds >= 2 * size:
            return words % {"n": number_format(round(seconds / size), 0, force_grouping=True)}
    return _("%(n)s s") % {"n": number_format(round(seconds), 0)}


def _share(percent: float, text: str) -> str:
    """A share within a sentence; in Chinese in tenths as people say it (九成五), never claimed too high."""
    tenths, rest = divmod(int(percent), 10)
    if not (get_language() or "").startswith("zh") or not tenths:
        return text
    if tenths == 10:
        return "全部"
    return f"{_DIGITS[tenths]}成{_DIGITS[rest] if rest else ''}"
