"""The tabs of the district's pages, and the way from a compound's record to its figures, which nobody edits."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from compounds.oversight.district import views
from compounds.registry.admin import compound_pages
from compounds.registry.models import CompoundState, StaffLevel


@require_safe
def _figures(request: HttpRequest, visit: Any) -> HttpResponse:
    return redirect("admin:district_compound", visit.compound.slug)


admin.site.tabs = views.tabs  # type: ignore[attr-defined]
compound_pages.register(
    compound_pages.Page(
        "figures",
        _("Figures and open matters"),
        "figures/",
        _figures,
        level=StaffLevel.READ,
        states=frozenset(CompoundState.values),
        # The page that it leads to is kept as a look; one is enough.
        enters=False,
    )
)
