"""Addresses inside a compound, below its mount."""

from django.urls import include, path

urlpatterns = [
    path("", include("compounds.organisation.urls")),
    path("", include("notices.urls")),
    path("", include("volunteers.urls")),
    path("", include("consultation.urls")),
    path("help/", include("handbook.urls")),
    path("api/v1/", include("consultation.api.urls")),
    path("open311/v2/", include("consultation.open311.urls")),
]
