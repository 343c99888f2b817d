"""Pages by key: the thousandth page costs what the first costs, and nothing is counted. Parts of short lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import BadRequest
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest


@dataclass(frozen=True)
class Page[M: Model]:
    """One page of rows, and the addresses of its neighbours (empty where there is none)."""

    rows: list[M]
    next_url: str
    previous_url: str


@dataclass(frozen=True)
class Part[T]:
    """One part of a list that is known whole, and the addresses of the parts beside it (empty where there is none)."""

    rows: Sequence[T]
    next_url: str
    previous_url: str
    # The pager's word for the part before: "Newer" is for pages by time.
    is_part: bool = True


def part_of[T](request: HttpRequest, rows: Sequence[T], *, size: int = 30) -> Part[T]:
    """The part that ``?part=`` names; the last one where it names none that is there."""
    asked = request.GET.get("part", "")
    last = max(0, (len(rows) - 1) // size)
    number = min(int(asked), last) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0

    def url(to: int) -> str:
        kept = [(key, value) for key, value in request.GET.items() if key != "part"]
        return "?" + urlencode([*kept, ("part", to)])

    return Part(
        rows[number * size : (number + 1) * size],
        next_url=url(number + 1) if number < last else "",
        previous_url=url(number - 1) if number else "",
    )


def keyset_page[M: Model](request: HttpRequest, rows: QuerySet[M], *, by: str, size: int = 30) -> Page[M]:
    """Cut the page that the request's ``after``/``before`` cursor names, newest first by the field ``by``, then by key.

    ``by`` must not be null. Raises BadRequest when the cursor was not made by this function.
    """
    backward = "before" in request.GET
    cursor = request.GET.get("before" if backward else "after")
    order = [by, "pk"] if backward else [f"-{by}", "-pk"]
    if cursor:
        value, pk = _read(cursor, rows.model, by)
        beyond = "gt" if backward else "lt"
        rows = rows.filter(Q(**{f"{by}__{beyond}": value}) | Q(**{by: value, f"pk__{beyond}": pk}))
    found = list(rows.order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_next, has_previous = (True, more) if backward else (more, bool(cursor))
    return Page(
        rows=found,
        next_url=_url(request, "after", found[-1], by) if found and has_next else "",
        previous_url=_url(request, "before", found[0], by) if found and has_previous else "",
    )


def _read(cursor: str, model: type[Model], by: str) -> tuple[Any, Any]:
    try:
        value, pk = signing.loads(cursor, salt=_salt(model, by))
    except signing.BadSignature as error:
        raise BadRequest("not a cursor of ours") from error
    return value, pk


def _url(request: HttpRequest, name: str, row: Model, by: str) -> str:
    value: Any = getattr(row, by)
    cursor = signing.dumps(
        [value if isinstance(value, int | str) else value.isoformat(), row.pk], salt=_salt(type(row), by)
    )
    kept = [(key, value) for key, value in request.GET.items() if key not in {"after", "before"}]
    return "?" + urlencode([*kept, (name, cursor)])


def _salt(model: type[Model], by: str) -> str:
    """A cursor is good for one list only: another's would compare what cannot be compared."""
    return f"kernel.pagination.{model.__module__}.{model.__qualname__}.{by}"
