"""Every address of a compound, read off the URL configuration, so that new ones are walked without being named."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# What stands for a row that the scenery does not know.
_STAND_INS = {"IntConverter": 1, "UUIDConverter": uuid.UUID(int=1), "SlugConverter": "x", "PathConverter": "x"}


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
        """The methods that a decorator of Django's lets through; None when none is there."""
        return _methods_of(self.view)

    def path(self, known: dict[str, Any]) -> str:
        """The path inside a compound, with known rows for its arguments as far as there are any."""
        arguments = {
            name: known.get(name, _STAND_INS.get(type(converter).__name__, "x"))
            for name, converter in self.converters.items()
        }
        return reverse(self.name, urlconf=settings.COMPOUND_URLCONF, kwargs=arguments)


def of_a_compound() -> list[Address]:
    return list(_walk(get_resolver(settings.COMPOUND_URLCONF), "", {}))


def _walk(resolver: URLResolver, before: str, converters: dict[str, Any]) -> Iterator[Address]:
    for part in resolver.url_patterns:
        route, found = before + str(part.pattern), converters | part.pattern.converters
        if route.startswith("api/"):
            # Not pages: their door is walked in tests/partners/test_grants.py.
            continue
        if isinstance(part, URLPattern):
            yield Address(route, part.name or "", part.callback, found)
        else:
            yield from _walk(part, route, found)


def _methods_of(view: Callable[..., Any]) -> set[str] | None:
    layer: Any = view
    while layer is not None:
        closed_over = dict(zip(layer.__code__.co_freevars, layer.__closure__ or (), strict=True))
        if "request_method_list" in closed_over:
            return set(closed_over["request_method_list"].cell_contents)
        layer = getattr(layer, "__wrapped__", None)
    return None
