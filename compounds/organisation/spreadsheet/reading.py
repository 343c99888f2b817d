"""Reading an .xlsx file into rows of text, and refusing what could harm or mislead.

A formula is refused, not computed: what it shows depends on the program that saved the file last. Merged cells are
refused, since only the first of them holds the value. Before the reader sees the file its parts are unpacked here with
a limit, and the largest row and column are looked up: a cell far away would make the reader fill the space up to it.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import unescape

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from compounds.kernel.errors import DomainError
from compounds.organisation.spreadsheet.columns import SHEETS, SheetForm, in_every_language

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_ROWS = 30_000
MOST_COLUMNS = 26
MOST_PROBLEMS = 200

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>(?:\s*<(?:\w+:)?(f)\b)?")
_AT = re.compile(rb'\br="([A-Z]+)(\d+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+)')
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)/?>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)/?>")


class NotReadable(DomainError):
    """The upload is not a spreadsheet that can be looked through row by row; ``why`` says which rule it breaks."""

    code = "sheet_not_readable"
    status = 422
    title = _("This file cannot be taken in")
    message = "%(why)s"


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
    parts = _unpack(content)
    book = Book()
    known = {name: form for form in sheets for name in in_every_language(form.name)}
    names = _sheet_parts(parts)
    wanted = {name: form for name in names if (form := known.get(name.strip().casefold()))}
    if not wanted:
        raise NotReadable(
            why=_("None of its sheets is called “%(names)s”. Use the template.")
            % {"names": "”, “".join(str(form.name) for form in sheets)}
        )
    for name in wanted:
        _look_through(name, parts.get(names[name], b""), book)
    if book.problems:
        return book
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name, form in wanted.items():
            table = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            _take_rows(name, form, table, book)
    except CalamineError as error:
        raise NotReadable(why=_("It is damaged or protected by a password.")) from error
    return book


def _unpack(content: bytes) -> dict[str, bytes]:
    """The parts of the file, unpacked as far as they are allowed to be large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MOST_UNPACKED or len(infos) > 500:
                raise NotReadable(why=_("Unpacked it is far too large."))
            # Reading checks each part's size and checksum, so that the reader after us meets no surprise.
            return {info.filename.lstrip("/"): archive.read(info) for info in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise NotReadable(
            why=_("It is not an Excel file of the kind .xlsx, it is damaged, or it is protected by a password.")
        ) from error


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """For each sheet's name the part of the file that holds it."""
    relations = {}
    for found in _RELATION.finditer(parts.get("xl/_rels/workbook.xml.rels", b"").decode(errors="replace")):
        target = _attribute(found[1], "Target")
        relations[_attribute(found[1], "Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    names = {}
    for found in _SHEET.finditer(parts.get("xl/workbook.xml", b"").decode(errors="replace")):
        names[_attribute(found[1], "name")] = relations.get(_attribute(found[1], r"\w+:id"), "")
    return names


def _attribute(text: str, name: str) -> str:
    found = re.search(rf'(?:^|\s){name}="([^"]*)"', text)
    return unescape(found[1], {"&quot;": '"', "&apos;": "'"}) if found else ""


def _look_through(name: str, part: bytes, book: Book) -> None:
    """Formulas and merged cells, each with its place; too many rows or columns for the file as a whole."""
    cells = 0
    for found in _CELL.finditer(part):
        cells += 1
        if at := _AT.search(found[1]):
            column, row = at[1].decode(), int(at[2])
            if row > MOST_ROWS + 1:
                raise NotReadable(why=_("The sheet “%(sheet)s” has more than 30,000 rows.") % {"sheet": name})
            if len(column) > 1:
                raise NotReadable(
                    why=_("The sheet “%(sheet)s” has something in column %(column)s, far right of its columns.")
                    % {"sheet": name, "column": column}
                )
            if found[2] and len(book.problems) < MOST_PROBLEMS:
                wrong = _("A formula. Copy the column and paste it as values.")
                book.problems.append(Problem(name, row, column, wrong))
    if cells > MOST_ROWS * MOST_COLUMNS:
        raise NotReadable(why=_("The sheet “%(sheet)s” has more than 30,000 rows.") % {"sheet": name})
    for merged in _MERGED.finditer(part):
        wrong = _("Merged cells. Unmerge them and fill each row.")
        book.problems.append(Problem(name, int(merged[2]), merged[1].decode(), wrong))


def _take_rows(name: str, form: SheetForm, table: list[list[Any]], book: Book) -> None:
    book.names[form.key] = name
    heading, *rows = table or [[]]
    found = _columns_of(form, heading)
    missing = [str(column.heading) for column in form.columns if column.required and column.key not in found]
    if missing:
        here = ", ".join(as_text(cell) for cell in heading if as_text(cell)) or "–"
        wrong = _("This column is missing. The first row must hold the headings of the template.")
        book.problems += [Problem(name, 1, column, wrong, here) for column in missing]
        return
    book.headings[form.key] = {key: chr(ord("A") + place) for key, place in found.items()}
    book.rows[form.key] = []
    for number, values in enumerate(rows, start=2):
        cells = {key: as_text(values[place]) if place < len(values) else "" for key, place in found.items()}
        if any(cells.values()):
            book.rows[form.key].append(Row(number, cells))


def _columns_of(form: SheetForm, heading: list[Any]) -> dict[str, int]:
    names = {name: column.key for column in form.columns for name in in_every_language(column.heading)}
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        key = names.get(as_text(cell).rstrip("*").strip().casefold())
        if key and key not in found:
            found[key] = place
    return found


def as_text(value: Any) -> str:
    """A cell as a person would read it: 601.0 is 601. Characters that a database refuses are dropped."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\x00", "").strip()
