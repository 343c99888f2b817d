"""The spreadsheet by which many compounds are opened at once: its columns, and what is wrong in one."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from compounds.organisation.spreadsheet.columns import Column, SheetForm
from compounds.organisation.spreadsheet.guard import NotReadable
from compounds.organisation.spreadsheet.reading import Book, Problem, Row, read
from compounds.organisation.spreadsheet.writing import write_book
from compounds.registry import names, slugs
from compounds.registry.models import Community

MOST_COMPOUNDS = 2000
COMPOUNDS = SheetForm(
    "compounds",
    pgettext_lazy("spreadsheet", "Compounds"),
    (
        Column(
            "name",
            pgettext_lazy("spreadsheet", "Compound name"),
            gettext_lazy("For example 西郡佳园; at most 60 characters. Each name once in its community."),
            required=True,
        ),
        Column(
            "community",
            pgettext_lazy("spreadsheet", "Community"),
            gettext_lazy("The community's name, written as in the list of communities."),
            required=True,
        ),
        Column(
            "slug",
            pgettext_lazy("spreadsheet", "Address"),
            gettext_lazy(
                "The part of the web address after /c/: small letters, digits, hyphens. May stay empty: then it is "
                "made of the name's pinyin. It cannot be changed later."
            ),
            kind="sign",
        ),
        Column(
            "built_on",
            pgettext_lazy("spreadsheet", "Built"),
            gettext_lazy("A year or a day, for example 2008 or 2008-05-01. May stay empty."),
            kind="day",
        ),
    ),
)
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?: 00:00:00)?")
_YEAR = re.compile(r"([0-9]{4})年?")


@dataclass(frozen=True)
class NewCompound:
    """One row that is in order."""

    slug: str
    name: str
    community: int
    built_on: str | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def template() -> bytes:
    """The empty form, with its explanation."""
    rules = [
        _("All compounds are opened, or none. What is wrong is shown first, with row and column."),
        _("Columns with * must be filled. Formulas and merged cells are refused: paste values."),
        _("At most 2,000 compounds at once. The order of the columns does not matter."),
    ]
    return write_book((COMPOUNDS,), {}, rules)


def look(content: bytes, communities: QuerySet[Community]) -> tuple[list[NewCompound], list[Problem]]:
    """The compounds that a spreadsheet asks for, in ``communities`` only, and what is wrong. Raises NotReadable."""
    book = read(content, (COMPOUNDS,))
    rows = book.rows.get(COMPOUNDS.key, [])
    if len(rows) > MOST_COMPOUNDS:
        raise NotReadable(why=_("It has more than 2,000 compounds. Split it up."))
    if not rows and not book.problems:
        raise NotReadable(why=_("There is no compound in it."))
    looked = _Look(book, communities)
    return [found for row in rows if (found := looked.row(row))], looked.problems


def check_again(compounds: list[NewCompound], communities: QuerySet[Community]) -> bool:
    """Whether all can still be opened: nobody took an address or a name, and all communities are still there."""
    known, called = slugs.taken(), names.taken({one.community for one in compounds})
    keys = set(communities.filter(pk__in={one.community for one in compounds}).values_list("pk", flat=True))
    return all(
        one.community in keys
        and slugs.wrong(one.slug, known) is None
        and names.wrong(one.name, one.community, called) is None
        for one in compounds
    )


class _Look:
    def __init__(self, book: Book, communities: QuerySet[Community]) -> None:
        self.book = book
        self.problems = list(book.problems)
        self.known = slugs.taken()
        self.communities: dict[str, list[int]] = {}
        for key, name in communities.values_list("pk", "name"):
            self.communities.setdefault(name, []).append(key)
        self.called = names.taken(communities)
        self.seen: dict[str, int] = {}
        self.seen_names: dict[tuple[int, str], int] = {}
        # What is written out is kept before anything is proposed, whatever the order of the rows.
        written = {row.cells.get("slug", "").casefold() for row in book.rows.get(COMPOUNDS.key, [])}
        self.not_free = self.known | written

    def row(self, row: Row) -> NewCompound | None:
        before = len(self.problems)
        name = self._name(row)
        community = self._community(row)
        if name and community:
            self._once(row, name, community)
        built_on = self._built_on(row)
        # For a row that is refused anyway no address is looked for.
        slug = self._slug(row, name if len(self.problems) == before else "")
        if len(self.problems) > before:
            return None
        return NewCompound(slug, name, community, built_on)

    def _wrong(self, row: Row, key: str, what: Any) -> None:
        column = self.book.headings[COMPOUNDS.key].get(key, "")
        self.problems.append(
            Problem(self.book.names[COMPOUNDS.key], row.number, column, what, row.cells.get(key, "")[:60])
        )

    def _name(self, row: Row) -> str:
        name = row.cells.get("name", "")
        if not name:
            self._wrong(row, "name", _("This must not be empty."))
        elif len(name) > 60:
            self._wrong(row, "name", _("Longer than %(most)s characters.") % {"most": 60})
        return name

    def _community(self, row: Row) -> int:
        name = row.cells.get("community", "")
        found = self.communities.get(name, [])
        if not name:
            self._wrong(row, "community", _("This must not be empty."))
        elif not found:
            self._wrong(row, "community", _("There is no community of this name in what you administer."))
        elif len(found) > 1:
            self._wrong(row, "community", _("Several communities are called so. Open this compound with the form."))
        return found[0] if len(found) == 1 else 0

    def _once(self, row: Row, name: str, community: int) -> None:
        first = self.seen_names.setdefault((community, names.plain(name)), row.number)
        if first != row.number:
            wrong = _(
                "Row %(row)s has this compound already. If this is another one, add what tells them apart, such as "
                "一期 or 二期."
            )
            self._wrong(row, "name", wrong % {"row": first})
        elif problem := names.wrong(name, community, self.called):
            self._wrong(row, "name", problem)

    def _built_on(self, row: Row) -> str | None:
        text = row.cells.get("built_on", "")
        if not text:
            return None
        day = _as_day(text)
        if day is None:
            self._wrong(row, "built_on", _("This is neither a year nor a day, such as 2008 or 2008-05-01."))
        elif day > timezone.localdate():
            self._wrong(row, "built_on", _("This day is still to come."))
        return day.isoformat() if day else None

    def _slug(self, row: Row, name: str) -> str:
        slug = row.cells.get("slug", "")
        if not slug:
            slug = slugs.proposed(name, self.not_free) if name else ""
        elif first := self.seen.get(slug.casefold()):
            self._wrong(row, "slug", _("Row %(row)s has this address already.") % {"row": first})
        elif problem := slugs.wrong(slug, self.known):
            self._wrong(row, "slug", problem)
        self.seen.setdefault(slug.casefold(), row.number)
        self.not_free.add(slug.casefold())
        return slug


def _as_day(text: str) -> date | None:
    try:
        if found := _DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _YEAR.fullmatch(text):
            return date(int(found[1]), 1, 1)
    except ValueError:
        return None
    return None
