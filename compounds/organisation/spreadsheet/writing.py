"""Writing the template and the export: the same three sheets, and one that explains them."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from compounds.organisation import audit
from compounds.organisation.models import Building, Household, Person
from compounds.organisation.spreadsheet.columns import (
    BUILDINGS,
    EXPLANATION,
    HOUSEHOLDS,
    PERSONS,
    SHEETS,
    SheetForm,
)

type Rows = Iterable[Sequence[Any]]


def template() -> bytes:
    """The empty form, with its explanation."""
    return write_book(SHEETS, {}, _rules())


@transaction.atomic
def export(*, phones_because: str, by: Person) -> bytes:
    """What is there now. Phone numbers only with a reason, and that they went out is written down either way."""
    households = list(
        Household.objects.select_related("entrance__building", "group").order_by(
            "entrance__building__number", "entrance__number", "door"
        )
    )
    people = list(
        Person.objects.people()
        .filter(erased_at=None)
        .select_related("household__entrance__building")
        .order_by("name", "pk")
    )
    buildings = list(Building.objects.select_related("unit").annotate(stairs=Count("entrances")))
    audit.record(
        "sheet.export",
        about="",
        by=by,
        buildings=len(buildings),
        households=len(households),
        persons=len(people),
        phones=bool(phones_because),
        reason=phones_because,
    )
    rows: dict[str, Rows] = {
        BUILDINGS.key: ((b.number, b.unit.name, b.stairs) for b in buildings),
        HOUSEHOLDS.key: ((*_door(h), h.group.name if h.group else "", h.get_occupancy_display()) for h in households),
        PERSONS.key: ((p.name, p.phone if phones_because else "", *_door(p.household)) for p in people),
    }
    return write_book(SHEETS, rows, _rules())


def _door(household: Household | None) -> tuple[Any, Any, str]:
    if household is None:
        return "", "", ""
    return household.entrance.building.number, household.entrance.number, household.door


def write_book(sheets: tuple[SheetForm, ...], rows: dict[str, Rows], rules: list[str]) -> bytes:
    """An .xlsx file: each sheet with its headings and rows, by the sheets' keys, and one that explains them."""
    out = io.BytesIO()
    # What somebody typed stays text: nothing becomes a formula or a link.
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    head = book.add_format({"bold": True, "bg_color": "#F3E9DC", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for form in sheets:
        sheet = book.add_worksheet(str(form.name))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(form.columns) - 1, 18, text)
        sheet.write_row(0, 0, [_heading(column) for column in form.columns], head)
        for number, values in enumerate(rows.get(form.key, ()), start=1):
            sheet.write_row(number, 0, values)
    _explain(book.add_worksheet(str(EXPLANATION)), sheets, rules, head, wrap)
    book.close()
    return out.getvalue()


def _heading(column: Any) -> str:
    return f"{column.heading}{' *' if column.required else ''}"


def _rules() -> list[str]:
    return [
        _("All rows are taken in, or none. What is wrong is shown first, with sheet, row and column."),
        _("Columns with * must be filled. A row that is there already is changed where its cells differ."),
        _("Nothing is ever removed. Formulas and merged cells are refused: paste values."),
        _("At most 10 MB and 30,000 rows a sheet. The order of the columns does not matter."),
    ]


def _explain(sheet: Any, sheets: tuple[SheetForm, ...], rules: list[str], head: Any, wrap: Any) -> None:
    sheet.set_column(0, 1, 22, wrap)
    sheet.set_column(2, 2, 70, wrap)
    for number, rule in enumerate(rules):
        sheet.merge_range(number, 0, number, 2, rule, wrap)
    sheet.write_row(len(rules) + 1, 0, [_("Sheet"), _("Column"), _("What to write")], head)
    at = len(rules) + 2
    for form in sheets:
        for column in form.columns:
            sheet.write_row(at, 0, [str(form.name), _heading(column), str(column.help)])
            at += 1
