"""A chart out of typed lines: ``刷单返利 34.62%`` is a bar, a line without a figure is a heading.

Drawn as bars from nought to the largest figure below the same heading, so that lengths can be compared.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

MOST_BARS = 12
LONGEST_LABEL = 40
_LINE = re.compile(r"(?P<label>.*\S)[\s:：]+(?P<figure>\d{1,9}(?:\.\d{1,4})?)\s*(?P<unit>[%％]|[^\d\s]{0,6})")
# In the drawing's own units: as wide as a telephone's card.
WIDTH = 320
_BAR, _HEADING = 46, 34


class Unreadable(ValueError):
    """The lines make no chart; the message says why, for the one who typed them."""


@dataclass(frozen=True)
class Bar:
    """One label with its figure as it was typed, where it stands and how long it is."""

    label: str
    figure: str
    length: float
    y: int

    @property
    def below(self) -> int:
        return self.y + 8


@dataclass(frozen=True)
class Group:
    """Bars that are compared with each other, below a heading or none."""

    heading: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Chart:
    groups: list[Group]
    height: int

    @property
    def width(self) -> int:
        return WIDTH


def read(text: str) -> Chart | None:
    """The chart of these lines; None where there are none. Raises Unreadable."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    groups: list[tuple[str, list[tuple[str, str, Decimal]]]] = []
    for line in lines:
        found = _LINE.fullmatch(line)
        if not found:
            groups.append((_label(line), []))
            continue
        if not groups:
            groups.append(("", []))
        figure = f"{found['figure']}{found['unit']}"
        groups[-1][1].append((_label(found["label"]), figure, Decimal(found["figure"])))
    if not all(bars for _heading, bars in groups):
        raise Unreadable(_("Each line needs a figure at its end, and each heading a line below it."))
    if sum(len(bars) for _heading, bars in groups) > MOST_BARS:
        raise Unreadable(_("At most %(count)s bars can still be read.") % {"count": MOST_BARS})
    return _laid_out(groups)


def _label(text: str) -> str:
    if len(text) > LONGEST_LABEL:
        raise Unreadable(_("“%(text)s…” is too long for a chart.") % {"text": text[:12]})
    return text


def _laid_out(groups: list[tuple[str, list[tuple[str, str, Decimal]]]]) -> Chart:
    y, made = 0, []
    for heading, bars in groups:
        top = y + 22
        y += _HEADING if heading else 0
        most = max(figure for _label, _text, figure in bars) or Decimal(1)
        rows = []
        for label, text, figure in bars:
            rows.append(Bar(label, text, round(float(figure / most) * WIDTH, 1), y + 16))
            y += _BAR
        made.append(Group(heading, top, rows))
    return Chart(made, y)
