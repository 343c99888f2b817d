"""Honours from the suggestion to the certificate, whose code leads anybody to the page that checks it."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from compounds.organisation.models import Person, PostKind
from compounds.registry.context import compound_context
from notices.models import Posting
from tests.committing import YARD
from tests.factories import EntranceFactory, PersonFactory
from tests.journeys.conftest import Phone, Phones
from tests.reading_codes import codes_on, pages_of, texts_of
from tests.volunteers.honours import GOOD
from tests.volunteers.test_honours_pages import served
from volunteers.models import Honour, HonourKind, HonourState


def t(text: str, **facts: object) -> str:
    """What the page says for an English source text."""
    with translation.override("zh-hans"):
        return gettext(text) % facts if facts else gettext(text)


@pytest.fixture
def people(phones: Phones) -> tuple[Person, Person]:
    """The secretary and a steward; 李桂芳 has served thirteen hours, which suggest her as a good neighbour."""
    with compound_context(YARD):
        secretary = PersonFactory(name="王支书", posts=[PostKind.BRANCH_SECRETARY])
        steward = PersonFactory(name="周师傅", posts=[PostKind.BUILDING_STEWARD])
        EntranceFactory()
        HonourKind.objects.filter(name=GOOD).update(suggest_by="hours")
        served(PersonFactory(name="李桂芳"), 13, approved_by=secretary)
    return secretary, steward


def test_from_the_suggestion_to_the_page_behind_the_code(phones: Phones, people: tuple[Person, Person]) -> None:
    secretary, steward = people

    proposer = phones(steward)
    proposer.open("honours/")
    proposer.tap(t("Whom the figures suggest"))
    proposer.tap("好邻居")
    proposer.sees("全年志愿服务13小时")
    proposer.page.locator("button[name=who]").first.click()
    proposer.sees("已推荐1位。")
    with compound_context(YARD):
        honour = Honour.objects.get()
    proposer.open(f"honours/{honour.pk}/agreement/")
    proposer.page.locator("input[name=agreed]").check(force=True)
    proposer.tap(t("Write it down"))
    proposer.sees(t("The branch secretary approves it, or the secretary of the general branch."))

    branch = phones(secretary)
    branch.open("")
    branch.page.locator("a[href$='/honours/approval/']").click()
    branch.tap(t("Approve those that are ticked"))
    branch.tap("公示1项")
    branch.tap(t("Put them up"))
    branch.sees("拟表彰名单：好邻居")

    neighbour = phones(None)
    neighbour.open("board/honours/")
    neighbour.page.locator("a[href*='/board/honours/postings/']").first.click()
    neighbour.sees("李桂芳")
    neighbour.sees(t("Object"))

    branch.open(f"honours/{honour.pk}/")
    assert branch.page.get_by_role("button", name=t("Give it"), exact=True).is_disabled()
    with compound_context(YARD):
        today = timezone.localdate()
        Posting.objects.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    branch.open(f"honours/{honour.pk}/")
    branch.tap(t("Give it"))
    branch.tap(t("Yes, do it"))
    with compound_context(YARD):
        honour.refresh_from_db()
    assert honour.state == HonourState.GIVEN
    body = branch.page.request.get(f"{branch.address}{branch.compound.url}honours/{honour.pk}/certificate/pdf/").body()
    assert "李桂芳同志：" in texts_of(body)[0]
    (link,) = codes_on(pages_of(body)[0])
    is_checked_by(neighbour, link, honour)
    assert steward.name not in neighbour.page.content()


def is_checked_by(neighbour: Phone, link: str, honour: Honour) -> None:
    """By its code it is genuine; with another code it is not known."""
    neighbour.open(link)
    neighbour.sees(t("This certificate is genuine."))
    neighbour.sees("李桂芳")
    neighbour.sees(GOOD)
    with translation.override("zh-hans"):
        neighbour.sees(date_format(honour.given_on, "DATE_FORMAT"))
    neighbour.open("board/certificates/")
    neighbour.fill("number", honour.certificate_number)
    neighbour.fill("code", "ABCD EFGH JKLM")
    with translation.override("zh-hans"):
        neighbour.tap(translation.pgettext("certificate", "Check"))
    neighbour.sees(t("No certificate has this number and code."))
