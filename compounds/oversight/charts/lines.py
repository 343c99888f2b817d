"""Line charts: one figure or several, day by day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from compounds.kernel.words import facts_in_line
from compounds.oversight import periods
from compounds.oversight.figures import Figure, Over, Value

_WIDTH, _HEIGHT = 440, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 12, 26
_STEPS = 4

type Days = list[tuple[date, dict[str, Value | None]]]
# Points that are joined; between two runs the line is broken.
type Run = list[tuple[date, float]]


@dataclass(frozen=True)
class Line:
    """One figure day by day."""

    figure: Figure
    runs: list[Run]

    @property
    def newest(self) -> tuple[date, float] | None:
        return self.runs[-1][-1] if self.runs else None


@dataclass(frozen=True)
class Chart:
    """One figure or several of one kind, from a day to another; ``days`` are those of the table behind it."""

    title: Any
    lines: list[Line]
    since: date
    by: date
    table: Days

    @property
    def is_empty(self) -> bool:
        return not any(line.runs for line in self.lines)

    @property
    def breaks(self) -> bool:
        """Whether the lines begin anew with each quarter."""
        return any(line.figure.over == Over.QUARTER for line in self.lines)

    @property
    def unit(self) -> Any:
        return self.lines[0].figure.unit

    @property
    def leaves_out(self) -> int:
        """Days with fewer cases are not drawn; 0 for counts."""
        return max(line.figure.fewest_cases if line.figure.unit else 0 for line in self.lines)

    @property
    def head(self) -> list[str]:
        return [str(line.figure.name) for line in self.lines]

    @property
    def rows(self) -> Iterator[tuple[date, list[str]]]:
        for day, values in self.table:
            yield day, [line.figure.text(values.get(line.figure.key)) for line in self.lines]

    @property
    def said(self) -> str:
        """What it shows, in a sentence, for those who do not see it."""
        ends = []
        for line in self.lines:
            if line.runs and line.newest:
                first, last = line.runs[0][0], line.newest
                ends.append(
                    _("%(name)s: from %(first)s on %(since)s to %(last)s on %(by)s")
                    % {
                        "name": line.figure.name,
                        "first": line.figure.text_of(first[1]),
                        "since": date_format(first[0]),
                        "last": line.figure.text_of(last[1]),
                        "by": date_format(last[0]),
                    }
                )
        return facts_in_line(ends)

    @property
    def svg(self) -> SafeString:
        return _Drawing(self).whole()


def draw(title: Any, figures: list[Figure], days: Days, *, since: date, by: date) -> Chart:
    """A chart of some figures of the same unit, from ``day_by_day``."""
    lines = [Line(figure, list(_runs(figure, days))) for figure in figures]
    return Chart(title, lines, since, by, _ends_of_months(days))


def _runs(figure: Figure, days: Days) -> Iterator[Run]:
    """What tells of a quarter begins anew with it, so lines do not lead across; small samples are left out."""
    run: Run = []
    quarter = ""
    for day, values in days:
        label = periods.quarter_label(day) if figure.over == Over.QUARTER else ""
        if label != quarter and run:
            yield run
            run = []
        quarter = label
        value = values.get(figure.key)
        number = figure.number(value)
        if number is not None and not figure.is_small(value):
            run.append((day, number))
    if run:
        yield run


def _ends_of_months(days: Days) -> Days:
    """The last counted day of each month."""
    newest = {(day.year, day.month): (day, values) for day, values in days}
    return list(newest.values())


def top_of(numbers: Iterable[float], *, percent: bool) -> float:
    """A round number at or above all, for the upper end of the scale."""
    if percent:
        return 100
    highest = max(numbers, default=0)
    if highest <= _STEPS:
        return _STEPS
    unit = 10 ** floor(log10(highest / _STEPS))
    step = next(unit * size for size in (1, 2, 2.5, 5, 10) if unit * size * _STEPS >= highest)
    return ceil(step * _STEPS)


class _Drawing:
    """The pieces of one chart."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.span = max(1, (chart.by - chart.since).days)
        numbers = [number for line in chart.lines for run in line.runs for _day, number in run]
        figure = chart.lines[0].figure
        self.top = 5 if figure.kind == "mean" else top_of(numbers, percent=figure.kind == "percent")

    def whole(self) -> SafeString:
        chart = self.chart
        lines = format_html_join("", "{}", ((self.line(line, number),) for number, line in enumerate(chart.lines)))
        return format_html(
            '<svg class="chart" viewBox="0 0 {} {}" role="img"><title>{}</title><desc>{}</desc>{}{}{}</svg>',
            *(_WIDTH, _HEIGHT, chart.title, chart.said, self.scale(), self.months(), lines),
        )

    def x(self, day: date) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * (day - self.chart.since).days / self.span, 1)

    def y(self, number: float) -> float:
        return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * number / self.top, 1)

    def scale(self) -> SafeString:
        marks = [self.top * step / _STEPS for step in range(_STEPS + 1)]
        if self.chart.lines[0].figure.kind == "mean":
            marks = [1, 2, 3, 4, 5]
        return format_html_join(
            "",
            '<line class="rule" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
            (
                (_LEFT, _WIDTH - _RIGHT, self.y(mark), self.y(mark), _LEFT - 6, self.y(mark) + 4, _mark(mark))
                for mark in marks
            ),
        )

    def months(self) -> SafeString:
        """Every second month by name, every one by a tick."""
        firsts = list(_firsts_of_months(self.chart.since, self.chart.by))
        low = _HEIGHT - _BOTTOM
        ticks = format_html_join(
            "",
            '<line class="tick" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            ((self.x(day), self.x(day), low, low + 4) for day in firsts),
        )
        every = 2 if len(firsts) > 6 else 1
        names = format_html_join(
            "",
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            ((self.x(day), low + 18, date_format(day, "M")) for day in firsts[::every]),
        )
        return ticks + names

    def line(self, line: Line, number: int) -> SafeString:
        """Its runs, and a dot at the newest day."""
        runs = format_html_join(
            "",
            '<polyline class="line line-{}" points="{}"/>',
            ((number, " ".join(f"{self.x(day)},{self.y(value)}" for day, value in run)) for run in line.runs),
        )
        singles = [run[0] for run in line.runs if len(run) == 1]
        if line.newest:
            singles.append(line.newest)
        dots = format_html_join(
            "",
            '<circle class="dot dot-{}" cx="{}" cy="{}" r="3.5"/>',
            ((number, self.x(day), self.y(value)) for day, value in singles),
        )
        return runs + dots


def _firsts_of_months(since: date, by: date) -> Iterator[date]:
    day = (since.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= by:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def _mark(number: float) -> str:
    return number_format(number, 0 if number == int(number) else 1, force_grouping=True)
