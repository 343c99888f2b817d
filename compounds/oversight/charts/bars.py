"""Bar charts, as wide as a telephone's card: each bar lies below its words, so that no label is ever cut off.

A bar is of one piece or of several end to end. The first piece is filled, the second hatched, the third only outlined;
of two bars below one label the first is filled and the second pale.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 320
_THICK, _BETWEEN, _ABOVE, _BELOW = 12, 3, 24, 10
_HEADING, _KEY = 34, 24

type Bar = tuple[float, ...]


@dataclass(frozen=True)
class Row:
    """One label with the figure that is read beside it, and its bars below each other.

    ``cells``: what stands in the table behind, where the figure alone is not all. ``faint``: too few cases to compare.
    """

    label: Any
    figure: str
    bars: tuple[Bar, ...]
    cells: tuple[str, ...] = ()
    faint: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        return self.cells or (self.figure,)

    @property
    def height(self) -> int:
        return _ABOVE + len(self.bars) * (_THICK + _BETWEEN) - _BETWEEN + _BELOW


@dataclass(frozen=True)
class Group:
    """Rows that are compared with each other: lengths go up to ``top``, or to the longest of them."""

    rows: tuple[Row, ...]
    heading: Any = ""
    top: float | None = None

    def length(self, value: float) -> float:
        return round(value / self._longest * WIDTH, 1)

    @property
    def _longest(self) -> float:
        longest = max((sum(bar) for row in self.rows for bar in row.bars), default=0)
        return max(self.top or 0, longest) or 1


@dataclass(frozen=True)
class Chart:
    """Groups below each other. ``key``: what each piece of a bar, or each bar of a row, stands for.

    ``name`` tells its hatching apart from other charts' on the page.
    """

    groups: tuple[Group, ...]
    name: str = "bars"
    key: tuple[Any, ...] = ()
    head: tuple[Any, ...] = field(default=())

    @property
    def svg(self) -> SafeString:
        return _Drawing(self).whole()


class _Drawing:
    """The pieces of one chart, from its top down."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.y = 0

    def whole(self) -> SafeString:
        parts = _joined([*self.key(), *(self.group(group) for group in self.chart.groups)])
        return format_html(
            '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}{}</svg>',
            *(WIDTH, self.y, self.hatching(), parts),
        )

    def hatching(self) -> SafeString:
        if not any(len(bar) > 1 for group in self.chart.groups for row in group.rows for bar in row.bars):
            return SafeString("")
        return format_html(
            '<pattern id="hatch-{}" patternUnits="userSpaceOnUse" width="5" height="5" patternTransform="rotate(45)">'
            '<rect class="p1" width="5" height="5"/><rect class="p1-line" width="2" height="5"/></pattern>',
            self.chart.name,
        )

    def key(self) -> Iterator[SafeString]:
        in_pieces = any(len(bar) > 1 for group in self.chart.groups for row in group.rows for bar in row.bars)
        for number, words in enumerate(self.chart.key):
            kind = f"p{number}" if in_pieces else f"b{number}"
            yield format_html(
                '{}<text x="22" y="{}">{}</text>', self.rect(kind, x=0, width=14, y=self.y + 3), self.y + 14, words
            )
            self.y += _KEY
        self.y += _BETWEEN if self.chart.key else 0

    def group(self, group: Group) -> SafeString:
        parts = []
        if group.heading:
            parts.append(format_html('<text class="head" x="0" y="{}">{}</text>', self.y + 22, group.heading))
            self.y += _HEADING
        for row in group.rows:
            parts += [
                format_html(
                    '<text x="0" y="{}">{}</text><text class="figure" x="{}" y="{}">{}</text>',
                    *(self.y + 16, row.label, WIDTH, self.y + 16, row.figure),
                ),
                *self.bars(row, group),
            ]
            self.y += row.height
        return _joined(parts)

    def bars(self, row: Row, group: Group) -> Iterator[SafeString]:
        alone = len(row.bars) == 1
        for number, bar in enumerate(row.bars):
            y = self.y + _ABOVE + number * (_THICK + _BETWEEN)
            if alone:
                yield self.rect("track", x=0, width=WIDTH, y=y)
            if len(bar) > 1:
                yield from self.pieces(bar, group, y)
            else:
                yield self.rect("faint" if row.faint else f"b{number}", x=0, width=group.length(bar[0]), y=y)

    def pieces(self, bar: Sequence[float], group: Group, y: int) -> Iterable[SafeString]:
        x = 0.0
        for number, value in enumerate(bar):
            width = group.length(value)
            if width:
                yield self.rect(f"p{number}", x=round(x, 1), width=width, y=y)
            x += width

    def rect(self, kind: str, *, x: float, width: float, y: int) -> SafeString:
        if kind == "p1":
            fill = format_html(' fill="url(#hatch-{})"', self.chart.name)
            kind = "hatched"
        else:
            fill = SafeString("")
        shape = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>'
        return format_html(shape, kind, x, y, width, _THICK, fill)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
