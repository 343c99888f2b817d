"""Overdue matters of all compounds that one sees: filtered, sorted, page by page, or all of them as a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from compounds.oversight import register, steering
from compounds.oversight.district import pages
from compounds.oversight.district.forms import OverdueForm
from compounds.oversight.district.scope import Places, items_seen, may_steer
from compounds.oversight.models import OpenItem, OpenItemQuerySet
from compounds.registry.models import CompoundState

_SIZE = 50
_ORDERS = {
    "": ["due_on"],
    "-due_on": ["-due_on"],
    "compound": ["compound__name", "due_on"],
    "category": ["category", "due_on"],
    "party": ["party", "due_on"],
    "step": ["step", "due_on"],
}


@dataclass(frozen=True)
class Matter:
    """One open matter in words."""

    item: OpenItem
    today: date
    may_steer: bool = False

    @property
    def category(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return self.item.category if chinese else self.item.category_en or self.item.category

    @property
    def step(self) -> str:
        return str(register.words().steps.get(self.item.step, self.item.step))

    @property
    def party(self) -> str:
        """With whom it is; a dash where no unit and no body has it."""
        return str(register.words().parties.get(self.item.party, self.item.party)) or "–"

    @property
    def days_late(self) -> int:
        return self.item.days_late(self.today)

    @property
    def actions(self) -> list[tuple[Any, str]]:
        """Titles and addresses of what an office may do about it; none for whoever only reads."""
        item = self.item
        if not self.may_steer or item.compound.state != CompoundState.READY:
            return []
        return steering.links(item.compound_id, item.number, step=item.step)

    @property
    def url(self) -> str:
        """Its page inside the compound; opening it is kept as a look into the compound."""
        return self.item.compound.url + register.words().path(self.item.number)


@dataclass
class Search:
    """What a request asks for."""

    request: HttpRequest
    today: date

    @cached_property
    def form(self) -> OverdueForm:
        return OverdueForm(self.request.GET, Places(self.request), self.categories)

    @cached_property
    def categories(self) -> list[tuple[str, str]]:
        """The categories of what is overdue, in the reader's language."""
        overdue = items_seen(self.request).overdue(self.today)
        named = overdue.order_by("category").values_list("category", "category_en").distinct()
        chinese = (get_language() or "").startswith("zh")
        return list({name: name if chinese else english or name for name, english in named}.items())

    @cached_property
    def rows(self) -> OpenItemQuerySet:
        asked = self.form.sound
        rows = items_seen(self.request).overdue(self.today).filter(_wanted(asked, self.today))
        rows = rows.select_related("compound__community__street")
        return rows.order_by(*_ORDERS.get(asked["order"], ["due_on"]), "pk")


def context(request: HttpRequest) -> dict[str, Any]:
    """The page that the address asks for; the same number of queries however much is overdue."""
    search = Search(request, timezone.localdate())
    form = search.form
    page = pages.cut(request, search.rows, number=form.sound["page"] or None, size=_SIZE)
    return {
        "form": form,
        "page": page,
        "matters": [
            Matter(item, search.today, may_steer(request, item.compound.community))  # type: ignore[attr-defined]
            for item in page.rows
        ],
        "export_query": pages.without(request, "page"),
        "today": search.today,
        "status": 200 if form.is_valid() else 422,
    }


def matters(request: HttpRequest, today: date, *, most: int) -> Iterator[Matter]:
    """At most so many of the rows that the address asks for, read a piece at a time."""
    for item in Search(request, today).rows[:most].iterator(chunk_size=2000):
        yield Matter(item, today)


def _wanted(asked: dict[str, Any], today: date) -> Q:
    found = Q()
    for name, lookup in (
        ("street", "compound__community__street"),
        ("community", "compound__community"),
        ("category", "category"),
        ("step", "step"),
        ("party", "party"),
    ):
        if asked[name]:
            found &= Q(**{lookup: asked[name]})
    if asked["late"]:
        found &= Q(due_on__lte=today - timedelta(days=asked["late"]))
    if text := asked["q"]:
        found &= Q(compound__name__icontains=text) | Q(title__icontains=text) | Q(number__istartswith=text)
    return found
