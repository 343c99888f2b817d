"""One page of a list: what the query asks for, filtered, then cut."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from compounds.partners.filtering import filtered, names_of
from compounds.partners.paging import Page, followed, newest_first
from compounds.partners.shapes import query
from compounds.partners.views import ApiView


def asked_by(view: ApiView, request: Request) -> dict[str, Any]:
    """What it asks of the pages. Raises QueryInvalid, also for what is neither that nor a filter of the view."""
    assert view.query_shape is not None
    return query(view.query_shape, request, besides=names_of(view.filterset_class))


def page_of(view: ApiView, request: Request, rows: QuerySet[Any]) -> Page:
    """Newest first, or followed by their changes where the query asks for that. Raises QueryInvalid."""
    asked = asked_by(view, request)
    rows = filtered(view.filterset_class, request, rows)
    return followed(request, rows, asked) if "updated_since" in asked else newest_first(request, rows, asked)
