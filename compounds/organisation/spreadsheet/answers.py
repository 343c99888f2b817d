"""What the pages about spreadsheets share, inside a compound and in the district's admin: problems and downloads."""

from typing import Any

from django.http import HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from compounds.organisation.models import SheetImport
from compounds.organisation.spreadsheet.checking import Plan
from compounds.organisation.spreadsheet.guard import MOST_PROBLEMS
from compounds.organisation.spreadsheet.reading import Problem

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def problems_in(file_name: str, problems: list[Problem]) -> dict[str, Any]:
    """What a page shows of the problems; beyond some it only counts."""
    return {
        "file_name": file_name,
        "problems": problems[:MOST_PROBLEMS],
        "count": len(problems),
        "more": max(0, len(problems) - MOST_PROBLEMS),
    }


def would_do(plan: Plan) -> dict[str, Any]:
    """What a page shows of a plan: rows new and changed by sheet, and what comes along with them."""
    counts = plan.counts()
    lines = [
        (pgettext("spreadsheet", "Buildings"), counts["buildings"]),
        (pgettext("spreadsheet", "Households"), counts["households"]),
        (pgettext("spreadsheet", "People"), counts["persons"]),
    ]
    return {"lines": lines, "entrances": len(plan.entrances), "groups": len(plan.groups)}


def was_done(sheet: SheetImport) -> str:
    """What is said after a spreadsheet was taken in."""
    added = sum(part["added"] for part in sheet.counts.values())
    changed = sum(part["changed"] for part in sheet.counts.values())
    return _("Taken in. New rows: %(added)s, changed: %(changed)s.") % {"added": added, "changed": changed}


def as_file(content: bytes, name: str) -> HttpResponse:
    """A spreadsheet to be kept under that name."""
    return HttpResponse(
        content,
        headers={
            "Content-Type": _XLSX,
            "Content-Disposition": f"attachment; filename*=UTF-8''{iri_to_uri(name)}.xlsx",
            "X-Content-Type-Options": "nosniff",
        },
    )
