"""The branch's phone: from the inbox to a printed list with a matter moved by hand; danger that waits for nobody."""

from pathlib import Path

import pytest
from django.utils import timezone, translation
from django.utils.translation import pgettext

from compounds.registry.context import compound_context
from consultation.models import Assignment, Category, Issue, IssueList
from consultation.services import step1_visit
from consultation.services.step1_visit import Place
from consultation.steps import Step
from tests.committing import YARD
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import Stage, set_stage
from tests.journeys.test_five_steps import _tap_and_confirm, t

WHY = "门岗已换班，可先办"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


def _handed_over(stage: Stage, title: str, category: str) -> Issue:
    with compound_context(YARD):
        issue = step1_visit.record(
            title=title,
            said=f"{title}，请尽快处理。",
            category=Category.objects.get(name=category),
            place=Place.at_door(stage.door),
            spoken_by="王女士",
            by=stage.steward,
        )
        return step1_visit.hand_over(issue, by=stage.steward)


def _sort_from_inbox(phone: Phone, issue: Issue, urgency: str) -> None:
    phone.open("inbox/")
    phone.page.locator(f"a.btn[href*='{issue.number}']").click()
    for name, value in (
        ("urgency", urgency),
        ("concerns", "anyone"),
        ("served", "several"),
        ("difficulty", "moderate"),
    ):
        phone.choose(name, value)
    phone.fill("working_days", "7")
    phone.fill("suggestion", "四方商议。")
    phone.tap(t("Save the sorting"))
    phone.page.wait_for_url("**/inbox/")
    phone.open(f"issues/{issue.number}/")
    phone.tap(t("Put on the issue list"))


def test_from_the_inbox_to_a_printed_list_moved_by_hand(phones: Phones, stage: Stage, tmp_path: Path) -> None:
    lift, gate = _handed_over(stage, "电梯夜里异响", "电梯设备"), _handed_over(stage, "西门门禁失灵", "门禁围栏")
    phone = phones(stage.secretary)
    phone.open("")
    phone.page.locator("a.row[href$='/inbox/']").click()
    phone.sees("电梯夜里异响")
    _sort_from_inbox(phone, lift, "urgent")
    _sort_from_inbox(phone, gate, "can_wait")

    phone.open("lists/1/")
    phone.page.locator("tr.parted").nth(1).get_by_text("西门门禁失灵").wait_for()
    second = phone.page.locator("tr.parted + tr").nth(1)
    second.locator("summary").click()
    second.locator("[name=reason]").fill(WHY)
    with translation.override("zh-hans"):
        up = pgettext("on a list", "Up")
    second.get_by_role("button", name=up, exact=True).click()
    phone.sees(WHY)
    _tap_and_confirm(phone, t("Publish this edition"))
    phone.page.get_by_role("button", name=t("Print")).wait_for()

    with compound_context(YARD):
        edition = IssueList.objects.get()
        assert [entry.issue for entry in edition.entries.all()] == [gate, lift]
        assert set(Issue.objects.values_list("step", flat=True)) == {Step.MEET}
    phone.page.emulate_media(media="print")
    assert not phone.page.locator("summary:visible, .btn:visible").count()
    phone.sees(WHY)
    paper = phone.page.pdf(path=tmp_path / "list.pdf", format="A4")
    assert paper.startswith(b"%PDF")


def test_danger_is_handed_out_at_once_and_the_next_meeting_hears_of_it_first(phones: Phones, stage: Stage) -> None:
    gas = _handed_over(stage, "3栋楼道有燃气味", "燃气泄漏")
    other = _handed_over(stage, "电梯夜里异响", "电梯设备")
    phone = phones(stage.secretary)
    phone.open(f"issues/{gas.number}/")
    phone.tap(t("Hand out at once"))
    phone.sees("119")
    phone.select("body", stage.company.name)
    phone.fill("task", "关闭总阀，请燃气公司检修。")
    phone.fill("due_on", timezone.localdate().isoformat())
    phone.fill("reason", "楼道里能闻到气味")
    phone.tap(t("Hand it out"))
    phone.sees(stage.company.name)

    with compound_context(YARD):
        assert Issue.objects.get(pk=gas.pk).step == Step.HANDLE
        assert Assignment.objects.get().danger
    _sort_from_inbox(phone, other, "soon")
    phone.open("lists/1/")
    _tap_and_confirm(phone, t("Publish this edition"))
    phone.open("meetings/new/")
    phone.fill("day", timezone.localdate().isoformat())
    phone.fill("time", "23:59")
    phone.fill("venue", "邻聚里党群服务站")
    phone.tap(t("Call the meeting"))
    phone.sees("3栋楼道有燃气味")
    phone.sees(t("done first, discussed now"))
