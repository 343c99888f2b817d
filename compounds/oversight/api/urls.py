"""Addresses of the district's API, below ``/api/v1/``."""

from django.urls import path

from compounds.oversight.api import events, views

app_name = "api"
urlpatterns = [
    path("compounds/", views.Compounds.as_view(), name="compounds"),
    path("compounds/<slug:slug>/figures/", views.Figures.as_view(), name="compound_figures"),
    path("events/", events.Events.as_view(), name="events"),
    path("overdue/", views.Overdue.as_view(), name="overdue"),
]
