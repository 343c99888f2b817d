"""One matter, from a word at the door to its closing; and a seat without anybody, which cannot decide."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext
from PIL import Image

from compounds.organisation import appointments
from compounds.photos.models import Photo, PhotoState
from compounds.registry.context import compound_context
from consultation.models import Assignment, AttendanceKind, Category, Issue, Meeting, Outcome, Rating
from consultation.services import attending, step1_visit, step2_propose, step3_meet
from consultation.services.step1_visit import Place
from consultation.steps import Step
from tests.committing import YARD
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import Stage, set_stage

TITLE = "电梯夜里异响，老人不敢乘"
WORDS = "半夜咣当响，我妈八十了，宁可爬楼。"
SORTED = {
    "urgency": "urgent",
    "concerns": "frail",
    "served": "several",
    "working_days": 7,
    "difficulty": "moderate",
    "suggestion": "一周内检修。",
    "seen": None,
}


def t(text: str, **facts: object) -> str:
    """What the page says for an English source text."""
    with translation.override("zh-hans"):
        return gettext(text) % facts if facts else gettext(text)


@pytest.fixture
def photo_file(tmp_path: Path) -> Path:
    path = tmp_path / "lift.jpg"
    body = io.BytesIO()
    Image.new("RGB", (1600, 1200), "steelblue").save(body, "JPEG")
    path.write_bytes(body.getvalue())
    return path


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


def test_one_matter_goes_from_a_word_at_the_door_to_its_closing(phones: Phones, stage: Stage, photo_file: Path) -> None:
    number = _steward_opens_invitation_and_records(phones, stage, photo_file)
    secretary = phones(stage.secretary)
    _secretary_sorts_lists_and_publishes(secretary, number)
    meeting = _four_parties_decide_and_confirm(phones, secretary, stage)
    _company_accepts_and_reports(phones, stage, number, photo_file)
    _steward_verifies(phones, stage, photo_file)
    link = _branch_posts_and_invites_a_rating(secretary, number)
    _resident_rates(phones, link)
    _branch_closes(secretary, number)

    with compound_context(YARD):
        issue = Issue.objects.get(number=number)
        assert issue.step == Step.CLOSED
        assert issue.outcome == Outcome.SOLVED
        assert [record.to_step for record in issue.records.all()] == [
            Step.VISIT,
            Step.PROPOSE,
            Step.MEET,
            Step.HANDLE,
            Step.EVALUATE,
            Step.CLOSED,
        ]
        assert Meeting.objects.get(pk=meeting).minutes.issued_at
        assert Rating.objects.get(issue=issue).stars == 5
        assert not Photo.objects.exclude(state=PhotoState.READY).exists(), "the worker made every photo's sizes"
    board = phones(None)
    board.open("board/")
    board.sees(TITLE)


def _steward_opens_invitation_and_records(phones: Phones, stage: Stage, photo_file: Path) -> str:
    with compound_context(YARD):
        token = appointments.invite(stage.steward, now=timezone.now(), by=stage.secretary)
    phone = phones(None)
    phone.open(f"/invite/{token}/")
    phone.fill("password1", "louli-2026-haoren")
    phone.fill("password2", "louli-2026-haoren")
    phone.page.locator("button.main").click()
    phone.page.wait_for_url(re.compile(r"/c/yard/"))

    phone.open("issues/new/")
    phone.fill("said", WORDS)
    phone.fill("title", TITLE)
    phone.select("category", "电梯设备")
    phone.select("where", t("%(building)s, entrance %(entrance)s", building="3栋", entrance=1))
    phone.fill("door", "601")
    phone.fill("spoken_by", "王女士")
    phone.page.locator("input[name=photos]").set_input_files(photo_file)
    phone.tap(t("Write it down"))
    phone.sees(TITLE)
    phone.sees(WORDS)
    number = re.search(r"\d{4}-\d{4}", phone.page.url)
    assert number
    phone.tap(t("Hand over to the branch"))
    phone.sees(t("The branch has it now."))
    return number.group()


def _secretary_sorts_lists_and_publishes(phone: Phone, number: str) -> None:
    phone.open("")
    phone.sees(TITLE)
    phone.open(f"issues/{number}/")
    phone.tap(t("Sort it"))
    for name, value in (
        ("urgency", "urgent"),
        ("concerns", "frail"),
        ("served", "several"),
        ("difficulty", "moderate"),
    ):
        phone.choose(name, value)
    phone.fill("working_days", "7")
    phone.fill("suggestion", "维保单位一周内检修，业委会核查维保合同。")
    phone.tap(t("Save the sorting"))
    phone.tap(t("Put on the issue list"))
    phone.tap(t("See and publish the list"))
    _tap_and_confirm(phone, t("Publish this edition"))
    with compound_context(YARD):
        assert Issue.objects.get(number=number).step == Step.MEET


def _four_parties_decide_and_confirm(phones: Phones, chair: Phone, stage: Stage) -> int:
    chair.open("meetings/new/")
    chair.fill("day", timezone.localdate().isoformat())
    chair.fill("time", "23:30")
    chair.fill("venue", "邻聚里党群服务站")
    chair.tap(t("Call the meeting"))
    council = [stage.secretary, stage.property_staff, stage.owner, *stage.residents]
    with compound_context(YARD):
        meeting = Meeting.objects.get()
    for person in council:
        with translation.override("zh-hans"):
            button = gettext("Sign in: %(name)s") % {"name": person.name}
        chair.page.get_by_role("button", name=button).click()
        chair.page.get_by_role("button", name=button).wait_for(state="detached")

    chair.open(f"meetings/{meeting.number}/items/1/")
    chair.choose("outcome", "consensus")
    chair.page.locator("[name=body]").wait_for()
    chair.fill("text", "物业联系维保单位一周内检修，业委会核查维保合同。")
    for party in ("branch", "property_company", "owners_committee", "residents"):
        chair.choose(f"answer_{party}", "agree")
    chair.select("body", stage.company.name)
    chair.fill("due_on", (date.today() + timedelta(days=7)).isoformat())  # noqa: DTZ011
    chair.fill("cost", "0")
    chair.page.locator("[name=fund_source]").select_option("none")
    chair.tap(t("Record the result"))
    chair.open(f"meetings/{meeting.number}/")
    _tap_and_confirm(chair, t("Draw up the minutes"))

    for person in (stage.secretary, stage.property_staff, stage.owner, stage.residents[0]):
        phone = phones(person)
        phone.open(f"meetings/{meeting.number}/minutes/")
        phone.choose("answer", "confirmed")
        phone.page.locator("form[action$='confirmations/'] button[type=submit]").click()
        phone.page.wait_for_load_state()
    chair.open(f"meetings/{meeting.number}/minutes/")
    with translation.override("zh-hans"):
        issue_it = pgettext("minutes, button", "Issue")
    _tap_and_confirm(chair, issue_it)
    chair.sees(stage.company.name)
    return meeting.pk


def _company_accepts_and_reports(phones: Phones, stage: Stage, number: str, photo_file: Path) -> None:
    phone = phones(stage.property_staff)
    phone.open("")
    phone.page.get_by_text(TITLE).first.click()
    phone.page.locator("main form button.main").click()
    phone.sees(t("You have taken the task over."))
    phone.page.locator("main a.btn.main").click()
    phone.fill("report", "已更换曳引机轴承，试运行三天无异响。")
    phone.page.locator("input[name=photos]").set_input_files(photo_file)
    phone.tap(t("Report it done"))
    phone.sees(t("Reported. Somebody will go there and look."))
    phone.open(f"issues/{number}/")
    assert phone.page.get_by_text("王女士").count() == 0, "the property company never sees who spoke"


def _steward_verifies(phones: Phones, stage: Stage, photo_file: Path) -> None:
    phone = phones(stage.steward)
    phone.open("")
    phone.page.get_by_text(TITLE).first.click()
    phone.page.locator("main a.btn.main").click()
    phone.page.locator("input[name=photo]").set_input_files(photo_file)
    phone.page.locator("input[name=passed]").first.check(force=True)
    phone.tap(t("Keep what I found"))
    phone.sees(t("Verified. Now the neighbours are told, and asked what they think."))


def _branch_posts_and_invites_a_rating(phone: Phone, number: str) -> str:
    phone.open(f"issues/{number}/")
    phone.tap(t("Post the result"))
    phone.page.locator("main a.btn.main").click()
    phone.tap(t("Post the result"))
    phone.sees(t("Posted. Now tick each place once it hangs there."))
    phone.open(f"issues/{number}/rating/")
    phone.page.locator("#link_voice").select_option(index=1)
    phone.tap(t("Make a link"))
    return phone.page.locator("#link").inner_text().strip()


def _resident_rates(phones: Phones, link: str) -> None:
    phone = phones(None)
    phone.open(link)
    phone.sees(TITLE)
    phone.choose("stars", "5")
    phone.page.locator("main form button.main").click()
    phone.page.wait_for_load_state()
    with compound_context(YARD):
        assert Rating.objects.get().channel == "link"


def _branch_closes(phone: Phone, number: str) -> None:
    phone.open(f"issues/{number}/closing/")
    phone.choose("outcome", "solved")
    phone.fill("note", "住户满意，继续跟踪一个月。")
    phone.tap(t("Close the matter"))
    phone.sees(t("Closed"))


def _tap_and_confirm(phone: Phone, name: str) -> None:
    """A button that asks once more in place: the second tap does it."""
    phone.page.get_by_role("button", name=name).click()
    phone.page.locator(".confirm .btn.main").click()
    phone.page.wait_for_load_state()


def test_a_seat_without_anybody_cannot_decide_and_the_page_says_who_is_missing(phones: Phones, stage: Stage) -> None:
    with compound_context(YARD):
        issue = step1_visit.record(
            title=TITLE,
            said=WORDS,
            category=Category.objects.get(name="电梯设备"),
            place=Place.at_door(stage.door),
            spoken_by="王女士",
            by=stage.steward,
        )
        step1_visit.hand_over(issue, by=stage.steward)
        step2_propose.propose(issue, **SORTED, by=stage.secretary)
        entry = step2_propose.put_on_list(issue, by=stage.secretary)
        step2_propose.publish(entry.issue_list, by=stage.secretary)
        meeting = step3_meet.convene(starts_at=timezone.now(), venue="站里", issues=[issue], by=stage.secretary)
        for person in (stage.secretary, stage.property_staff, *stage.residents):
            party = person.deliberator_terms.get().party
            attending.sign_in(meeting, person, party=party, kind=AttendanceKind.DELIBERATOR, by=stage.secretary)

    chair = phones(stage.secretary)
    chair.open(f"meetings/{meeting.number}/items/1/")
    missing = t("Owners' committee")
    chair.sees(t("No decision is possible without: %(parties)s", parties=missing))
    assert chair.page.locator("input[name=outcome][value=consensus]").is_disabled()

    chair.choose("outcome", "deferred")
    chair.fill("text", "等业委会到会")
    chair.tap(t("Record the result"))
    with compound_context(YARD):
        assert issue.agenda_items.get().decision.outcome == "deferred"
        assert Issue.objects.get(pk=issue.pk).step == Step.MEET
        assert not Assignment.objects.exists()
