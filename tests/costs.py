"""How many queries pages cost: for one row and for sixty the same."""

from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def costs(client: Client, pages: Iterable[str]) -> dict[str, int]:
    """Queries by page, each asked a second time: what the first request makes ready belongs to no page."""
    return {page: _cost(client, page) for page in pages}


def _cost(client: Client, page: str) -> int:
    assert client.get(page).status_code == 200, page
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)
