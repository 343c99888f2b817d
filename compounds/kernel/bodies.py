"""Bodies are read before anything is asked of the database: who sends slowly holds no connection and no transaction."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.request import UnreadablePostError

from compounds.kernel.errors import GetResponse

# What is larger brings files along; the view that takes them reads it, once it knows who sends.
SMALL = 256 * 1024
_READS = ("GET", "HEAD", "OPTIONS")


class BodyFirstMiddleware:
    """Reads a small body before the database is asked who sends it. Stands above everything that asks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method not in _READS and length.isdecimal() and int(length) <= SMALL:
            try:
                len(request.body)
            except UnreadablePostError:
                # Whoever sent it has gone away in the middle.
                return HttpResponseBadRequest()
        return self.get_response(request)


def give_back_connection() -> None:
    """To the pool, while something slow is waited for; the next query takes one again. Not in a transaction."""
    if not connection.in_atomic_block:
        connection.close()
