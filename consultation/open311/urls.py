"""Addresses of Open311 inside a compound, below ``open311/v2/``; how they are built is the specification's."""

from django.urls import path, register_converter

from consultation.open311 import views


class KindConverter:
    """In which of the two kinds the answer comes."""

    regex = "xml|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "kind")

urlpatterns = [
    path("discovery.<kind:kind>", views.discovery, name="open311_discovery"),
    path("services.<kind:kind>", views.services, name="open311_services"),
    path("services/<str:code>.<kind:kind>", views.service, name="open311_service"),
    path("requests.<kind:kind>", views.service_requests, name="open311_requests"),
    path("requests/<str:number>.<kind:kind>", views.service_request, name="open311_request"),
    path("tokens/<str:number>.<kind:kind>", views.token, name="open311_token"),
    path("<path:rest>", views.unknown, name="open311_unknown"),
]
