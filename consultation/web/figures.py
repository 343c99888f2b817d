"""The compound's figures of one year, with the definition beside each."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.figures.stays import DEFINITION as STAYS_DEFINITION
from consultation.figures.year import TAKEN_UP_DEFINITION, of_year, years


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
    }
    return render(request, "consultation/figures.html", context, status=200 if form.is_valid() else 422)


urlpatterns = [path("figures/", page, name="figures")]
