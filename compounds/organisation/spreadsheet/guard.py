"""What is looked at before the reader sees a spreadsheet: its parts, and each sheet's cells one by one.

The reader fills the space up to the last cell, so one cell far away would take all memory; and of a formula it shows
what the program that saved the file last made of it. Parts are read as XML and not searched as text: a cell's address
may stand in other quotes, in small letters or not at all, and then it is that of the next cell.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError

MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 30_000
MOST_COLUMNS = 26
MOST_PROBLEMS = 200

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_STRANGE = _("One of its sheets is not written as usual. Open the file in a spreadsheet program and save it again.")

type Attributes = dict[str, str]


class NotReadable(DomainError):
    """The upload is not a spreadsheet that can be looked through row by row; ``why`` says which rule it breaks."""

    code = "sheet_not_readable"
    status = 422
    title = _("This file cannot be taken in")
    message = "%(why)s"


class Refused(NamedTuple):
    """A cell that is not read, by row and column, and why."""

    row: int
    column: str
    wrong: Any


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of the file by their names in small letters. Raises NotReadable, for a macro too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MOST_UNPACKED or len(infos) > MOST_PARTS:
                raise NotReadable(why=_("Unpacked it is far too large."))
            # Reading checks each part's size and checksum, so that the reader after us meets no surprise.
            parts = {_part(info.filename): archive.read(info) for info in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise NotReadable(
            why=_("It is not an Excel file of the kind .xlsx, it is damaged, or it is protected by a password.")
        ) from error
    if len(parts) != len(infos):
        # Of two parts of one name the reader might take the other one.
        raise NotReadable(why=_STRANGE)
    if any(posixpath.basename(name) == "vbaproject.bin" for name in parts):
        raise NotReadable(why=_("It holds macros. Save it as an Excel workbook without macros (.xlsx)."))
    return parts


def sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """For each sheet's name the part of the file that holds it. Raises NotReadable."""
    relations: dict[str, str] = {}
    names: dict[str, str] = {}

    def relation(tag: str, given: Attributes) -> None:
        if tag == "Relationship":
            relations[given.get("Id", "")] = _part(posixpath.join("/xl", given.get("Target", "")))

    def sheet(tag: str, given: Attributes) -> None:
        if tag == "sheet":
            key = next((value for name, value in given.items() if name.endswith(":id")), "")
            names[given.get("name", "")] = relations.get(key, "")

    _each_element(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation)
    _each_element(parts.get("xl/workbook.xml", b"<none/>"), sheet)
    return names


def refused_cells(name: str, part: bytes | None) -> list[Refused]:
    """Formulas and merged cells of a sheet. Raises NotReadable for too many rows or columns."""
    if part is None:
        raise NotReadable(why=_STRANGE)
    cells = _Cells(name)
    _each_element(part, cells.element)
    return cells.refused


class _Cells:
    """Goes through a sheet's cells as the reader will, and knows where each stands."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.row = self.column = self.count = 0
        self.at = (0, 0)
        self.refused: list[Refused] = []

    def element(self, tag: str, given: Attributes) -> None:
        if tag == "c":
            self._cell(given.get("r"))
        elif tag == "row":
            self.row, self.column = _whole(given["r"]) if "r" in given else self.row + 1, 0
        elif tag == "f":
            self._refuse(*self.at, _("A formula. Copy the column and paste it as values."))
        elif tag == "mergeCell":
            row, column = _place(given.get("ref", "").partition(":")[0])
            self._refuse(row, column, _("Merged cells. Unmerge them and fill each row."))

    def _cell(self, address: str | None) -> None:
        row, self.column = self.at = _place(address) if address is not None else (self.row, self.column + 1)
        self.count += 1
        if row > MOST_ROWS + 1 or self.count > MOST_ROWS * MOST_COLUMNS:
            raise NotReadable(why=_("The sheet “%(sheet)s” has more than 30,000 rows.") % {"sheet": self.sheet})
        if self.column > MOST_COLUMNS:
            raise NotReadable(
                why=_("The sheet “%(sheet)s” has something in column %(column)s, far right of its columns.")
                % {"sheet": self.sheet, "column": letters(self.column)}
            )

    def _refuse(self, row: int, column: int, wrong: Any) -> None:
        if len(self.refused) < MOST_PROBLEMS:
            self.refused.append(Refused(row, letters(column), wrong))


def _each_element(part: bytes, take: Callable[[str, Attributes], None]) -> None:
    """Call ``take`` with each element's name, without its prefix, and its attributes. Raises NotReadable."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, given: take(tag.rpartition(":")[2], given)
    parser.StartDoctypeDeclHandler = _no_document_type
    try:
        # The reader knows UTF-8 only; what it cannot read it would take for empty.
        part.decode()
        parser.Parse(part, True)
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise NotReadable(why=_STRANGE) from error


def _no_document_type(*_given: object) -> None:
    raise NotReadable(why=_STRANGE)


def _part(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").casefold()


def _place(address: str) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise NotReadable(why=_STRANGE)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", text):
        raise NotReadable(why=_STRANGE)
    return int(text)


def letters(column: int) -> str:
    """A column as the spreadsheet program names it, from 1."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
