"""Gives the admin the tabs of the district's pages. Figures are read there; their tables have no admin of their own."""

from django.contrib import admin

from compounds.oversight.district import views

admin.site.tabs = views.tabs  # type: ignore[attr-defined]
