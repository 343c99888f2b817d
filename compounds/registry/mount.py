"""A compound is mounted at /c/<slug>/: one address, one certificate, one WeChat domain for all of them."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django_tenants.utils import get_public_schema_name

from compounds.kernel import elder
from compounds.kernel.errors import GetResponse
from compounds.registry.context import CompoundNotThere, compound_mounted_at
from compounds.registry.models import SLUG, Compound


class MountMiddleware:
    """Take the mount off the path, so that ``reverse()`` and ``{% url %}`` inside a compound just work.

    Sets ``request.compound`` (None outside). Unknown, archived and not-yet-ready compounds get a 404.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.compound = None
        if not request.path_info.startswith(settings.COMPOUND_PATH):
            return self.get_response(request)
        slug, slash, rest = request.path_info.removeprefix(settings.COMPOUND_PATH).partition("/")
        if not SLUG.fullmatch(slug):
            raise Http404
        try:
            with compound_mounted_at(slug) as compound:
                return self._inside(request, compound, slash + rest)
        except CompoundNotThere as error:
            raise Http404 from error

    def _inside(self, request: HttpRequest, compound: Compound, rest: str) -> HttpResponse:
        outer = get_script_prefix()
        request.compound = compound
        request.path_info = rest or "/"
        request.urlconf = settings.COMPOUND_URLCONF
        set_script_prefix(compound.url)
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(outer)


def context(request: HttpRequest) -> dict[str, Any]:
    """For templates: the compound one is in (or None), and whether the elder mode is on."""
    return {"compound": getattr(request, "compound", None), "elder": elder.is_on(request)}


def in_public() -> bool:
    """Whether the thread is outside every compound."""
    return bool(connection.schema_name == get_public_schema_name())
