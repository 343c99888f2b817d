"""The first page: how the district stands in a sentence, headline figures, the worst ten, each compound as a cell."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from compounds.oversight import lag, periods
from compounds.oversight.district import counted, grid
from compounds.oversight.district.counted import Counted
from compounds.oversight.district.scope import compounds_seen
from compounds.oversight.district.shown import Shown, duration, headlines, named, reasons
from compounds.oversight.models import CompoundFigures, State
from compounds.partners.hooks import attention
from compounds.registry.models import CompoundState

_WORST = 10
_PLACE = ("community__name", "community__street__name", "community__district__name")


class Seen(NamedTuple):
    """One compound of the scope, and how it stood when it was last counted."""

    pk: int
    slug: str
    name: str
    community: str
    street: str
    district: str
    counted: Counted | None

    @property
    def state(self) -> State | None:
        return self.counted.state if self.counted else None


@dataclass(frozen=True)
class Pressing:
    """One compound that needs attention, and the figures that say so."""

    compound: Seen
    reasons: list[Shown]


@dataclass(frozen=True)
class Totals:
    """The headline figures of all compounds, now and at the end of last quarter, when ``then`` were counted."""

    shown: list[Shown]
    now: int
    then: int
    then_on: date

    @property
    def first(self) -> Shown | None:
        """The one that is told in words."""
        return next((one for one in self.shown if one.in_words), None)


def context(request: HttpRequest) -> dict[str, Any]:
    """What the page shows; the same number of queries for any number of compounds."""
    now = timezone.now()
    today = timezone.localdate(now)
    rows = compounds_seen(request).values_list("state", "pk", "slug", "name", *_PLACE)
    ordered = list(rows.order_by("community__street__name", "community__name", "name"))
    newest = counted.newest([row[1] for row in ordered if row[0] == CompoundState.READY], by=today)
    ready = [_seen(row, newest) for row in ordered if row[0] == CompoundState.READY]
    states = Counter(compound.state for compound in ready)
    pressing = _pressing(ready)
    return {
        "place": _place(ready),
        "compounds": len(ready),
        "not_ready": len(ordered) - len(ready),
        "totals": _totals(ready, today),
        "grid": _grid(ready),
        "named": len(ready) <= grid.NAMED,
        "legend": [(state, word, states[state]) for state, word in grid.words().items()],
        "pressing": pressing,
        "named_figures": named(one.reasons for one in pressing),
        "acts": states[State.ACT],
        "as_of": max((one.computed_at for one in newest.values()), default=None),
        "not_today": sum(compound.counted is None or compound.counted.day < today for compound in ready),
        "webhooks": attention.told(request, now=now),
        "with_errors": sum(one.has_errors for one in newest.values()),
        **_lag(now),
    }


def _lag(now: datetime) -> dict[str, Any]:
    found = lag.of_last_day(now)
    return {
        "lag": found,
        "lag_target": lag.TARGET_SECONDS,
        "lag_p95": duration(found.p95) if found.p95 is not None else "",
        "lag_waiting": duration(found.waiting) if found.waiting is not None else "",
    }


def _seen(row: tuple, newest: dict[int, Counted]) -> Seen:
    _state, pk, slug, name, community, street, district = row
    return Seen(pk, slug, name, community, street or "", district, newest.get(pk))


def _place(ready: list[Seen]) -> str:
    """The narrowest place that holds them all; empty where there is none."""
    for names in (
        {compound.community for compound in ready},
        {compound.street for compound in ready},
        {compound.district for compound in ready},
    ):
        if len(names) == 1 and (name := names.pop()):
            return name
    return ""


def _totals(ready: list[Seen], today: date) -> Totals:
    figures, pks = headlines(), [compound.pk for compound in ready]
    then_on = periods.last_day_of_previous_quarter(today)
    # What was last counted in an earlier quarter tells of that one, and is added to no other.
    now, values = counted.together(figures, pks, by=today, since=periods.quarter_start(today))
    then, before = counted.together(figures, pks, by=then_on, since=periods.quarter_start(then_on))
    return Totals([Shown(f, values[f.key], before[f.key]) for f in figures], now, then, then_on)


def _grid(ready: Iterable[Seen]) -> SafeString:
    cells = [grid.Cell(c.slug, c.name, c.community, c.street, c.state) for c in ready]
    return grid.drawn(cells, named=len(cells) <= grid.NAMED)


def _pressing(ready: list[Seen]) -> list[Pressing]:
    """The ten worst of those that need attention, as ``CompoundFigures.objects.pressing`` orders them."""
    worst = sorted(
        (compound for compound in ready if compound.state == State.ACT),
        key=lambda compound: (-compound.counted.rank if compound.counted else 0, compound.name),
    )[:_WORST]
    rows = CompoundFigures.objects.in_bulk([compound.counted.row for compound in worst if compound.counted])
    return [
        Pressing(compound, reasons(row.alarms, row.figures))
        for compound in worst
        if compound.counted and (row := rows.get(compound.counted.row))
    ]
