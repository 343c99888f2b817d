"""Overdue matters of all compounds that one sees: filtered, sorted, page by page, or all of them as a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Q, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from compounds.oversight import register, steering
from compounds.oversight.district import pages, shown
from compounds.oversight.district.forms import OverdueForm
from compounds.oversight.district.scope import Places, items_seen, may_steer
from compounds.oversight.models import OpenItem, OpenItemQuerySet
from compounds.registry.models import CompoundState

_SIZE = 50
_A_DAY = timedelta(days=1)
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
    now: datetime
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
    def escalated(self) -> str:
        """The farthest level that it was taken up to for being late; empty where it was not."""
        return str(register.words().levels.get(self.item.escalated, self.item.escalated))

    @property
    def days_late(self) -> int:
        return self.item.days_late(timezone.localdate(self.now))

    @property
    def late(self) -> str:
        """How late it is: in days, on the first day of a clock in hours in hours. Empty for what is not late."""
        if not self.item.is_late(self.now):
            return ""
        if self.item.due_at and self.now - self.item.due_at < _A_DAY:
            return shown.duration((self.now - self.item.due_at).total_seconds())
        return str(self.days_late)

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
    now: datetime

    @cached_property
    def form(self) -> OverdueForm:
        return OverdueForm(self.request.GET, Places(self.request), self.categories)

    @cached_property
    def categories(self) -> list[tuple[str, str]]:
        """The categories of what is overdue, in the reader's language."""
        overdue = items_seen(self.request).overdue(self.now)
        named = overdue.order_by("category").values_list("category", "category_en").distinct()
        chinese = (get_language() or "").startswith("zh")
        return list({name: name if chinese else english or name for name, english in named}.items())

    @cached_property
    def rows(self) -> OpenItemQuerySet:
        asked = self.form.sound
        rows = items_seen(self.request).overdue(self.now).filter(_wanted(asked, self.now))
        rows = rows.select_related("compound__community__street")
        if asked["order"] == "escalated":
            return rows.order_by(_how_far_up().desc(), "due_on", "pk")
        return rows.order_by(*_ORDERS.get(asked["order"], ["due_on"]), "pk")


def context(request: HttpRequest) -> dict[str, Any]:
    """The page that the address asks for; the same number of queries however much is overdue."""
    search = Search(request, timezone.now())
    form = search.form
    page = pages.cut(request, search.rows, number=form.sound["page"] or None, size=_SIZE)
    return {
        "form": form,
        "page": page,
        "matters": [
            Matter(item, search.now, may_steer(request, item.compound.community))  # type: ignore[attr-defined]
            for item in page.rows
        ],
        "export_query": pages.without(request, "page"),
        "status": 200 if form.is_valid() else 422,
    }


def matters(request: HttpRequest, now: datetime, *, most: int) -> Iterator[Matter]:
    """At most so many of the rows that the address asks for, read a piece at a time."""
    for item in Search(request, now).rows[:most].iterator(chunk_size=2000):
        yield Matter(item, now)


def _wanted(asked: dict[str, Any], now: datetime) -> Q:
    found = Q()
    for name, lookup in (
        ("street", "compound__community__street"),
        ("community", "compound__community"),
        ("category", "category"),
        ("step", "step"),
        ("party", "party"),
        ("escalated", "escalated"),
    ):
        if asked[name]:
            found &= Q(**{lookup: asked[name]})
    if asked["late"]:
        found &= Q(due_on__lte=timezone.localdate(now) - timedelta(days=asked["late"]))
    if text := asked["q"]:
        found &= Q(compound__name__icontains=text) | Q(title__icontains=text) | Q(number__istartswith=text)
    return found


def _how_far_up() -> Case:
    """The place of an item's level in the order of the levels; 0 where it was not taken up."""
    levels = enumerate(register.words().levels, start=1)
    return Case(*(When(escalated=level, then=place) for place, level in levels), default=0)
