"""The documents for people and programs: two pages each, without a CDN and under our content security policy."""

from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from compounds.partners.documents import documents

# Redoc fills empty style elements by script, and brings the styles of its scroll bar along: the hashes of both, which
# let nothing else in. (The logo that it would fetch from elsewhere is blocked like everything from elsewhere.)
_STYLES = [
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
]
_POLICY: dict[str, list[str]] = settings.SECURE_CSP  # type: ignore[assignment] # lists, as our settings have them
_OF_REDOC = {**_POLICY, "style-src": [*_POLICY["style-src"], *_STYLES]}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which documents there are."""
    return render(request, "partners/documents.html", {"documents": documents().values()})


@require_safe
def openapi(request: HttpRequest, name: str) -> JsonResponse:
    """The document itself, OpenAPI 3.1."""
    found = _made(name)
    if found is None:
        raise Http404
    return JsonResponse(found)


@require_safe
def swagger(request: HttpRequest, name: str) -> HttpResponse:
    """Read it and try it out."""
    return _page(request, name, "partners/swagger.html")


@csp_override(_OF_REDOC)
@require_safe
def redoc(request: HttpRequest, name: str) -> HttpResponse:
    """Read it in one piece."""
    return _page(request, name, "partners/redoc.html")


def _page(request: HttpRequest, name: str, template: str) -> HttpResponse:
    if name not in documents():
        raise Http404
    return render(request, template, {"document": documents()[name]})


@lru_cache(maxsize=4)
def _made(name: str) -> dict[str, object] | None:
    """Made once per process: it changes with the code only."""
    known = documents()
    return known[name].made() if name in known else None


urlpatterns = [
    path("", index, name="api_documents"),
    path("<slug:name>/openapi.json", openapi, name="api_document"),
    path("<slug:name>/", swagger, name="api_swagger"),
    path("<slug:name>/redoc/", redoc, name="api_redoc"),
]
