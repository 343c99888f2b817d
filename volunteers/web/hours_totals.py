"""Totals of hours by person, squad and programme, for one year or all, on screen and as a spreadsheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from compounds.organisation.policies import may
from compounds.organisation.spreadsheet.answers import as_file
from volunteers import policies
from volunteers.hours_sheet import write
from volunteers.selectors import hours as selector

_PEOPLE_SHOWN = 50


@require_safe
@may(policies.HOURS_EXPORT)
def totals(request: HttpRequest) -> HttpResponse:
    rows = selector.for_leader(request.person)
    year = _year(request)
    found = selector.totals(rows, year)
    context = {
        "nav": "tree",
        "year": year,
        # The year that is shown among them, before anything was approved in it.
        "years": sorted({*selector.years(rows), *([year] if year else [])}, reverse=True),
        "totals": found,
        "people": found.by_person[:_PEOPLE_SHOWN],
        "more": max(0, len(found.by_person) - _PEOPLE_SHOWN),
    }
    return render(request, "volunteers/hours_totals.html", context)


@require_safe
@may(policies.HOURS_EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    year = _year(request)
    content = write(selector.for_leader(request.person), year=year, by=request.person)
    name = _("volunteer hours")
    return as_file(content, f"{name} {year}" if year else name)


def _year(request: HttpRequest) -> int | None:
    """The year asked for; without one this year; “all”: None."""
    asked = request.GET.get("year", "")
    if asked == "all":
        return None
    return int(asked) if len(asked) == 4 and asked.isascii() and asked.isdecimal() else timezone.localdate().year


urlpatterns = [
    path("hours/totals/", totals, name="hours_totals"),
    path("hours/totals/sheet/", export, name="hours_export"),
]
