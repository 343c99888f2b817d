from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware
from structlog import contextvars


class RequestLogMiddleware(RequestMiddleware):
    """One log event a request, named by its route: addresses hold tokens, and search words hold people's names.

    Of a view that is ``unlogged`` there is none, unless it broke.
    """

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        return f"{request.method} {match.route if match else '?'}"

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        match = request.resolver_match
        if match and getattr(match.func, "unlogged", False) and not hasattr(request, "_raised_exception"):
            contextvars.clear_contextvars()
            return
        super().handle_response(request, response)


def unlogged[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Mark a view whose requests leave no line in the log: that line would say when somebody did something."""
    view.unlogged = True  # type: ignore[attr-defined]
    return view
