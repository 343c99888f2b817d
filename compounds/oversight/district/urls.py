"""The district's pages below /admin/, in the admin's own name space and behind its login."""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from compounds.oversight.district import views
from compounds.oversight.district.scope import for_staff

_BEHIND_SCOPE: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("compounds/", views.compounds, "district_compounds"),
    ("compounds/<slug:slug>/", views.one_compound, "district_compound"),
    ("overdue/", views.overdue_matters, "district_overdue"),
    ("overdue/sheet/", views.overdue_file, "district_overdue_sheet"),
    ("comparison/", views.compare, "district_comparison"),
    ("records/", views.records, "district_records"),
]
urlpatterns = [
    path("", admin.site.admin_view(require_safe(views.index)), name="index"),
    *(
        path(route, admin.site.admin_view(require_safe(for_staff(view))), name=name)
        for route, view, name in _BEHIND_SCOPE
    ),
]
