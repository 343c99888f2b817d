"""Places and hours: a resident without an account moves up from the waiting list; a leader's list becomes hours."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from compounds.registry.context import compound_context
from tests.committing import YARD
from tests.factories import ActivityFactory, PersonFactory, SlotFactory, TeamFactory, VolunteerFactory
from tests.journeys.conftest import Phone, Phones
from tests.journeys.test_five_steps import t
from volunteers.models import Activity, Team
from volunteers.services import sign_up
from volunteers.services.sign_up import Who


@pytest.fixture
def squad(phones: Phones) -> Team:
    with compound_context(YARD):
        return TeamFactory(name="湘友爱义诊小分队")


@pytest.fixture
def leader(squad: Team) -> Person:
    with compound_context(YARD):
        person: Person = PersonFactory(name="林队长", posts=[PostKind.VOLUNTEER_LEADER])
        VolunteerFactory(person=person, team=squad, team__leads=True)
        return person


def test_a_resident_signs_up_without_an_account_and_is_moved_up(phones: Phones, leader: Person, squad: Team) -> None:
    with compound_context(YARD):
        activity = ActivityFactory(title="邻里义诊：量血压、看慢病", team=squad, planned_by=leader)
        SlotFactory(activity=activity, places=1)
    first, second = phones(None), phones(None)
    _sign_up(first, activity, "王阿姨", "13800001111")
    first.sees(t("You have a place."))

    _sign_up(second, activity, "陈奶奶", "13800002222")
    second.sees(t("You are number %(n)s on the waiting list.", n=1))
    code = second.page.locator("#code").inner_text()
    first.page.locator("form[action$='sign-off/'] button").click()
    first.tap(t("Yes, do it"))
    first.sees(t("You are off the list."))

    second.open("board/places/")
    second.fill("code", code)
    second.tap(t("Look"))
    second.sees(t("A place became free: it is yours."))
    assert second.page.get_by_text("陈奶奶").count() == 0


def _sign_up(phone: Phone, activity: Activity, name: str, number: str) -> None:
    phone.open(f"board/activities/{activity.pk}/sign-up/")
    phone.fill("name", name)
    phone.fill("phone", number)
    phone.page.locator("label[for=id_agreed]").click()
    phone.page.locator("form .btn.main").click()


def test_a_leader_takes_attendance_and_hours_appear(phones: Phones, leader: Person, squad: Team) -> None:
    now = timezone.now()
    with compound_context(YARD):
        activity = ActivityFactory(
            title="文明创建：清扫楼道", team=squad, planned_by=leader, starts_at=now - timedelta(minutes=90)
        )
        slot = SlotFactory(activity=activity, for_whom="volunteers", places=None)
        member: Person = PersonFactory(name="周志愿", posts=[PostKind.PARTY_MEMBER])
        for person in (member, PersonFactory(name="吴志愿")):
            volunteer = VolunteerFactory(person=person, team=squad)
            sign_up.sign_up(slot, Who(volunteer=volunteer), now=now - timedelta(days=1), by=None)
        secretary: Person = PersonFactory(name="唐支书", posts=[PostKind.BRANCH_SECRETARY])

    phone = phones(leader)
    phone.open(f"activities/{activity.pk}/")
    phone.tap(t("Take attendance"))
    phone.page.get_by_role("button", name="周志愿").click()
    phone.sees(t("%(n)s of %(expected)s is here.", n=1, expected=2))
    phone.page.get_by_role("button", name="吴志愿").click()
    phone.sees(t("%(n)s of %(expected)s is here.", n=2, expected=2))
    phone.page.get_by_role("button", name="吴志愿").click()
    phone.sees(t("%(n)s of %(expected)s is here.", n=1, expected=2))
    phone.tap(t("Not on the list"))
    phone.choose("came", "residents")
    phone.fill("name", "刘爷爷")
    phone.tap(t("Add and tick"))
    phone.sees(t("%(name)s is ticked as there.", name="刘爷爷"))
    phone.tap(t("Everybody is ticked: close it"))
    phone.page.locator("input[name^=row-]").fill("1.5")
    phone.tap(t("Close, and write the hours down"))
    phone.open("hours/")
    phone.tap(t("Approve all of these"))

    own = phones(member)
    own.open("hours/mine/")
    own.sees(t("You have given your neighbours %(hours)s this year.", hours="1.5小时"))
    own.tap(t("This is wrong"))
    own.fill("words", "我待到了两点")
    own.tap(t("Say so"))
    branch = phones(secretary)
    branch.open("hours/")
    branch.tap(t("Answer"))
    branch.fill("hours", "2")
    branch.fill("words", "对，补上")
    branch.tap(t("Send the answer"))
    own.page.reload()
    own.sees(t("You have given your neighbours %(hours)s this year.", hours="2小时"))
