"""Taking in and exporting spreadsheets: all or nothing, and what is wrong is said by sheet, row and column."""

import io
import time
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from compounds.jobs import nightly
from compounds.organisation import tasks
from compounds.organisation.models import (
    AuditEntry,
    Building,
    Entrance,
    Household,
    Level,
    Occupancy,
    Person,
    PostKind,
    SheetImport,
    Unit,
)
from compounds.organisation.spreadsheet import taking_in, writing
from compounds.organisation.spreadsheet.guard import NotReadable
from compounds.organisation.spreadsheet.reading import MOST_BYTES
from compounds.registry.office import Office, OfficeLevel
from tests.factories import PersonFactory
from tests.sheets import BUILDINGS, HEADINGS, HOUSEHOLDS, PEOPLE, a_sheet, large

IMPORT = "/settings/import/"


def upload(content, name="居民.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


def problems_of(content):
    return [(p.sheet, p.row, p.column, str(p.wrong), p.content) for p in taking_in.look(content)[1]]


def taken_in(content, by):
    return taking_in.take_in(taking_in.keep(content, file_name="x.xlsx", now=timezone.now(), by=by), by=by)


@pytest.fixture
def _english():
    with translation.override("en"):
        yield


def test_a_right_sheet_is_shown_first_and_taken_in_by_a_second_step(web, secretary):
    client = web(secretary)

    looked = client.post(IMPORT, upload(a_sheet()), follow=True)
    before = Household.objects.count()
    taken = client.post(looked.redirect_chain[-1][0])

    assert looked.status_code == 200
    assert "is in order" in looked.text
    assert (before, taken.status_code) == (0, 302)
    building = Building.objects.get(number=3)
    assert (building.unit.name, building.entrances.count()) == ("3栋", 2)
    door = Household.objects.get(entrance__number=1, door="601")
    assert (door.group.name, door.group.parent, door.occupancy) == ("甲组", building.unit, Occupancy.LET)
    assert Person.objects.get(name="王女士").household == door
    assert Person.objects.get(name="王女士").phone == "13812345678"
    assert Person.objects.get(name="无门氏").household is None
    entry = AuditEntry.objects.get(action="sheet.import")
    assert entry.facts["households"] == {"added": 3, "changed": 0}
    assert SheetImport.objects.get().content is None, "what was taken in is not kept twice"


@pytest.mark.usefixtures("_english", "north")
class TestProblems:
    @pytest.mark.parametrize(
        ("sheet", "place", "wrong"),
        [
            ({"households": [[3, 1, 601], [3, 1, 601]]}, ("Households", 3, "C"), "Row 2 has this door already."),
            ({"buildings": [*BUILDINGS, [3, "3栋", 1]]}, ("Buildings", 3, "A"), "Row 2 has it already."),
            ({"buildings": [[3, "", "=1+1"]]}, ("Buildings", 2, "C"), "A formula."),
            ({"buildings": [["三", "", 1]]}, ("Buildings", 2, "A"), "A whole number from 1 to 9999"),
            ({"buildings": [[3, "", 31]]}, ("Buildings", 2, "C"), "A whole number from 1 to 30"),
            ({"buildings": [[3, "", ""]]}, ("Buildings", 2, "C"), "This must not be empty."),
            ({"households": [[3, 9, 601]]}, ("Households", 2, "B"), "Building 3 has no such entrance."),
            ({"households": [[3, 1, 601, "", "often"]]}, ("Households", 2, "E"), "This must be one of"),
            ({"households": [[3, 1, "12345678901"]]}, ("Households", 2, "C"), "Longer than 10"),
            ({"households": [[3, 1, "6 01"]]}, ("Households", 2, "C"), "A door has no spaces in it."),
            (
                {"households": [[3, 1, 601], ["３", 1, "６０１"]]},
                ("Households", 3, "C"),
                "Row 2 has this door already.",
            ),
            ({"people": [["王女士", "call me"]]}, ("People", 2, "B"), "A phone number has 7 to 15 digits."),
            ({"people": [["王女士", "", 3, 1, 999]]}, ("People", 2, "E"), "There is no such door"),
            ({"people": [["王女士", "", 3]]}, ("People", 2, "D"), "This must not be empty."),
            ({"people": [PEOPLE[0], PEOPLE[0]]}, ("People", 3, "A"), "Row 2 has this person already."),
            ({"people": [["长" * 61]]}, ("People", 2, "A"), "Longer than 60"),
            ({"merge": "C2:C3"}, ("Households", 2, "C"), "Merged cells."),
        ],
    )
    def test_each_is_named_with_sheet_row_and_column(self, sheet, place, wrong):
        plain = {"households": [], "people": []} if "buildings" in sheet else {"people": []}

        found = problems_of(a_sheet(**{**plain, **sheet}))

        assert found
        assert found[0][:3] == place
        assert found[0][3].startswith(wrong)

    def test_a_missing_column_is_named_with_the_headings_that_are_there(self):
        found = problems_of(a_sheet(headings={"Households": ["Building number", "Stairs", "Door"]}))

        assert found[0][:3] == ("Households", 1, "Entrance")
        assert found[0][4] == "Building number, Stairs, Door"

    def test_what_was_in_the_cell_is_shown(self):
        assert problems_of(a_sheet(people=[["王女士", "call me"]]))[0][4] == "call me"

    def test_a_door_that_two_sheets_name_differently_is_a_number_either_way(self):
        assert problems_of(a_sheet(households=[[3, 1, 601], [3, 1, "601"]])) != []


def test_a_sheet_with_one_wrong_cell_changes_nothing_and_keeps_nothing(web, secretary):
    response = web(secretary).post(IMPORT, upload(a_sheet(people=[*PEOPLE, ["x", "y"]])))

    assert response.status_code == 422
    assert "B5" in response.text
    assert not Building.objects.exists()
    assert not SheetImport.objects.exists()


@pytest.mark.usefixtures("_english", "north")
class TestFilesThatAreRefused:
    def far_away(self):
        book = a_sheet()
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as target:
            for info in source.infolist():
                part = source.read(info)
                if info.filename == "xl/worksheets/sheet1.xml":
                    part = part.replace(
                        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                    )
                target.writestr(info, part)
        return out.getvalue()

    def bomb(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            target.writestr("xl/workbook.xml", b" " * 90 * 1024 * 1024)
        return out.getvalue()

    def other(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            target.writestr("hello.txt", "hello")
        return out.getvalue()

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (lambda self: b"name,phone\n", "not an Excel file"),
            (lambda self: b"PK\x03\x04 broken", "not an Excel file"),
            (lambda self: a_sheet()[:3000], "not an Excel file"),
            (lambda self: b"0" * (MOST_BYTES + 1), "larger than 10 MB"),
            (bomb, "far too large"),
            (far_away, "more than 30,000 rows"),
            (other, "None of its sheets"),
            (lambda self: a_sheet(households=[[3, 1, n] for n in range(30_001)]), "more than 30,000 rows"),
        ],
        ids=["csv", "broken", "truncated", "large", "bomb", "far", "other", "rows"],
    )
    def test_with_a_reason(self, content, why):
        with pytest.raises(NotReadable) as refused:
            taking_in.look(content(self))

        assert why in refused.value.context()["message"]


def test_what_is_there_is_changed_where_cells_differ_and_never_removed(secretary):
    taken_in(a_sheet(), secretary)
    door = Household.objects.get(entrance__number=1, door="601")

    again = taken_in(a_sheet(), secretary)
    changed = taken_in(
        a_sheet(
            buildings=[[3, "三栋", 3]],
            households=[[3, 1, 601, "丙组", "empty"]],
            people=[["王女士", "13700000000", 3, 1, 601]],
        ),
        secretary,
    )

    assert all(part == {"added": 0, "changed": 0} for part in again.counts.values())
    assert changed.counts["households"] == {"added": 0, "changed": 1}
    assert changed.counts["persons"] == {"added": 0, "changed": 1}
    door.refresh_from_db()
    assert (door.group.name, door.occupancy) == ("丙组", Occupancy.EMPTY)
    assert Building.objects.get().unit.name == "三栋"
    assert Entrance.objects.count() == 3
    assert (Household.objects.count(), Person.objects.filter(name="王女士").count()) == (3, 1)


def test_buildings_swap_their_names(secretary):
    taken_in(a_sheet(buildings=[[1, "甲栋", 1], [2, "乙栋", 1]], households=[], people=[]), secretary)

    swapped = taken_in(a_sheet(buildings=[[1, "乙栋", 1], [2, "甲栋", 1]], households=[], people=[]), secretary)

    assert swapped.counts["buildings"] == {"added": 0, "changed": 2}
    assert [building.unit.name for building in Building.objects.order_by("number")] == ["乙栋", "甲栋"]


def test_one_upload_is_taken_in_once(secretary):
    sheet = taken_in(a_sheet(), secretary)

    with pytest.raises(taking_in.TakenInAlready):
        taking_in.take_in(sheet, by=secretary)


def test_what_came_between_look_and_taking_in_is_found(secretary, north):
    taken_in(a_sheet(), secretary)
    waiting = taking_in.keep(
        a_sheet(buildings=[], households=[[3, 1, 701]], people=[]), file_name="x", now=timezone.now(), by=secretary
    )
    Entrance.objects.filter(number=1).update(number=7)

    with pytest.raises(taking_in.HasProblems):
        taking_in.take_in(waiting, by=secretary)

    assert not Household.objects.filter(door="701").exists()


def test_a_new_upload_drops_the_one_that_waited(secretary):
    first = taking_in.keep(b"1", file_name="1.xlsx", now=timezone.now(), by=secretary)

    taking_in.keep(b"2", file_name="2.xlsx", now=timezone.now(), by=secretary)

    first.refresh_from_db()
    assert first.content is None


def test_full_width_is_the_same_door_and_the_same_number_but_names_stay_as_written(secretary):
    taken_in(a_sheet(), secretary)

    again = taken_in(
        a_sheet(
            buildings=[["３", "３栋", "２"]],
            households=[["３", "１", "\u202d６０１\u202c"]],
            people=[["王女士", "（１３８）１２３４５６７８", 3, 1, "６０１"]],
        ),
        secretary,
    )

    assert again.counts["households"] == again.counts["persons"] == {"added": 0, "changed": 0}
    assert Building.objects.get().unit.name == "３栋"


@pytest.fixture
def too_old(secretary):
    """An upload that has waited for a minute too long."""
    sheet = taking_in.keep(a_sheet(), file_name="x.xlsx", now=timezone.now(), by=secretary)
    SheetImport.objects.update(created_at=timezone.now() - taking_in.KEPT - timedelta(minutes=1))
    return sheet


def test_what_nobody_took_in_within_a_day_is_not_taken_in_any_more(web, secretary, too_old):
    client = web(secretary)

    answers = [client.get(f"{IMPORT}{too_old.pk}/"), client.post(f"{IMPORT}{too_old.pk}/")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "24 hours" in answers[0].text
    assert not Household.objects.exists()


def test_what_nobody_took_in_is_gone_after_the_night(secretary, too_old):
    fresh = taking_in.keep(
        b"2", file_name="2.xlsx", now=timezone.now(), by=Office(OfficeLevel.DISTRICT, "测试区 · 周敏")
    )
    SheetImport.objects.filter(pk=too_old.pk).update(content=b"1")

    tasks.forget_sheets("c_north", "2026-11-26")

    assert list(SheetImport.objects.filter(content__isnull=False)) == [fresh]
    assert tasks.SHEETS in nightly._nightly


def test_the_template_is_read_in_both_languages(secretary):
    for language in ("en", "zh-hans"):
        with translation.override(language):
            book = writing.template()
        assert taking_in.look(book)[1] == []


def test_an_export_can_be_taken_in_again_and_says_so_in_the_audit(web, secretary):
    taken_in(a_sheet(), secretary)
    Person.objects.create(name="=HYPERLINK(1)", phone="13811112222")

    plain = web(secretary).post("/settings/export/", {})
    full = web(secretary).post("/settings/export/", {"phones": "on", "reason": "疏散演练"})

    for answer in (plain, full):
        plan, problems = taking_in.look(answer.content)
        assert problems == []
        assert not plan.doors
        assert not plan.changed_people
    assert b"13812345678" not in unzipped(plain.content)
    assert b"13812345678" in unzipped(full.content)
    assert b"<f>" not in unzipped(full.content), "what somebody typed never becomes a formula"
    entries = AuditEntry.objects.filter(action="sheet.export").order_by("pk")
    assert [entry.facts["phones"] for entry in entries] == [False, True]
    assert entries[1].facts["reason"] == "疏散演练"


def unzipped(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_phone_numbers_leave_only_with_a_reason(web, secretary):
    response = web(secretary).post("/settings/export/", {"phones": "on"})

    assert response.status_code == 422
    assert "reason" in response.context["form"].errors
    assert not AuditEntry.objects.filter(action="sheet.export").exists()


@pytest.mark.parametrize(
    ("name", "content"), [("居民.xls", b"x"), ("居民.xlsx", b"x"), ("居民.xlsx", b"")], ids=["xls", "text", "empty"]
)
def test_a_wrong_file_is_answered_beside_the_field(web, secretary, name, content):
    response = web(secretary).post(IMPORT, upload(content, name))

    assert response.status_code == 422
    assert "file" in response.context["form"].errors


def test_somebody_elses_upload_is_not_there(web, secretary):
    other = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])
    sheet = taking_in.keep(a_sheet(), file_name="x.xlsx", now=timezone.now(), by=other)

    assert web(secretary).get(f"{IMPORT}{sheet.pk}/").status_code == 404


def test_twenty_thousand_rows_are_looked_through_and_taken_in_within_fifteen_seconds(secretary):
    content = large(10_000)

    started = time.monotonic()
    sheet = taken_in(content, secretary)
    seconds = time.monotonic() - started

    assert sheet.counts["households"]["added"] + sheet.counts["persons"]["added"] == 20_000
    assert Unit.objects.at(Level.NEIGHBOUR_GROUP).count() == 100
    assert seconds < 15


def test_headings_of_the_tests_are_those_of_the_template(secretary):
    with translation.override("en"):
        assert taking_in.look(a_sheet(households=HOUSEHOLDS, headings=HEADINGS))[1] == []
