"""A task given back (退单) goes to another body; work found unfinished (核实) is done, and looked at again."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from compounds.photos.models import Photo, PhotoState
from compounds.registry.context import compound_context
from consultation.models import Assignment, AssignmentState, BodyKind, Issue, ResponsibleBody, ReturnAnswer
from consultation.steps import Step
from tests.committing import YARD
from tests.factories import BodyFactory
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import Stage, handed_out, photo_in, set_stage
from tests.journeys.test_five_steps import t

TITLE = "3栋电梯夜里停层不准"
WHY = "曳引机归维保单位管，物业没有资质拆检。"
MISSING = "七楼还差两厘米，轮椅过不去。"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


@pytest.fixture
def task(stage: Stage) -> Assignment:
    with compound_context(YARD):
        day = timezone.localdate() + timedelta(days=3)
        return handed_out(stage, title=TITLE, task="校准每层停靠位置。", due_on=day)


def _first_of_my_day(phone: Phone) -> None:
    phone.open("")
    phone.page.get_by_text(TITLE).first.click()
    phone.page.wait_for_load_state()


def test_given_back_by_the_company_it_is_handed_out_again(phones: Phones, stage: Stage, task: Assignment) -> None:
    with compound_context(YARD):
        maintainer = BodyFactory(name="飞达电梯维保", kind=BodyKind.LIFT_MAINTAINER)
    company, branch = phones(stage.property_staff), phones(stage.secretary)
    _gives_back(company)
    with compound_context(YARD):
        given_back = Assignment.objects.get()
        assert given_back.state == AssignmentState.RETURNED
        assert given_back.returns.get().by == stage.property_staff

    day = timezone.localdate() + timedelta(days=10)
    _first_of_my_day(branch)
    branch.tap(t("Decide what becomes of it"))
    branch.sees(t("%(body)s gave the task back.", body=stage.company.name))
    _hands_out_again(branch, maintainer, day)

    with compound_context(YARD):
        again = Assignment.objects.select_related("issue").get()
        assert (again.state, again.body, again.due_on) == (AssignmentState.HANDED_OUT, maintainer, day)
        assert (again.issue.step, again.issue.owner_body) == (Step.HANDLE, maintainer)
        row = again.returns.get()
        assert (row.body, row.due_on) == (stage.company, task.due_on), "what was given back by whom stays written down"
        assert (row.reason, row.answer, row.answered_by) == (WHY, ReturnAnswer.AGAIN, stage.secretary)
    company.open("")
    assert company.page.get_by_text(TITLE).count() == 0, "it is no longer the company's"


def _gives_back(phone: Phone) -> None:
    """With its reason, which is asked for."""
    _first_of_my_day(phone)
    phone.tap(t("Give the task back"))
    phone.tap(t("Give the task back"))
    phone.page.locator("[name=reason][aria-invalid=true]").wait_for()
    phone.fill("reason", WHY)
    phone.tap(t("Give the task back"))
    phone.sees(t("Given back. The branch decides what becomes of it."))
    phone.sees(WHY)


def _hands_out_again(phone: Phone, body: ResponsibleBody, day: date) -> None:
    """With a day, which is asked for; what was chosen stays meanwhile."""
    phone.sees(WHY)
    phone.choose("answer", "again")
    phone.select("body", body.name)
    phone.tap(t("Decide"))
    phone.sees(t("Say by when."))
    assert phone.page.locator("[name=body]").input_value() == str(body.pk)
    phone.fill("due_on", day.isoformat())
    phone.fill("note", "请维保单位带资质上门。")
    phone.tap(t("Decide"))
    phone.sees(t("Handed out again to %(body)s.", body=body.name))
    phone.sees(WHY)


def test_found_unfinished_it_goes_back_to_work_and_is_verified_later(
    phones: Phones, stage: Stage, task: Assignment, tmp_path: Path
) -> None:
    company, steward = phones(stage.property_staff), phones(stage.steward)
    _first_of_my_day(company)
    company.tap(t("Accept the task"))
    _reports_done(company, "已校准全部楼层。", photo_in(tmp_path))
    _looks(steward, photo_in(tmp_path, "gap.jpg", "firebrick"), found="no", note=MISSING)
    steward.sees(t("Sent back to %(body)s with what is missing.", body=stage.company.name))
    with compound_context(YARD):
        sent_back = Assignment.objects.get()
        assert (sent_back.state, sent_back.reported_at) == (AssignmentState.ACCEPTED, None)
        assert Issue.objects.get().step == Step.HANDLE

    _first_of_my_day(company)
    company.sees(MISSING)
    company.sees(t("This report did not pass on the spot and is to be given again."))
    _reports_done(company, "七楼重新校准，轮椅已试过。", photo_in(tmp_path, "level.jpg", "seagreen"))
    _looks(steward, photo_in(tmp_path, "good.jpg", "seagreen"), found="yes", note="")
    steward.sees(t("Verified. Now the neighbours are told, and asked what they think."))

    with compound_context(YARD):
        done = Assignment.objects.get()
        assert (done.state, done.accepted_by) == (AssignmentState.VERIFIED, stage.property_staff)
        assert Issue.objects.get().step == Step.EVALUATE
        assert [(look.passed, look.note, look.by) for look in done.verifications.all()] == [
            (False, MISSING, stage.steward),
            (True, "", stage.steward),
        ]
        assert [report.text for report in done.reports.all()] == ["已校准全部楼层。", "七楼重新校准，轮椅已试过。"]
        assert Photo.objects.count() == 4
    _every_photo_is_shown(steward, done)


def _reports_done(phone: Phone, words: str, photo: Path) -> None:
    phone.page.locator("main a.btn.main").click()
    phone.fill("report", words)
    phone.page.locator("input[name=photos]").set_input_files(photo)
    phone.tap(t("Report it done"))
    phone.sees(t("Reported. Somebody will go there and look."))


def _looks(phone: Phone, photo: Path, *, found: str, note: str) -> None:
    _first_of_my_day(phone)
    phone.tap(t("Verify on the spot"))
    phone.page.locator("input[name=photo]").set_input_files(photo)
    phone.choose("passed", found)
    if found == "no":
        phone.tap(t("Keep what I found"))
        phone.sees(t("Say what is missing, so that it can be put right."))
        phone.page.locator("input[name=photo]").set_input_files(photo)
    phone.fill("note", note)
    phone.tap(t("Keep what I found"))


def _every_photo_is_shown(phone: Phone, task: Assignment) -> None:
    """The worker has made the sizes, and the page shows reports and looks with them."""
    for _ in range(100):
        with compound_context(YARD):
            if not Photo.objects.exclude(state=PhotoState.READY).exists():
                break
        phone.page.wait_for_timeout(100)
    phone.open(f"assignments/{task.pk}/")
    phone.page.wait_for_load_state("networkidle")
    broken = "images => images.filter(image => image.complete && !image.naturalWidth).length"
    assert phone.page.locator("main img").count() >= 4
    assert phone.page.locator("main img").evaluate_all(broken) == 0
