"""Spreadsheets as no usual program writes them: whatever a cell's address looks like, the reader is kept from harm."""

import io
import zipfile
from datetime import date, datetime
from datetime import time as clock

import pytest
import xlsxwriter
from django.utils import translation

from compounds.organisation.spreadsheet import guard
from compounds.organisation.spreadsheet.guard import NotReadable
from compounds.organisation.spreadsheet.reading import read
from tests.sheets import BUILDINGS, HEADINGS, a_sheet

SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def changed(change, name=SHEET, *, more=()):
    """A right spreadsheet with one part changed, and with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_sheet())) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            part = source.read(info)
            target.writestr(info.filename, change(part) if info.filename == name else part)
        for more_name in more:
            target.writestr(more_name, b"<worksheet/>")
    return out.getvalue()


def with_row(row):
    return changed(lambda part: part.replace(END, row + END))


def refused(content):
    with pytest.raises(NotReadable) as refusal:
        read(content)
    return refusal.value.context()["message"]


def places(content):
    return [(p.sheet, p.row, p.column, str(p.wrong)[:9]) for p in read(content).problems]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (b"<row r='9'><c r='B9'><f>1+1</f><v>2</v></c></row>", (9, "B")),
        (b'<row r="9"><c r="b9"><f>1+1</f><v>2</v></c></row>', (9, "B")),
        (b'<row r="9"><c><v>3</v></c><c><f>1+1</f><v>2</v></c></row>', (9, "B")),
        (b"<row><c><v>3</v></c><c t='n'><!-- > --><f>1+1</f><v>2</v></c></row>", (3, "B")),
        (b'<row r="9"><c s=">" r="C9"><f>1+1</f><v>2</v></c></row>', (9, "C")),
    ],
    ids=["other quotes", "small letters", "no address", "no number of the row", "sign in an attribute"],
)
def test_a_formula_is_found_however_its_cell_is_written(row, place):
    assert places(with_row(row)) == [("Buildings", *place, "A formula")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "more than 30,000 rows"),
        (b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>', "more than 30,000 rows"),
        (b'<row r="1048576"><c><v>1</v></c></row>', "more than 30,000 rows"),
        (b'<row r="1048576"><c r="A1"><v>1</v></c><c><v>1</v></c></row>', "more than 30,000 rows"),
        (b'<row r="9"><c r="zz9"><v>1</v></c></row>', "column ZZ"),
        (b'<row r="9">' + b"<c><v>1</v></c>" * 27 + b"</row>", "column AA"),
        (b'<row r="9"><c r="$A$9"><v>1</v></c></row>', "not written as usual"),
        (b'<row r="far"><c><v>1</v></c></row>', "not written as usual"),
    ],
)
def test_a_cell_far_away_is_refused_however_it_is_written(row, why):
    assert why in refused(with_row(row))


def test_an_error_is_refused_and_not_taken_for_an_empty_cell():
    cells = b"<c r='A9' t='e'><v>#N/A</v></c><c r='B9' t='e'><f>1/0</f><v>#DIV/0!</v></c><c r='C9' t='e'/>"

    found = places(with_row(b"<row r='9'>" + cells + b"</row>"))

    assert found == [("Buildings", 9, "A", "Excel sho"), ("Buildings", 9, "B", "A formula")]


def test_cells_that_only_have_a_border_do_not_count():
    bordered = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="ZZ%d" s="1"/></row>' % (n, n, n) for n in range(9, 40_000)
    )

    book = read(with_row(bordered))

    assert (book.problems, len(book.rows["buildings"])) == ([], 1)


def test_far_too_many_bordered_cells_are_said_to_be_such(monkeypatch):
    monkeypatch.setattr(guard, "MOST_CELLS", 100)

    assert "empty cells with a border" in refused(with_row(b'<row r="9">' + b"<c/>" * 100 + b"</row>"))


def test_rules_for_choices_are_no_formulas_of_cells():
    rules = b"<extLst><ext><formula1><f>Sheet2!A1</f></formula1></ext></extLst>"

    assert read(changed(lambda part: part.replace(END, END + rules))).problems == []


@pytest.mark.parametrize("value", [date(2026, 3, 1), datetime.fromisoformat("2026-03-01 08:30"), clock(3, 1)])
def test_what_excel_made_a_date_is_refused_where_none_belongs(value):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, row in {"Buildings": BUILDINGS[0], "Households": [3, 1, value]}.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADINGS[name])
            sheet.write_row(1, 0, row)

    assert places(out.getvalue()) == [("Households", 2, "C", "Excel has")]


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_file_is_refused_however_it_is_packed(packing):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as target:
        target.writestr(SHEET, b"<worksheet>" * 200)
    # Behind the head of 30 bytes and the name stands what was packed.
    content = bytearray(out.getvalue())
    content[30 + len(SHEET) : 42 + len(SHEET)] = b"\xff" * 12

    assert "not an Excel file" in refused(bytes(content))


@pytest.mark.parametrize(
    "content",
    [
        changed(lambda part: part.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        changed(lambda part: part.replace(b"<worksheet", b"<!DOCTYPE w [<!ENTITY a 'b'>]><worksheet", 1)),
        changed(lambda part: part[:-20]),
        changed(lambda part: part, more=["XL/worksheets/Sheet1.xml"]),
        changed(lambda part: part.replace(b"sheet1.xml", b"sheet9.xml"), "xl/_rels/workbook.xml.rels"),
    ],
    ids=["encoding", "document type", "cut off", "two parts of one name", "part missing"],
)
def test_what_the_reader_might_read_otherwise_is_refused(content):
    assert "not written as usual" in refused(content)


def test_a_macro_is_refused_whatever_the_file_is_called():
    assert "macros" in refused(changed(lambda part: part, more=["xl/vbaProject.bin"]))


@pytest.mark.parametrize(
    ("headings", "column", "wrong"),
    [
        ([*HEADINGS["Households"], "Remarks"], "F", "The template has no such column"),
        (["Building number", "Entrance", "Door", "Group", "Occupancy"], "D", "The template has no such column"),
        ([*HEADINGS["Households"], "门牌号"], "F", "This heading is there twice"),
        ([*HEADINGS["Households"], "Door *"], "F", "This heading is there twice"),
    ],
)
def test_a_column_that_would_not_be_read_is_named(headings, column, wrong):
    [problem] = read(a_sheet(headings={"Households": headings})).problems

    assert (problem.sheet, problem.row, problem.column) == ("Households", 1, column)
    assert str(problem.wrong).startswith(wrong)
    assert problem.content == headings[ord(column) - ord("A")]


def test_a_sheet_in_either_language_is_there_once():
    twice = changed(lambda part: part.replace(b'name="People"', 'name="住户"'.encode()), "xl/workbook.xml")

    assert "“Households”, “住户”" in refused(twice)
