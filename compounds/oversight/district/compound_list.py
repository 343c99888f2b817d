"""All compounds in one list: filtered by place and condition, sorted by any figure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from compounds.oversight import periods
from compounds.oversight.district import counted, pages, shown
from compounds.oversight.district.counted import Counted
from compounds.oversight.district.forms import CompoundsForm, with_defaults
from compounds.oversight.district.scope import Places, compounds_seen
from compounds.oversight.district.shown import Shown
from compounds.oversight.figures import FIGURES, Figure, Good
from compounds.oversight.models import CompoundFigures, State
from compounds.registry.models import Compound, CompoundState

_SIZE = 50


@dataclass
class Entry:
    """One compound of the list. ``place`` is its rank by the figure, None where it has none.

    ``compound`` and ``reasons`` are read for those of the page only.
    """

    pk: int
    name: str
    counted: Counted | None
    shown: Shown
    place: int | None = None
    compound: Compound | None = None
    reasons: list[Shown] | None = None

    @property
    def is_ranked(self) -> bool:
        return self.shown.number is not None and not self.shown.figure.is_small(self.shown.value)


def context(request: HttpRequest) -> dict[str, Any]:
    """The page that the address asks for; the same number of queries for any number of compounds."""
    today = timezone.localdate()
    first = next(figure for figure in shown.headlines() if figure.alarm)
    form = CompoundsForm(with_defaults(request.GET, figure=[first.key]), Places(request))
    asked = form.sound
    figure = FIGURES.get(asked["figure"]) or first
    entries = _ordered(_entries(request, asked, figure, today), asked["order"], figure)
    page = pages.cut(request, entries, number=asked["page"] or None, size=_SIZE)
    _complete(page.rows)
    return {
        "form": form,
        "figure": figure,
        "page": page,
        "named_figures": shown.named(entry.reasons or [] for entry in page.rows),
        "then_on": periods.last_day_of_previous_quarter(today),
        "by_figure": asked["order"] in {"worst", "best"},
        "status": 200 if form.is_valid() else 422,
    }


def _entries(request: HttpRequest, asked: dict[str, Any], figure: Figure, today: date) -> list[Entry]:
    compounds = list(compounds_seen(request).filter(_wanted(asked)).order_by("name", "pk").values_list("pk", "name"))
    pks = [pk for pk, _name in compounds]
    newest = counted.newest(pks, by=today)
    then = periods.last_day_of_previous_quarter(today)
    now = counted.of_each([figure], pks, by=today, since=periods.quarter_start(today))
    before = counted.of_each([figure], pks, by=then, since=periods.quarter_start(then))
    nothing: dict[str, Any] = {}
    entries = [
        Entry(
            pk,
            name,
            newest.get(pk),
            Shown(figure, now.get(pk, nothing).get(figure.key), before.get(pk, nothing).get(figure.key)),
        )
        for pk, name in compounds
    ]
    return [entry for entry in entries if _stands(entry, asked["alarm"])]


def _wanted(asked: dict[str, Any]) -> Q:
    found = Q(state=asked["state"] or CompoundState.READY)
    if asked["q"]:
        found &= Q(name__icontains=asked["q"]) | Q(slug__icontains=asked["q"])
    if asked["street"]:
        found &= Q(community__street=asked["street"])
    if asked["community"]:
        found &= Q(community=asked["community"])
    return found


def _stands(entry: Entry, alarm: str) -> bool:
    if not alarm:
        return True
    if alarm == "none":
        return entry.counted is None
    return entry.counted is not None and entry.counted.state == int(alarm)


def _ordered(entries: list[Entry], order: str, figure: Figure) -> list[Entry]:
    """By the figure, small samples after all others and what was never counted at the end; equal ones by name."""
    if order in {"worst", "best"}:
        sign = 1 if (figure.good == Good.UP) == (order == "worst") else -1
        entries.sort(key=lambda entry: _key(entry, sign))
        for place, entry in enumerate((entry for entry in entries if entry.is_ranked), start=1):
            entry.place = place
    elif order != "name":
        entries.sort(key=lambda entry: -entry.counted.rank if entry.counted else 0)
    return entries


def _key(entry: Entry, sign: int) -> tuple[int, float]:
    number = entry.shown.number
    if number is None:
        return 2, 0
    return (0 if entry.is_ranked else 1), sign * number


def _complete(entries: Any) -> None:
    """What the page shows of each of its compounds, and why it stands as it does; two queries."""
    compounds = Compound.objects.select_related("community__street").in_bulk([entry.pk for entry in entries])
    for entry in entries:
        entry.compound = compounds[entry.pk]
    alarmed = [entry for entry in entries if entry.counted and entry.counted.state != State.FINE]
    rows = CompoundFigures.objects.in_bulk([entry.counted.row for entry in alarmed])
    for entry in alarmed:
        if row := rows.get(entry.counted.row):
            entry.reasons = shown.reasons(row.alarms, row.figures)
