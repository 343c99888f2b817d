"""Neighbours object to what is posted (异议): upheld it moves the matter, dismissed it is told why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.registry.context import compound_context
from consultation.models import Assignment, AssignmentState, Issue
from consultation.services import step4_handle
from consultation.steps import Step
from notices.models import Objection, ObjectionChannel, ObjectionState, Posting
from tests.committing import YARD
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import Stage, handed_out, set_stage
from tests.journeys.test_five_steps import t
from tests.pictures import a_picture

TITLE = "3栋电梯夜里异响"
POSTED = "已更换导靴，试运行三晚无异响。"
OBJECTION = "导靴没有换，昨晚还在响。"
NAME = "欧阳老师"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


@pytest.fixture
def posting(stage: Stage) -> Posting:
    """What the company did, verified on the spot and hanging in public."""
    with compound_context(YARD):
        day = timezone.localdate() + timedelta(days=3)
        task = handed_out(stage, title=TITLE, task="更换导靴。", due_on=day)
        task = step4_handle.accept(task, by=stage.property_staff)
        task = step4_handle.report_done(task, report=POSTED, photos=[a_picture()], by=stage.property_staff)
        step4_handle.verify(task, passed=True, note="", photo=a_picture(), by=stage.steward)
        return step4_handle.post_completion(task, text=POSTED, by=stage.secretary)


def _objects_at_the_board(neighbour: Phone) -> str:
    """From the board to the code by which the answer is read."""
    neighbour.open("board/")
    neighbour.page.get_by_text(TITLE).first.click()
    neighbour.tap(t("Object"))
    neighbour.sees(POSTED)
    neighbour.tap(t("Send the objection"))
    neighbour.page.locator("[name=text][aria-invalid=true]").wait_for()
    neighbour.fill("text", OBJECTION)
    neighbour.fill("name", NAME)
    neighbour.tap(t("Send the objection"))
    neighbour.sees(t("The objection is received."))
    code: str = neighbour.page.locator("#code").inner_text().strip()
    neighbour.tap(t("Where the answer will stand"))
    neighbour.sees(t("The branch has not answered yet."))
    return code


def _opens_the_objection(branch: Phone) -> None:
    branch.open("")
    branch.page.locator("a[href*='/objections/']").first.click()
    branch.sees(OBJECTION)
    branch.sees(NAME)


def _reads_the_answer(neighbour: Phone, code: str) -> None:
    """Typed as somebody reads it from a slip of paper: small letters, no dashes."""
    neighbour.open("board/")
    neighbour.tap(t("Read the answer to your objection"))
    neighbour.fill("code", code.lower().replace("-", " "))
    neighbour.tap(t("Read the answer"))


def test_upheld_it_moves_the_matter_back_to_work(phones: Phones, stage: Stage, posting: Posting) -> None:
    neighbour, branch = phones(None), phones(stage.secretary)
    code = _objects_at_the_board(neighbour)
    with compound_context(YARD):
        issue = Issue.objects.get()
        assert issue.step == Step.EVALUATE, "what is only said moves nothing"
        row = Objection.objects.get()
        assert (row.state, row.channel, row.recorded_by) == (ObjectionState.OPEN, ObjectionChannel.BOARD, None)
    branch.open(f"issues/{issue.number}/closing/")
    assert branch.page.locator("main form button.main").is_disabled(), "not closed while an objection waits"

    answer = "属实，三日内更换导靴并请您到场。"
    day = timezone.localdate() + timedelta(days=3)
    _opens_the_objection(branch)
    branch.choose("verdict", "rework")
    branch.fill("answer", answer)
    branch.select("body", stage.company.name)
    branch.fill("due_on", day.isoformat())
    branch.tap(t("Send the answer"))
    branch.sees(t("Upheld. Whoever objected reads the answer by their code."))

    with compound_context(YARD):
        row.refresh_from_db()
        assert (row.state, row.answer, row.answered_by) == (ObjectionState.UPHELD, answer, stage.secretary)
        issue.refresh_from_db()
        assert (issue.step, issue.owner_body, issue.due_on) == (Step.HANDLE, stage.company, day)
        task = Assignment.objects.unfinished().get()
        assert (task.state, task.body, task.task) == (AssignmentState.HANDED_OUT, stage.company, answer)
    company = phones(stage.property_staff)
    company.open("")
    company.sees(TITLE)
    _reads_the_answer(neighbour, code)
    neighbour.sees(t("The objection was upheld."))
    neighbour.sees(answer)


def test_upheld_it_moves_the_matter_back_to_the_branch(phones: Phones, stage: Stage, posting: Posting) -> None:
    _objects_at_the_board(phones(None))
    branch = phones(stage.secretary)

    _opens_the_objection(branch)
    branch.choose("verdict", "uphold")
    branch.fill("answer", "属实，重新梳理。")
    branch.tap(t("Send the answer"))
    branch.sees(t("Upheld. Whoever objected reads the answer by their code."))

    with compound_context(YARD):
        issue = Issue.objects.get()
        last = issue.records.order_by("-pk").first()
        assert issue.step == Step.PROPOSE
        assert last is not None
        assert (last.from_step, last.moved_by, last.note) == (Step.EVALUATE, stage.secretary, "属实，重新梳理。")
        assert not Assignment.objects.unfinished().exists()


def test_dismissed_the_reason_is_told_to_the_objector(phones: Phones, stage: Stage, posting: Posting) -> None:
    neighbour, branch = phones(None), phones(stage.secretary)
    code = _objects_at_the_board(neighbour)
    reason = "三方到场复查，导靴已换，声音来自水泵，另行办理。"

    _opens_the_objection(branch)
    branch.choose("verdict", "dismiss")
    branch.tap(t("Send the answer"))
    branch.page.locator("[name=answer][aria-invalid=true]").wait_for()
    branch.fill("answer", reason)
    branch.tap(t("Send the answer"))
    branch.sees(t("Dismissed. Whoever objected reads the reason by their code."))

    _reads_the_answer(neighbour, "AAAA-BBBB-CCCC")
    neighbour.sees(t("This code is not known. Please look at it again."))
    _reads_the_answer(neighbour, code)
    neighbour.sees(t("The objection was dismissed."))
    neighbour.sees(reason)
    with compound_context(YARD):
        objection = Objection.objects.get()
        assert (objection.state, objection.answer) == (ObjectionState.DISMISSED, reason)
        assert (objection.answered_by, Issue.objects.get().step) == (stage.secretary, Step.EVALUATE)
        assert not Assignment.objects.unfinished().exists()
    board = phones(None)
    board.open(f"board/{issue_number()}/")
    assert board.page.get_by_text(OBJECTION).count() == 0, "objections do not hang in public"
    assert board.page.get_by_text(NAME).count() == 0


def issue_number() -> str:
    with compound_context(YARD):
        return Issue.objects.get().number
