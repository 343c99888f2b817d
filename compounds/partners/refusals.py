"""Which refusals each operation may answer, by their codes; what its document lists, and the test suite holds it to.

What holds for every address follows from what its view is; beyond that a view names the errors of its services in
``refusals``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rest_framework.permissions import SAFE_METHODS

from compounds.kernel.errors import Busy, DomainError, Unavailable
from compounds.partners.errors import (
    Changed,
    CursorInvalid,
    ForPartnersOnly,
    KeyInUse,
    KeyInvalid,
    KeyMissing,
    KeyReused,
    MatchMissing,
    ScopeMissing,
)
from compounds.partners.paging import PageQuery
from compounds.partners.problems import invalid, plain, problem
from compounds.partners.views import ApiView, scopes_of

_NO_TOKEN = ("not_authenticated", "Authentication credentials were not provided.")
_BAD_TOKEN = ("invalid_token", "The token is unknown, expired or revoked.")
_NO_JSON = ("parse_error", "This is no JSON: line 1, column 2.")
_NO_PARAMETER = {"parameter": "limit", "detail": "Ensure this value is less than or equal to 200.", "code": "max_value"}
_NO_FIELD = {"pointer": "/colour", "detail": "There is no such field.", "code": "unknown"}


@dataclass(frozen=True)
class Refusal:
    """One code with its status; ``example`` is a whole answer."""

    status: int
    code: str
    example: dict[str, Any] = field(compare=False)


class _Facts(dict[str, str]):
    """What an error's words name differs from case to case."""

    def __missing__(self, name: str) -> str:
        return "…"


def refusals_of(view: ApiView | type[ApiView], method: str) -> list[Refusal]:
    """Each once, by status and code; in the language of the one who asks."""
    found = {(one.status, one.code): one for one in _all(view, method)}
    return [found[key] for key in sorted(found)]


def _all(view: ApiView | type[ApiView], method: str) -> Iterator[Refusal]:
    yield from (_plain(status) for status in (400, 404, 429, 500))
    yield from (_plain(401, *_NO_TOKEN), _plain(401, *_BAD_TOKEN), _of(Busy), _of(Unavailable))
    yield from _of_the_door(view, method)
    if method in SAFE_METHODS:
        yield from _of_the_query(view)
    else:
        yield from _of_the_body(view, method)
    yield from map(_of, view.refusals.get(method, ()))


def _of_the_door(view: ApiView | type[ApiView], method: str) -> Iterator[Refusal]:
    if scopes_of(view, method):
        yield _of(ScopeMissing)
    yield from map(_of, view.door_for_partners)
    if view.partners_only:
        yield _of(ForPartnersOnly)
        return
    yield from map(_of, view.door_for_people)
    if method not in SAFE_METHODS:
        # A session's request without its CSRF token.
        yield _plain(403)
        yield from map(_of, view.door_for_people_who_write)


def _of_the_query(view: ApiView | type[ApiView]) -> Iterator[Refusal]:
    if view.query_shape is not None:
        yield Refusal(400, "invalid", invalid(400, [_NO_PARAMETER]))
        if issubclass(view.query_shape, PageQuery):
            yield _of(CursorInvalid)


def _of_the_body(view: ApiView | type[ApiView], method: str) -> Iterator[Refusal]:
    yield _plain(400, *_NO_JSON)
    yield from (_plain(status) for status in (411, 413, 415))
    yield Refusal(422, "invalid", invalid(422, [_NO_FIELD]))
    if method == "POST":
        yield from map(_of, (KeyMissing, KeyInvalid, KeyInUse, KeyReused))
    if method in view.needs_match:
        yield from map(_of, (Changed, MatchMissing))


def _of(error: type[DomainError]) -> Refusal:
    said = [str(text) % _Facts() for text in (error.title, error.message, error.hint)]
    return Refusal(error.status, error.code, problem(error.status, error.code, said[0], said[1], hint=said[2]))


def _plain(status: int, code: str = "", detail: str = "") -> Refusal:
    own, title, said = plain(status)
    return Refusal(status, code or own, problem(status, code or own, title, detail or said))
