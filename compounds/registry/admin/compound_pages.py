"""Pages about one compound in the district's admin, given by the apps above, behind one guard.

An app registers a view; the address, the look-up within the scope of whoever asks, the level that is needed, the
entry in the list of looks, and the way back are the same for all and stand here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from compounds.registry.models import Compound, CompoundState, StaffEntry, StaffLevel
from compounds.registry.office import Office, OnlyReads, office_over

type View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Page:
    """One kind of page about one compound.

    ``view(request, visit, **arguments)`` answers in public and steps into the compound itself. Where ``enters`` is
    true each call is kept as a look into the compound. ``listed`` pages are offered on the compound's own page.
    """

    name: str
    title: Any
    route: str
    view: View
    level: StaffLevel = StaffLevel.ADMINISTER
    states: frozenset[str] = frozenset({CompoundState.READY})
    enters: bool = True
    listed: bool = True


@dataclass(frozen=True)
class Visit:
    """A call of such a page: which compound, and for which office; None where the caller only reads."""

    compound: Compound
    office: Office | None
    page: Page

    @property
    def by(self) -> Office:
        """The office that acts. Raises OnlyReads."""
        if self.office is None:
            raise OnlyReads
        return self.office

    def answer(self, request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A page in the admin's look, rendered at once: inside the compound, if called there."""
        shown = {
            **admin.site.each_context(request),
            "title": self.page.title,
            "opts": Compound._meta,
            "original": self.compound,
            "page": self.page,
            **context,
        }
        return render(request, template, shown, status=status)


_pages: dict[str, Page] = {}


def register(page: Page) -> None:
    """Add a page, at ``/admin/registry/compound/<pk>/<route>``. Raises ValueError when its name is taken."""
    if page.name in _pages:
        raise ValueError(f"{page.name} is there already")
    _pages[page.name] = page


def address(name: str, compound_pk: int, **arguments: Any) -> str:
    """Where a page is for one compound."""
    return reverse(f"admin:registry_compound_{name}", kwargs={"pk": compound_pk, **arguments})


def crumb(name: str, compound_pk: int) -> tuple[Any, str]:
    """Title and address of a page, for those that stand below it."""
    return _pages[name].title, address(name, compound_pk)


def offered(compound: Compound, office: Office | None) -> list[tuple[Any, str]]:
    """The titles and addresses of the pages that somebody of this office finds on the compound's page.

    What is about the compound as a whole, and does not enter it, stands last.
    """
    return [
        (page.title, address(page.name, compound.pk))
        for page in sorted(_pages.values(), key=lambda page: not page.enters)
        if page.listed and compound.state in page.states and (office or page.level == StaffLevel.READ)
    ]


def urls(compounds: Any) -> list[URLPattern]:
    """The addresses of all pages, for the admin class of compounds."""
    return [
        path(
            f"<int:pk>/{page.route}",
            compounds.admin_site.admin_view(_Guard(compounds, page).answer),
            name=f"registry_compound_{page.name}",
        )
        for page in _pages.values()
    ]


class _Guard:
    def __init__(self, compounds: Any, page: Page) -> None:
        self.compounds, self.page = compounds, page

    @method_decorator([never_cache, csrf_protect])
    def answer(self, request: HttpRequest, pk: int, **arguments: Any) -> HttpResponse:
        """The page, for staff whose scope holds the compound at the level that is needed."""
        if "\x00" in request.path_info:
            raise Http404  # PostgreSQL knows no null character
        rows = self.compounds.get_queryset(request).select_related("community__district", "community__street")
        compound = get_object_or_404(rows, pk=pk, state__in=self.page.states)
        office = office_over(request.user, compound)
        if self.page.level == StaffLevel.ADMINISTER and office is None:
            raise OnlyReads
        if self.page.enters:
            StaffEntry.objects.create(user_id=request.user.pk or 0, compound=compound, path=request.path_info[:200])
        return self.page.view(request, Visit(compound, office, self.page), **arguments)
