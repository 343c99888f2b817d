"""What is looked at before the reader sees a spreadsheet: its parts, and each sheet's cells one by one.

The reader fills the space up to the last cell, so one cell far away would take all memory; and of a formula it shows
what the program that saved the file last made of it. Parts are read as XML and not searched as text: a cell's address
may stand in other quotes, in small letters or not at all, and then it is that of the next cell.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError

MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 30_000
MOST_COLUMNS = 26
# With those that only have a border or a colour.
MOST_CELLS = 1_500_000
MOST_PROBLEMS = 200

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
# The two that such a file may use, so that nothing else is unpacked.
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGED = _("It is not an Excel file of the kind .xlsx, it is damaged, or it is protected by a password.")
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
            if any(info.compress_type not in _PACKINGS for info in infos):
                raise NotReadable(why=_DAMAGED)
            if sum(info.file_size for info in infos) > MOST_UNPACKED or len(infos) > MOST_PARTS:
                raise NotReadable(why=_("Unpacked it is far too large."))
            # Reading checks each part's size and checksum, so that the reader after us meets no surprise.
            parts = {_part(info.filename): archive.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise NotReadable(why=_DAMAGED) from error
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
    """Formulas, errors and merged cells of a sheet. Raises NotReadable for too many rows or columns."""
    if part is None:
        raise NotReadable(why=_STRANGE)
    cells = _Cells(name)
    _each_element(part, cells.element, cells.ended)
    return cells.refused


class _Cells:
    """Goes through a sheet's cells as the reader will, and knows where each stands.

    A cell counts when something is in it: the reader passes over those that only have a border or a colour.
    """

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.row = self.column = self.count = self.filled = 0
        self.at, self.kind = (0, 0), ""
        self.over = False
        self.refused: list[Refused] = []

    def element(self, tag: str, given: Attributes) -> None:
        if tag == "mergeCell":
            row, column = _place(given.get("ref", "").partition(":")[0])
            self._refuse(row, column, _("Merged cells. Unmerge them and fill each row."))
        elif self.over:
            # Below the cells, rules for choices and colours have formulas of their own.
            return
        elif tag == "c":
            self._cell(given.get("r"), given.get("t", ""))
        elif tag == "row":
            self.row, self.column = _whole(given["r"]) if "r" in given else self.row + 1, 0
        elif tag in ("v", "is", "f"):
            self._content(formula=tag == "f")

    def ended(self, tag: str) -> None:
        if tag == "sheetData":
            self.over = True

    def _cell(self, address: str | None, kind: str) -> None:
        self.at = _place(address) if address is not None else (self.row, self.column + 1)
        self.column, self.kind = self.at[1], kind
        self.count += 1
        if self.count > MOST_CELLS:
            raise NotReadable(
                why=_(
                    "The sheet “%(sheet)s” has far too many empty cells with a border or a colour. Delete the rows "
                    "below the last one that is filled in."
                )
                % {"sheet": self.sheet}
            )

    def _content(self, *, formula: bool) -> None:
        row, column = self.at
        self.filled += 1
        if row > MOST_ROWS + 1 or self.filled > MOST_ROWS * MOST_COLUMNS:
            raise NotReadable(why=_("The sheet “%(sheet)s” has more than 30,000 rows.") % {"sheet": self.sheet})
        if column > MOST_COLUMNS:
            raise NotReadable(
                why=_("The sheet “%(sheet)s” has something in column %(column)s, far right of its columns.")
                % {"sheet": self.sheet, "column": letters(column)}
            )
        if formula:
            self._refuse(row, column, _("A formula. Copy the column and paste it as values."))
            # What it came to says nothing more.
            self.kind = ""
        elif self.kind == "e":
            self._refuse(row, column, _("Excel shows an error here, such as #N/A. Correct the cell, or empty it."))

    def _refuse(self, row: int, column: int, wrong: Any) -> None:
        if len(self.refused) < MOST_PROBLEMS:
            self.refused.append(Refused(row, letters(column), wrong))


def _each_element(
    part: bytes, take: Callable[[str, Attributes], None], leave: Callable[[str], None] | None = None
) -> None:
    """Call ``take`` with each element's name, without its prefix, and its attributes, and ``leave`` with its name.

    Raises NotReadable.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, given: take(tag.rpartition(":")[2], given)
    if leave is not None:
        parser.EndElementHandler = lambda tag: leave(tag.rpartition(":")[2])
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
