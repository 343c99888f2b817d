"""Buildings, doors and people of one compound by spreadsheet, taken in by the district."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from compounds.organisation.models import AuditEntry, Building, Household, SheetImport
from compounds.registry.context import compound_context
from tests.organisation.district.conftest import page
from tests.sheets import BUILDINGS, a_sheet, large


def sent(content, name="住户.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


def doors():
    with compound_context("c_north"):
        return Household.objects.count()


def test_a_right_sheet_is_shown_first_and_taken_in_by_a_second_step(admin):
    looked = admin.post(page("north", "rows/"), sent(a_sheet()), follow=True)
    before = doors()
    taken = admin.post(looked.redirect_chain[-1][0])

    assert "is in order" in looked.text
    assert (before, taken.status_code, doors()) == (0, 302, 3)
    with compound_context("c_north"):
        assert Building.objects.get().unit.name == "3栋"
        entry, sheet = AuditEntry.objects.get(action="sheet.import"), SheetImport.objects.get()
    assert entry.who == "测试区 · district-administer"
    assert (sheet.content, sheet.office) == (None, "测试区 · district-administer")


def test_what_is_wrong_is_listed_by_cell_and_nothing_is_kept(admin):
    response = admin.post(page("north", "rows/"), sent(a_sheet(buildings=[*BUILDINGS, ["x", "", 0]])))

    assert response.status_code == 422
    assert "A3" in response.text
    assert doors() == 0
    with compound_context("c_north"):
        assert not SheetImport.objects.exists()


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04 not a file", "楼栋".encode("gb18030")])
def test_what_is_no_spreadsheet_is_said_beside_the_field(admin, file):
    response = admin.post(page("north", "rows/"), sent(file))

    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_another_office_does_not_find_the_upload(above, admin):
    looked = admin.post(page("north", "rows/"), sent(a_sheet()), follow=True)

    other = above.client("administer", "street")

    assert other.post(looked.redirect_chain[-1][0]).status_code == 404
    assert doors() == 0


def test_it_is_taken_in_once(admin):
    looked = admin.post(page("north", "rows/"), sent(a_sheet()), follow=True)
    admin.post(looked.redirect_chain[-1][0])

    assert admin.post(looked.redirect_chain[-1][0]).status_code == 409


def test_the_template_is_the_branchs(admin):
    response = admin.get(page("north", "rows/template/"))

    assert response.status_code == 200
    assert response.content[:2] == b"PK"


def test_twenty_thousand_doors_take_seconds(admin):
    content = large(20_000)
    began = time.monotonic()

    looked = admin.post(page("north", "rows/"), sent(content), follow=True)
    admin.post(looked.redirect_chain[-1][0])

    assert doors() == 20_000
    assert time.monotonic() - began < 60
