"""Every address, read off the URL configuration, so that new ones are walked without being named."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# What stands for a row that the scenery does not know.
_STAND_INS = {
    "IntConverter": 1,
    "UUIDConverter": uuid.UUID(int=1),
    "IssueNumberConverter": "2026-9999",
    "QuarterConverter": "1999-Q1",
    "KindConverter": "xml",
}


@dataclass(frozen=True)
class Address:
    """One URL pattern: its whole route, its name, its view and the converters of its arguments."""

    route: str
    name: str
    view: Callable[..., Any]
    converters: dict[str, Any]

    @property
    def open_to_all(self) -> bool:
        return bool(getattr(self.view, "open_to_all", False))

    @property
    def methods(self) -> set[str] | None:
        """The methods that a decorator of Django's lets through, or a class answers; None when none is there."""
        if cls := getattr(self.view, "cls", None):
            return {name.upper() for name in cls.http_method_names if hasattr(cls, name)}
        return _methods_of(self.view)

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    def path(self, known: dict[str, Any], urlconf: str = settings.COMPOUND_URLCONF) -> str:
        """The path inside a compound, with known rows for its arguments as far as there are any."""
        arguments = {
            name: known.get(name, _STAND_INS.get(type(converter).__name__, "x"))
            for name, converter in self.converters.items()
        }
        return reverse(self.name, urlconf=urlconf, kwargs=arguments)


def of_a_compound() -> list[Address]:
    """Pages and files inside a compound, Open311 too; not the API."""
    return [address for address in _all_of(settings.COMPOUND_URLCONF) if not address.is_api]


def of_the_api() -> list[Address]:
    """The API inside a compound. Its door for tokens is walked in tests/partners/test_grants.py."""
    return [address for address in _all_of(settings.COMPOUND_URLCONF) if address.is_api]


def outside() -> list[Address]:
    """Every address outside the compounds: accounts, links, the district's admin, the district's API."""
    return _all_of(settings.ROOT_URLCONF)


def _all_of(urlconf: str) -> list[Address]:
    return list(_walk(get_resolver(urlconf), "", "", {}))


def _walk(resolver: URLResolver, before: str, space: str, converters: dict[str, Any]) -> Iterator[Address]:
    for part in resolver.url_patterns:
        route, found = before + str(part.pattern), converters | part.pattern.converters
        if isinstance(part, URLPattern):
            yield Address(route, space + (part.name or ""), part.callback, found)
        else:
            yield from _walk(part, route, f"{space}{part.namespace}:" if part.namespace else space, found)


def _methods_of(view: Callable[..., Any]) -> set[str] | None:
    layer: Any = view
    while layer is not None:
        closed_over = dict(zip(layer.__code__.co_freevars, layer.__closure__ or (), strict=True))
        if "request_method_list" in closed_over:
            return set(closed_over["request_method_list"].cell_contents)
        layer = getattr(layer, "__wrapped__", None)
    return None
