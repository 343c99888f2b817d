"""Pages beside the list of compounds, and what begins the opening of a compound: given by the apps above.

Those who may add a compound reach them; everybody else is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from compounds.registry.models import Compound
from compounds.registry.office import OnlyReads


@dataclass(frozen=True)
class ListPage:
    """One page: its name, its address behind ``/admin/registry/compound/``, and its view, ``view(request, …)``."""

    name: str
    title: Any
    route: str
    view: Callable[..., HttpResponse]
    listed: bool = True


_pages: dict[str, ListPage] = {}
_openers: list[Callable[[Compound], object]] = []


def register(page: ListPage) -> None:
    """Add a page. Raises ValueError when its name is taken."""
    if page.name in _pages:
        raise ValueError(f"{page.name} is there already")
    _pages[page.name] = page


def register_opener(begin: Callable[[Compound], object]) -> None:
    """Name what makes a reserved compound open; it is called in the transaction that reserved it."""
    _openers.append(begin)


def begin_opening(compound: Compound) -> None:
    for begin in _openers:
        begin(compound)


def offered() -> list[tuple[Any, str]]:
    """Titles and addresses of the pages that are offered above the list."""
    return [(page.title, reverse(f"admin:registry_compound_{page.name}")) for page in _pages.values() if page.listed]


def context(title: Any, request: HttpRequest) -> dict[str, Any]:
    """What a page in the admin's look needs besides its own."""
    return {**admin.site.each_context(request), "title": title, "opts": Compound._meta}


def urls(compounds: Any) -> list[URLPattern]:
    return [
        path(
            page.route,
            compounds.admin_site.admin_view(_Guard(compounds, page).answer),
            name=f"registry_compound_{page.name}",
        )
        for page in _pages.values()
    ]


class _Guard:
    def __init__(self, compounds: Any, page: ListPage) -> None:
        self.compounds, self.page = compounds, page

    @method_decorator([never_cache, csrf_protect])
    def answer(self, request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not self.compounds.has_add_permission(request):
            raise OnlyReads
        return self.page.view(request, self.compounds, **arguments)
