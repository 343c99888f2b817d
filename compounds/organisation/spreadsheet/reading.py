"""Reading an .xlsx file into rows of text, and refusing what could harm or mislead.

A formula is refused, not computed: what it shows depends on the program that saved the file last. Merged cells are
refused, since only the first of them holds the value. A date is refused where none belongs: the program made it of
something like 3-1, and what was typed is lost. A column that nobody would read is refused, since whoever filled
it would think that it was taken in. What could harm the reader is kept from it by ``guard``.
"""

import io
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from compounds.kernel.words import listed, plain
from compounds.organisation.spreadsheet import guard
from compounds.organisation.spreadsheet.columns import SHEETS, Column, SheetForm, in_every_language
from compounds.organisation.spreadsheet.guard import NotReadable

MOST_BYTES = 10 * 1024 * 1024
_MADE_A_DATE = _("Excel has made a date of this. Set the column to the format “Text”, and type it again.")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell: sheet, row and column as the spreadsheet program shows them, and what is in it."""

    sheet: str
    row: int
    column: str
    wrong: Any
    content: str = ""


@dataclass
class Row:
    """One row with its cells as text, and where it stands."""

    number: int
    cells: dict[str, str]


@dataclass
class Book:
    """The rows of the sheets that were there, by the sheets' keys, and what is wrong with their form."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(content: bytes, sheets: tuple[SheetForm, ...] = SHEETS) -> Book:
    """Read a spreadsheet. Raises NotReadable for a file as a whole; what is wrong in cells stands in ``problems``."""
    if len(content) > MOST_BYTES:
        raise NotReadable(why=_("It is larger than 10 MB."))
    parts = guard.unpacked(content)
    book = Book()
    known = {name: form for form in sheets for name in in_every_language(form.name)}
    names = guard.sheet_parts(parts)
    wanted = {name: form for name in names if (form := known.get(name.strip().casefold()))}
    if not wanted:
        raise NotReadable(
            why=_("None of its sheets is called “%(names)s”. Use the template.")
            % {"names": "”, “".join(str(form.name) for form in sheets)}
        )
    for form in wanted.values():
        if len(same := [name for name, other in wanted.items() if other is form]) > 1:
            raise NotReadable(why=_("It has this sheet more than once: “%(names)s”.") % {"names": "”, “".join(same)})
    for name in wanted:
        found = guard.refused_cells(name, parts.get(names[name]))
        book.problems += [Problem(name, *refused) for refused in found]
    if book.problems:
        return book
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name, form in wanted.items():
            table = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            _take_rows(name, form, table, book)
    except CalamineError as error:
        raise NotReadable(why=_("It is damaged or protected by a password.")) from error
    if book.problems:
        # What is missing in one sheet would look wrong in the others, too.
        book.rows.clear()
    return book


def _take_rows(name: str, form: SheetForm, table: list[list[Any]], book: Book) -> None:
    book.names[form.key] = name
    heading, *rows = table or [[]]
    found = _columns_of(form, heading)
    missing = [str(column.heading) for column in form.columns if column.required and column.key not in found]
    if missing:
        here = listed(as_text(cell) for cell in heading if as_text(cell)) or "–"
        wrong = _("This column is missing. The first row must hold the headings of the template.")
        book.problems += [Problem(name, 1, column, wrong, here) for column in missing]
        return
    if unread := _unread(name, form, heading):
        book.problems += unread
        return
    book.headings[form.key] = {key: chr(ord("A") + place) for key, place in found.items()}
    book.rows[form.key] = []
    columns = [(column, found[column.key]) for column in form.columns if column.key in found]
    for number, values in enumerate(rows, start=2):
        filled = [(column, values[place]) for column, place in columns if place < len(values)]
        for column, value in filled:
            if column.kind != "day" and isinstance(value, date | time | timedelta):
                letter = book.headings[form.key][column.key]
                book.problems.append(Problem(name, number, letter, _MADE_A_DATE, as_text(value)))
        cells = dict.fromkeys(found, "") | {column.key: _as_kept(column, value) for column, value in filled}
        if any(cells.values()):
            book.rows[form.key].append(Row(number, cells))


def _columns_of(form: SheetForm, heading: list[Any]) -> dict[str, int]:
    names = {name: column.key for column in form.columns for name in in_every_language(column.heading)}
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        key = names.get(_plain(as_text(cell)))
        if key and key not in found:
            found[key] = place
    return found


def _unread(name: str, form: SheetForm, heading: list[Any]) -> list[Problem]:
    """Headings that the template does not have, or that are there twice: what stands below would be lost unnoticed."""
    names = {word: column.key for column in form.columns for word in in_every_language(column.heading)}
    seen: set[str] = set()
    found = []
    for place, cell in enumerate(heading):
        text = as_text(cell)
        key = names.get(_plain(text))
        if key in seen:
            found.append(Problem(name, 1, guard.letters(place + 1), _("This heading is there twice."), text))
        elif text and key is None:
            wrong = _("The template has no such column. Correct its heading, or delete the column.")
            found.append(Problem(name, 1, guard.letters(place + 1), wrong, text))
        elif key:
            seen.add(key)
    return found


def _plain(heading: str) -> str:
    return heading.rstrip("*").strip().casefold()


def _as_kept(column: Column, value: Any) -> str:
    text = as_text(value)
    return text if column.kind == "words" else plain(text)


def as_text(value: Any) -> str:
    """A cell as a person would read it: 601.0 is 601. Characters that a database refuses are dropped."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\x00", "").strip()
