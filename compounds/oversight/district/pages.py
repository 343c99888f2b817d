"""Numbered pages of what is counted already: a page beyond the last is the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

_HIGHEST = 100_000


@dataclass(frozen=True)
class Cut:
    """One page of so many rows."""

    rows: Sequence[Any]
    all: int
    number: int
    last: int
    first_row: int
    previous_url: str
    next_url: str


class PageField(forms.IntegerField):
    """The number of a page, in the address."""

    def __init__(self) -> None:
        super().__init__(label=_("page"), min_value=1, max_value=_HIGHEST, required=False, widget=forms.HiddenInput)


def cut(request: HttpRequest, rows: Any, *, number: int | None, size: int, count: int | None = None) -> Cut:
    """The page of that number; ``rows`` is a list or a query set, whose ``count`` costs a query unless it is given."""
    if count is None:
        count = len(rows) if isinstance(rows, list) else rows.count()
    last = max(1, ceil(count / size))
    number = min(max(1, number or 1), last)
    begin = (number - 1) * size
    return Cut(
        list(rows[begin : begin + size]),
        count,
        number,
        last,
        begin + 1,
        _url(request, number - 1) if number > 1 else "",
        _url(request, number + 1) if number < last else "",
    )


def number(request: HttpRequest) -> int | None:
    """The page that the address names, on a page without a form; None where that is no number of a page."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None


def _url(request: HttpRequest, number: int) -> str:
    return "?" + without(request, "page", page=number)


def without(request: HttpRequest, *names: str, **more: object) -> str:
    """The address's query without some of its names, and with others."""
    kept: list[tuple[str, Any]] = [
        (name, value) for name, values in request.GET.lists() if name not in names for value in values
    ]
    return urlencode(kept + list(more.items()))
