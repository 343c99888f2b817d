"""Addresses that tests of the mount put in place of a compound's own."""

from django.db import OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from psycopg import errors

from compounds.kernel.errors import DomainError
from compounds.organisation.door import open_to_all


class Refused(DomainError):
    code = "refused_for_the_test"
    title = "Refused %(what)s"
    message = "It is so: %(what)s."
    hint = "Do %(what)s later."


@open_to_all
def where(request: HttpRequest, n: int = 0) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        search_path = cursor.fetchone()[0]
    return JsonResponse(
        {
            "schema": connection.schema_name,
            "search_path": search_path,
            "compound": request.compound and request.compound.slug,
            "link": reverse("where", args=[7]),
            "path": request.path,
            "path_info": request.path_info,
        }
    )


@open_to_all
def breaks(request: HttpRequest) -> JsonResponse:
    raise RuntimeError("on purpose")


@open_to_all
def refuses(request: HttpRequest) -> JsonResponse:
    raise Refused(what=request.GET.get("what", "this"), actions=[("Go there", "/there/")])


@csrf_exempt
@open_to_all
def waits(request: HttpRequest) -> JsonResponse:
    """In vain, for the reason that is named."""
    raise OperationalError from getattr(errors, request.GET["cause"])()


urlpatterns = [
    path("where/<int:n>/", where, name="where"),
    path("where/", where),
    path("breaks/", breaks),
    path("waits/", waits),
    path("board/", where, name="board"),
    path("refuses/", refuses),
    path("", where, name="my_day"),
]
