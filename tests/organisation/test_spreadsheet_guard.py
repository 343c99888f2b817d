"""Spreadsheets as no usual program writes them: whatever a cell's address looks like, the reader is kept from harm."""

import io
import zipfile

import pytest
from django.utils import translation

from compounds.organisation.spreadsheet.guard import NotReadable
from compounds.organisation.spreadsheet.reading import read
from tests.sheets import HEADINGS, a_sheet

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
