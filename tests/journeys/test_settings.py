"""The branch secretary sets the compound up on a phone: a spreadsheet with an error, corrected, taken in; a setting."""

from pathlib import Path

from compounds.organisation.models import AuditEntry, Household, Person
from compounds.registry.context import compound_context
from tests.committing import YARD
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import set_stage
from tests.journeys.test_five_steps import t
from tests.sheets import PEOPLE, a_sheet


def test_a_spreadsheet_with_an_error_is_corrected_and_taken_in(phones: Phones, tmp_path: Path) -> None:
    with compound_context(YARD):
        stage = set_stage()
    phone = phones(stage.secretary)
    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "right.xlsx"
    wrong.write_bytes(a_sheet(people=[*PEOPLE, ["赵先生", "没有电话", 3, 1, 601]]))
    right.write_bytes(a_sheet(people=[*PEOPLE, ["赵先生", "13700001111", 3, 1, 601]]))

    phone.open("tree/")
    phone.tap(t("Settings"))
    phone.page.get_by_text(t("Take in a spreadsheet")).click()
    _choose(phone, wrong)
    phone.sees("B5")
    phone.sees("没有电话")
    with compound_context(YARD):
        assert not Person.objects.filter(name="王女士").exists()
    _choose(phone, right)
    phone.sees("right.xlsx")
    phone.tap(t("Take it in"))
    phone.sees(t("Titles of posts"))

    with compound_context(YARD):
        assert Person.objects.get(name="赵先生").household == Household.objects.get(entrance__number=1, door="601")
        assert AuditEntry.objects.filter(action="sheet.import").count() == 1


def _choose(phone: Phone, file: Path) -> None:
    phone.page.locator("input[type=file]").set_input_files(file)
    phone.tap(t("Look through it"))


def test_a_changed_setting_is_seen_in_the_audit(phones: Phones) -> None:
    with compound_context(YARD):
        stage = set_stage()
    phone = phones(stage.secretary)

    phone.open("settings/rhythm/")
    phone.fill("days", "5")
    phone.tap(t("Save"))
    phone.page.locator("[aria-invalid=true]").wait_for()
    phone.fill("days", "60")
    phone.tap(t("Save"))
    phone.open("settings/titles/")
    phone.fill("building_steward", "楼组长")
    phone.tap(t("Save"))
    phone.page.get_by_text(t("Who changed what")).first.click()

    phone.sees("→ 60")
    phone.sees("楼组长")
    phone.open(f"people/{stage.steward.pk}/")
    phone.sees("楼组长")
