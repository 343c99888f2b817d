"""Addresses inside a compound, below its mount."""

from django.urls import include, path

from consultation.api import urls as consultation
from notices.api import urls as notices
from volunteers.api import urls as volunteers

# One namespace of three apps.
api = [*consultation.urlpatterns, *notices.urlpatterns, *volunteers.urlpatterns]

handler500 = "compounds.kernel.errors.crashed"
urlpatterns = [
    path("", include("compounds.organisation.urls")),
    path("", include("notices.urls")),
    path("", include("volunteers.urls")),
    path("", include("consultation.urls")),
    path("help/", include("handbook.urls")),
    path("api/v1/", include((api, "api"))),
    path("open311/v2/", include("consultation.open311.urls")),
]
