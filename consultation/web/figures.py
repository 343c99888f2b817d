"""The compound's figures of one year, with the definition beside each."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation import figures


class YearForm(forms.Form):
    year = forms.IntegerField(required=False, min_value=2000, max_value=2999)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = YearForm(request.GET)
    wanted = form.cleaned_data.get("year") if form.is_valid() else None
    year = wanted or today.year
    found = figures.of_year(year)
    longest = max((stay.median or 0 for stay in found.stays), default=0)
    context = {
        "nav": "issues",
        "form": form,
        "year": year,
        "years": figures.years() or [today.year],
        "figures": found,
        "longest": longest or 1,
    }
    return render(request, "consultation/figures.html", context, status=200 if form.is_valid() else 422)


urlpatterns = [path("figures/", page, name="figures")]
