"""Quarters beside each other: each compound's last figures of a quarter, together by community, street, district."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from compounds.oversight import periods
from compounds.oversight.district import counted, pages, shown
from compounds.oversight.district.forms import ComparisonForm, with_defaults
from compounds.oversight.district.scope import Places, compounds_seen
from compounds.oversight.district.shown import Family, Shown
from compounds.oversight.figures import Kind, Value
from compounds.registry.models import Compound

_OFFERED, _MOST = 8, 4
# Above so many, compounds are listed for one community or street at a time.
SHOWN_AT_ONCE = 150

type Figures = dict[str, Value | None]


@dataclass(frozen=True)
class Quarter:
    """One quarter; the last one offered is as far as today."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """How the address names it."""
        return periods.quarter_label(self.first)

    @property
    def in_short(self) -> str:
        return periods.quarter_in_short(self.first)


@dataclass(frozen=True)
class Line:
    """One place or compound: ``level`` is total, street, community or compound; cells by figure, then by quarter."""

    level: str
    name: Any
    pk: int | str
    counted: int
    cells: list[Shown]


def context(request: HttpRequest) -> dict[str, Any]:
    """The page that the address asks for; one query for each chosen quarter, whatever the number of compounds."""
    today = timezone.localdate()
    seen = list(compounds_seen(request).values_list("pk", flat=True))
    offered = _quarters(counted.oldest(seen) or today, today)
    families = {family.key: family for family in shown.families()}
    usual = {"family": [_default(families)], "quarter": [q.label for q in offered[:2]]}
    choices = [(q.label, q.in_short) for q in offered]
    form = ComparisonForm(with_defaults(request.GET, **usual), Places(request), choices)
    asked = form.sound
    family = families.get(asked["family"]) or families[_default(families)]
    wanted = set(asked["quarter"] or usual["quarter"])
    quarters = [q for q in offered if q.label in wanted][:_MOST]
    compounds = list(
        compounds_seen(request)
        .filter(_wanted(asked))
        .select_related("community__street")
        .order_by("community__street__name", "community__name", "name")
    )
    lines = _lines(compounds, family, quarters)
    return {
        "form": form,
        "family": family,
        "quarters": quarters,
        "chosen": {quarter.label for quarter in quarters},
        "lines": lines,
        "too_many": sum(line.level == "compound" for line in lines) == 0 and len(compounds) > SHOWN_AT_ONCE,
        "has_medians": any(figure.kind == Kind.MEDIAN for figure in family.figures),
        "most": _MOST,
        "left_out": max(0, len(wanted) - _MOST),
        "kept_query": pages.without(request, "street", "community"),
        "status": 200 if form.is_valid() else 422,
    }


def _default(families: dict[str, Family]) -> str:
    """The family of the figure that the overview tells in words."""
    told = shown.headlines()[0].key
    return next(key for key, family in families.items() if told in {figure.key for figure in family.figures})


def _wanted(asked: dict[str, Any]) -> Q:
    found = Q()
    if asked["street"]:
        found &= Q(community__street=asked["street"])
    if asked["community"]:
        found &= Q(community=asked["community"])
    return found


def _quarters(oldest: date, today: date) -> list[Quarter]:
    """The newest first, as far back as anything was counted, at most two years."""
    found: list[Quarter] = []
    last = today
    while len(found) < _OFFERED and (last >= oldest or not found):
        first = periods.quarter_start(last)
        found.append(Quarter(first, last))
        last = first - timedelta(days=1)
    return found


def _lines(compounds: list[Compound], family: Family, quarters: list[Quarter]) -> list[Line]:
    """The total first; under each street its communities, under each community its compounds, unless too many."""
    pks = [compound.pk for compound in compounds]
    found = [counted.of_each(family.figures, pks, by=q.last, since=q.first) for q in quarters]
    compounds = [c for c in compounds if any(c.pk in of_quarter for of_quarter in found)]
    each = len(compounds) <= SHOWN_AT_ONCE
    table = _Table(family, found)
    lines = [table.line("total", "", "", compounds)]
    for street, in_street in _groups(compounds, lambda c: c.community.street):
        if street:
            lines.append(table.line("street", street.name, street.pk, in_street))
        for community, in_community in _groups(in_street, lambda c: c.community):
            lines.append(table.line("community", community.name, community.pk, in_community))
            if each:
                lines += [table.line("compound", c.name, c.slug, [c]) for c in in_community]
    return lines


def _groups(compounds: Iterable[Compound], key: Any) -> list[tuple[Any, list[Compound]]]:
    found: dict[Any, list[Compound]] = {}
    for compound in compounds:
        found.setdefault(key(compound), []).append(compound)
    return list(found.items())


@dataclass(frozen=True)
class _Table:
    family: Family
    found: list[dict[int, Figures]]

    def line(self, level: str, name: Any, pk: int | str, compounds: list[Compound]) -> Line:
        """Each figure in each quarter, of one compound or of several together."""
        nothing: Figures = {}
        cells = []
        for figure in self.family.figures:
            for of_quarter in self.found:
                values = [of_quarter.get(compound.pk, nothing).get(figure.key) for compound in compounds]
                cells.append(Shown(figure, values[0] if level == "compound" else figure.together(values)))
        return Line(level, name, pk, len(compounds), cells)
