"""Broken rules, and the one place that turns them into an answer."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlsplit

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import get_script_prefix, is_valid_path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error
from redis import exceptions as redis

_READS = ("GET", "HEAD")
# Shorter values are choices and keys, not words; and so are longer ones that look like names in code or addresses.
_WORTH_KEEPING = 6
_CHOICE = re.compile(r"[a-z0-9_-]+")

# lock_not_available and deadlock_detected, as PostgreSQL numbers them.
_AT_IT = {"55P03", "40P01"}
# Connections lost, refused or too many, the server going down or coming up; without a number the client itself gave up.
_GONE = ("08", "53300", "57P")
# Redis (or Valkey) not there, too slow, loading, full, or a copy that takes nothing: none of it is about who asked.
_UNCOUNTED = (redis.ConnectionError, redis.TimeoutError, redis.OutOfMemoryError, redis.ReadOnlyError)

log = structlog.get_logger(__name__)

type GetResponse = Callable[[HttpRequest], HttpResponse]


class DomainError(Exception):
    """A rule of the house was about to be broken; nothing has been changed.

    ``code`` is stable and named after the rule. ``message`` says what is so, ``hint`` what to do next; both may use the
    names of ``facts`` given by the one who raises. ``actions`` are (label, URL) pairs that lead on; both may be lazy.
    """

    code = "domain_error"
    status = 409
    title: Any = _("This cannot be done right now")
    message: Any = ""
    hint: Any = ""
    # Sent with the refusal.
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, *, actions: list[tuple[Any, Any]] | None = None, **facts: Any) -> None:
        self.facts = facts
        self.actions = actions or []
        super().__init__(self.code)

    def context(self) -> dict[str, Any]:
        """What the page shows, in the language of the one who asks."""
        return {
            "title": str(self.title) % self.facts,
            "message": str(self.message) % self.facts,
            "hint": str(self.hint) % self.facts,
            "actions": self.actions,
        }


class NotAllowed(DomainError):
    """This person's posts do not allow this action, or a reader tried to change something.

    Whoever knows more gives ``why`` (which rule, who may) and ``instead`` (what this person can do).
    """

    code = "not_allowed"
    status = 403
    title = _("This is not yours to do")
    message: Any = _("Your posts in this compound do not include this action.")
    hint: Any = _("Ask the branch secretary if you think they should.")

    def __init__(self, *, why: Any = None, instead: Any = "", **more: Any) -> None:
        super().__init__(why=why, instead=instead, **more)
        if why is not None:
            self.message, self.hint = "%(why)s", "%(instead)s"


class Busy(DomainError):
    """A row was held by another request for longer than one waits, or two waited for each other."""

    code = "busy"
    status = 503
    title = _("Somebody else is at this just now")
    message = _("It was held for longer than we wait.")
    hint = _("Please try again in a moment.")
    headers = {"Retry-After": "2"}


class Unavailable(DomainError):
    """The database went away in the middle, or is not there; or what counts requests, without which none is taken."""

    code = "unavailable"
    status = 503
    title = _("We are away for a moment")
    message = _("The connection to our own records was cut.")
    hint = _("Please try again in a moment.")
    headers = {"Retry-After": "5"}


def as_refusal(error: Exception) -> DomainError | None:
    """What such an error means for who asked; None for any other. A connection that is lost is given up."""
    if isinstance(error, _UNCOUNTED):
        log.warning("redis_refused", exc_info=error)
        return Unavailable()
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    state = getattr(error.__cause__, "sqlstate", None)
    refused = Busy() if state in _AT_IT else Unavailable() if state is None or state.startswith(_GONE) else None
    if refused is not None:
        log.warning("database_refused", code=refused.code, state=state, exc_info=error)
        # Within a transaction it is the transaction's end that does so.
        connection.close_if_unusable_or_obsolete()
    return refused


@dataclass(frozen=True)
class Look:
    """How the page of a broken rule looks below an address, and what its template needs besides."""

    below: str
    template: str
    context: Callable[[HttpRequest], dict[str, Any]]


_looks: list[Look] = []


def register_look(look: Look) -> None:
    """Where pages have a head of their own, a broken rule is told below it, so that one finds on from there."""
    _looks.append(look)


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a broken rule, with its status."""
    log.info("domain_error", code=error.code, status=error.status)
    context = {"error": error.context(), "typed": _typed(request), "form_url": _form_url(request)}
    template = "kernel/domain_error.html"
    for look in _looks:
        if request.path.startswith(look.below):
            template, context = look.template, {**look.context(request), **context}
            break
    response = render(request, template, context, status=error.status)
    for name, value in error.headers.items():
        response.headers[name] = value
    return response


def _form_url(request: HttpRequest) -> str:
    """Where the refused form was filled in; the browser kept what was typed and chosen there. Empty for a mere look."""
    came_from = urlsplit(request.headers.get("referer", ""))
    if request.method != "POST" or came_from.netloc != request.get_host():
        return ""
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def _page_above(request: HttpRequest) -> str:
    """The nearest address above this one that leads to a view."""
    path = request.path_info
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(path, getattr(request, "urlconf", None)):
            break
    return get_script_prefix().rstrip("/") + path


def _typed(request: HttpRequest) -> list[str]:
    """The longer texts that were sent: they are given back, so that nothing that somebody wrote is lost. Days and
    telephone numbers are no texts, and a number does not stand on such a page."""
    return [
        text
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith(("password", "secret"))
        for text in texts
        if len(text) >= _WORTH_KEEPING and any(letter.isalpha() for letter in text) and not _CHOICE.fullmatch(text)
    ]


def crashed(request: HttpRequest) -> HttpResponse:
    """The page of what nobody expected. Where the database went away before any view was asked, that is what is told;
    the page stands alone, since the database may still be away."""
    error = sys.exc_info()[1]
    refused = as_refusal(error) if isinstance(error, Exception) else None
    # No middleware may have said yet which language is asked for.
    with translation.override(translation.get_language_from_request(request)):
        if refused is None:
            return server_error(request)
        page = loader.render_to_string("503.html", {"error": refused.context()})
    return HttpResponse(page, status=refused.status, headers=refused.headers)


class DomainErrorMiddleware:
    """Answer a DomainError with a page that says what is so and what to do next."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for_people = "json" not in response.headers.get("Content-Type", "")
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method in _READS and for_people:
            # An address that only forms send to was opened: after signing in again, by a language switch, by a link.
            return redirect(_page_above(request))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refused = exception if isinstance(exception, DomainError) else as_refusal(exception)
        return answer(request, refused) if refused else None
