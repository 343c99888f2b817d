"""Addresses inside a compound, and the constant against which a page is measured."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def constant(request: HttpRequest) -> HttpResponse:
    """Through the same middleware as every page: mount, session, login, person."""
    return HttpResponse("constant")


urlpatterns = [path("constant/", constant), path("", include("config.urls_compound"))]
