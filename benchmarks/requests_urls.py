"""Addresses inside a compound, and the constants against which a page and a list of the API are measured."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation.api import CompoundApiView
from compounds.partners.scopes import Scope


def constant(request: HttpRequest) -> HttpResponse:
    """Through the same middleware as every page: mount, session, login, person."""
    return HttpResponse("constant")


class Constant(CompoundApiView):
    """Through the same door as every answer of the API: mount, token, rate, scope, grant."""

    scopes = {"GET": Scope.ISSUES_READ}

    def get(self, request: Request) -> Response:
        return Response({"constant": True})


urlpatterns = [
    path("constant/", constant),
    path("api/v1/constant/", Constant.as_view()),
    path("", include("config.urls_compound")),
]
