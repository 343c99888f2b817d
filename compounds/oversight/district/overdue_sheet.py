"""The overdue matters as an Excel file, in the language of the one who asks."""

import io
from datetime import datetime
from typing import Any

import structlog
import xlsxwriter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from compounds.oversight.district import overdue

# A file of so many rows is made in some seconds; whoever needs more filters by street.
MOST = 50_000
_WIDTHS = [20, 16, 16, 12, 44, 16, 12, 18, 12, 12, 10, 16]
log = structlog.get_logger(__name__)


def made(request: HttpRequest, now: datetime) -> bytes:
    """The file, written row by row: memory does not grow with it. What somebody typed stays text."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"constant_memory": True, **safe})
    head = book.add_format({"bold": True, "bg_color": "#F3E9DC", "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet = book.add_worksheet(_("Overdue"))
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_row(0, 0, _heads(), head)
    number = 0
    for number, matter in enumerate(overdue.matters(request, now, most=MOST), start=1):
        _write(sheet, number, matter, day)
    if number == MOST:
        sheet.write_string(number + 1, 0, _("There may be more: at most %(most)s rows are written.") % {"most": MOST})
    book.close()
    log.info("overdue_exported", rows=number)
    return out.getvalue()


def _heads() -> list[str]:
    return [
        *(_("Compound"), _("Community"), _("Street"), _("Number"), _("Matter"), _("Category"), _("Step")),
        *(_("With whom"), _("Opened"), _("Due"), _("Days late"), _("Taken up to")),
    ]


def _write(sheet: Any, number: int, matter: overdue.Matter, day: Any) -> None:
    item = matter.item
    community = item.compound.community
    street = community.street.name if community.street else ""
    words = (item.compound.name, community.name, street, item.number, item.title, matter.category, matter.step)
    for column, word in enumerate((*words, matter.party)):
        sheet.write_string(number, column, word)
    sheet.write_datetime(number, 8, item.opened_on, day)
    if item.due_on:
        sheet.write_datetime(number, 9, item.due_on, day)
    sheet.write_number(number, 10, matter.days_late)
    sheet.write_string(number, 11, matter.escalated)
