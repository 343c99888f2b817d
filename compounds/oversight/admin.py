"""Gives the admin the tabs of the district's pages. The tables of figures are read there; none has an admin of its own."""

from django.contrib import admin

from compounds.oversight.district import views

admin.site.tabs = views.tabs  # type: ignore[attr-defined]
