"""An activity on a phone: planned, found on the board, moved, and one that was held summed up for its month."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from compounds.organisation.models import Person, PostKind
from compounds.registry.context import compound_context
from tests.committing import YARD
from tests.factories import PersonFactory
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import photo_in
from tests.journeys.test_five_steps import t
from volunteers.models import Activity


@pytest.fixture
def leader(phones: Phones) -> Person:
    with compound_context(YARD):
        person: Person = PersonFactory(name="林队长", posts=[PostKind.VOLUNTEER_LEADER])
        return person


def test_a_leader_plans_on_a_phone_and_a_neighbour_finds_it_on_the_board(phones: Phones, leader: Person) -> None:
    phone, neighbour = phones(leader), phones(None)
    phone.open("activities/")
    phone.tap(t("Plan an activity"))
    _plan(phone, "邻里义诊", days=3)
    phone.sees(t("Planned. People can sign up for it now."))

    neighbour.open("board/")
    neighbour.page.get_by_text("邻里义诊").first.click()
    neighbour.sees("3栋前")
    neighbour.tap(t("Sign up"))
    neighbour.fill("name", "王阿姨")
    phone.tap(t("Move it"))
    phone.fill("day", _day(4))
    phone.fill("place", "服务站门口")
    phone.page.locator("form .btn.main").click()
    phone.sees(t("Moved. Those with a place keep it and are told."))

    neighbour.open(f"board/activities/{_only().pk}/")
    neighbour.sees("服务站门口")
    with translation.override("zh-hans"):
        today = date_format(timezone.localdate(), "MONTH_DAY_FORMAT")
    neighbour.sees(t("Time or place were changed on %(day)s. Whoever has a place keeps it.", day=today))


def test_what_was_held_is_summed_up_and_fills_its_month(phones: Phones, leader: Person, tmp_path: Path) -> None:
    phone = phones(leader)
    phone.open("activities/new/")
    _plan(phone, "百家宴", days=-1)

    phone.tap(t("Sum it up"))
    phone.fill("people_served", "60")
    phone.fill("elderly_served", "61")
    phone.page.locator("form .btn.main").click()
    phone.sees(t("The elderly people are some of those served, not more."))
    phone.fill("elderly_served", "25")
    phone.page.locator("input[type=file]").set_input_files(photo_in(tmp_path))
    phone.page.locator("form .btn.main").click()
    phone.sees(t("Summed up. It counts for its month."))

    assert phone.page.locator(".photos img").count() == 1
    phone.open(f"activities/years/{timezone.localdate().year}/")
    assert phone.page.locator(".year .ok").count() == 1


def _plan(phone: Phone, title: str, *, days: int) -> None:
    phone.fill("title", title)
    phone.select("kind", t("festival"))
    phone.fill("day", _day(days))
    phone.fill("begins", "09:00")
    phone.fill("ends", "11:00")
    phone.fill("place", "3栋前")
    phone.page.locator("form .btn.main").click()
    phone.page.wait_for_load_state()


def _day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _only() -> Activity:
    with compound_context(YARD):
        return Activity.objects.get()
