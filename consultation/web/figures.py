"""The compound's figures of one year, with the definition beside each; one quarter in charts, for everybody too."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from compounds.organisation.door import open_to_all
from consultation import quarter_charts
from consultation.figures.quarter import Told, newest_quarters, of_quarter, stood
from consultation.figures.stays import DEFINITION as STAYS_DEFINITION
from consultation.figures.year import TAKEN_UP_DEFINITION, of_year, years
from consultation.models import Assignment, Issue
from consultation.quarter_charts import Panel
from consultation.quarters import Quarter

# How many quarters the page leads to: two years.
_QUARTERS = 8


class YearForm(forms.Form):
    year = forms.IntegerField(required=False, min_value=2000, max_value=2999)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = YearForm(request.GET)
    wanted = form.cleaned_data.get("year") if form.is_valid() else None
    year = wanted or today.year
    found = of_year(year)
    longest = max((stay.median or 0 for stay in found.stays), default=0)
    context = {
        "nav": "issues",
        "form": form,
        "year": year,
        "years": years() or [today.year],
        "figures": found,
        "stays_definition": STAYS_DEFINITION,
        "taken_up_definition": TAKEN_UP_DEFINITION,
        "longest": longest or 1,
        "quarters": newest_quarters(today, _QUARTERS),
    }
    return render(request, "consultation/figures.html", context, status=200 if form.is_valid() else 422)


@require_safe
def one_quarter(request: HttpRequest, quarter: str) -> HttpResponse:
    """One quarter in charts: every matter is counted, by the definitions that the district sees too."""
    now = timezone.now()
    asked = _quarter_or_404(quarter)
    told = of_quarter(asked, timezone.localdate(now), promises_of=Assignment.objects.all())
    panels = quarter_charts.for_members(told, stood(asked, now))
    return render(request, "consultation/quarter.html", _context(told, panels) | {"nav": "issues", "page": "quarter"})


@open_to_all
@require_safe
def board_quarter(request: HttpRequest, quarter: str) -> HttpResponse:
    """The same for everybody: of promises only those of the matters that hang on the board."""
    on_board = Assignment.objects.filter(issue__in=Issue.objects.on_board())
    told = of_quarter(_quarter_or_404(quarter), timezone.localdate(), promises_of=on_board)
    context = _context(told, quarter_charts.for_everybody(told)) | {"nav": "board", "page": "board_quarter"}
    response = render(request, "consultation/board_quarter.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _context(told: Told, panels: list[Panel]) -> dict[str, Any]:
    quarters = newest_quarters(told.today, _QUARTERS)
    return {"told": told, "quarter": told.quarter, "quarters": quarters, "panels": panels}


def _quarter_or_404(label: str) -> Quarter:
    year, number = label.split("-Q")
    found = Quarter(int(year), int(number)) if int(year) else None
    if found is None or found.first > timezone.localdate():
        raise Http404
    return found


urlpatterns = [
    path("figures/", page, name="figures"),
    path("figures/<quarter:quarter>/", one_quarter, name="quarter"),
    path("board/quarters/<quarter:quarter>/", board_quarter, name="board_quarter"),
]
