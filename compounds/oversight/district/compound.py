"""One compound: its state and why, every figure with its definition, its year in charts, its open matters."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from compounds.oversight import periods, register
from compounds.oversight.charts import lines
from compounds.oversight.charts.lines import Chart
from compounds.oversight.district import counted, pages, shown
from compounds.oversight.district.overdue import Matter
from compounds.oversight.district.scope import compounds_seen, may_steer
from compounds.oversight.district.shown import Shown
from compounds.oversight.figures import FIGURES, Figure
from compounds.oversight.models import CompoundFigures, OpenItem, State
from compounds.registry.admin import compound_pages
from compounds.registry.models import Compound, CompoundState, StaffEntry
from compounds.registry.office import office_over

_SIZE = 30
_YEAR = timedelta(days=365)


def entered(request: HttpRequest, slug: str) -> Compound:
    """The compound, and that somebody has looked at it is written down. Http404 outside the scope."""
    rows = compounds_seen(request).select_related("community__street", "community__district")
    compound = get_object_or_404(rows, slug=slug)
    StaffEntry.objects.create(user=request.user, compound=compound, path=request.path_info[:200])
    return compound


def context(request: HttpRequest, compound: Compound) -> dict[str, Any]:
    """What the page shows; the same number of queries for a year of days and for one."""
    now = timezone.now()
    today = timezone.localdate(now)
    then_on = periods.last_day_of_previous_quarter(today)
    of_compound = CompoundFigures.objects.filter(compound=compound).order_by("-day")
    row = of_compound.filter(day__lte=today).first()
    then = of_compound.filter(day__lte=then_on).first()
    matters = _matters(request, compound, now)
    confidential = _not_in_register(row, matters.all)
    return {
        "compound": compound,
        "beside": _beside(request, compound),
        "steers": may_steer(request, compound.community),
        "is_ready": compound.state == CompoundState.READY,
        "row": row,
        "state": State(row.state) if row else None,
        "reasons": shown.reasons(row.alarms, row.figures) if row else [],
        "is_old": row is not None and row.day < today,
        "families": _families(row, then),
        "then_on": then_on if then else None,
        "charts": _charts(compound, today),
        "page": matters,
        "confidential": confidential,
    }


def _beside(request: HttpRequest, compound: Compound) -> list[tuple[Any, str]]:
    """The other pages about the compound that somebody of this office finds, without the way to this one."""
    here = compound_pages.address("figures", compound.pk)
    offered = compound_pages.offered(compound, office_over(request.user, compound))
    return [(title, url) for title, url in offered if url != here]


def _families(row: CompoundFigures | None, then: CompoundFigures | None) -> list[tuple[Any, list[Shown]]]:
    now, before = row.figures if row else {}, then.figures if then else {}
    errors = row.errors if row else {}
    return [
        (
            family.name,
            [Shown(f, now.get(f.key), before.get(f.key), errors.get(f.key, "")) for f in family.figures],
        )
        for family in shown.families()
    ]


def _charts(compound: Compound, today: date) -> list[Chart]:
    """The figures that have a chart, those of one title in one; one query."""
    by_title: dict[str, list[Figure]] = {}
    for figure in FIGURES.values():
        if figure.chart:
            by_title.setdefault(str(figure.chart), []).append(figure)
    drawn = [figure for figures in by_title.values() for figure in figures]
    since = today - _YEAR
    days = counted.day_by_day(drawn, compound.pk, since=since, by=today)
    return [lines.draw(title, figures, days, since=since, by=today) for title, figures in by_title.items()]


def _matters(request: HttpRequest, compound: Compound, now: datetime) -> pages.Cut:
    """Its open matters, the longest overdue first, then by due date; what has none, or waits, at the end."""
    rows = OpenItem.objects.filter(compound=compound)
    rows = rows.order_by("on_hold", F("due_on").asc(nulls_last=True), "number")
    found = pages.cut(request, rows, number=pages.number(request), size=_SIZE)
    steers = may_steer(request, compound.community)
    for item in found.rows:
        item.compound = compound
    return replace(found, rows=[Matter(item, now, steers) for item in found.rows])


def _not_in_register(row: CompoundFigures | None, listed: int) -> int:
    """How many open matters are confidential: those that are counted and not in the register."""
    value = row.figures.get(register.words().counted_by) if row else None
    return max(0, int(value.part) - listed) if value else 0
