"""The facts of the public board as rows: nobody's words, nobody's name, no door."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from django.db.models import Avg, Count, QuerySet
from django.utils import timezone

from consultation.models import Issue
from consultation.steps import Step

type Fact = dict[str, Any]
# The newest so many; a year can be asked for by itself.
MOST = 5000
COLUMNS = (
    "number",
    "title",
    "category",
    "category_en",
    "building",
    "entrance",
    "step",
    "outcome",
    "responsible",
    "recorded_on",
    "closed_on",
    "ratings",
    "mean_rating",
)
_GIVEN_OUT = {Step.HANDLE, Step.EVALUATE, Step.CLOSED}
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def facts(year: int | None) -> Iterator[Fact]:
    """What hangs on the board, the newest first; of one year, or the newest of all."""
    rows: QuerySet[Issue] = Issue.objects.filter(pk__in=Issue.objects.on_board().values("pk"))
    if year is not None:
        rows = rows.filter(year=year)
    rated = {"mean": Avg("ratings__stars"), "rated": Count("ratings")}
    rows = rows.select_related("category", "building", "entrance__building", "owner_body").annotate(**rated)
    return (_fact(row) for row in rows.order_by("-pk")[:MOST])


def as_csv(rows: Iterator[Fact]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _fact(row: Any) -> Fact:
    building = row.entrance.building if row.entrance else row.building
    return {
        "number": row.number,
        "title": row.title,
        "category": row.category.name,
        "category_en": row.category.name_en,
        "building": building.number if building else None,
        "entrance": row.entrance.number if row.entrance else None,
        "step": row.step,
        "outcome": row.outcome or None,
        "responsible": row.owner_body.name if row.owner_body and row.step in _GIVEN_OUT else None,
        "recorded_on": _day(row.created_at),
        "closed_on": _day(row.closed_at) if row.step == Step.CLOSED else None,
        "ratings": row.rated,
        "mean_rating": round(float(row.mean), 2) if row.rated else None,
    }


def _day(at: datetime | None) -> str | None:
    return timezone.localdate(at).isoformat() if at else None


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
