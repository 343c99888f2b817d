"""The company's worker, without an account: a signed link, a name and four digits; progress, done, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from compounds.registry.context import compound_context
from consultation.models import Assignment, AssignmentState, HandlerLink, HandlerLinkUse, Issue
from consultation.services import step4_handle
from consultation.steps import Step
from tests.committing import YARD
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import Stage, handed_out, photo_in, set_stage
from tests.journeys.test_five_steps import t

TITLE = "3栋电梯夜里异响"
WORKER = "小刘师傅"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        stage = set_stage()
        stage.company.contact_phone = "138 0000 1234"
        stage.company.save()
        return stage


@pytest.fixture
def task(stage: Stage) -> Assignment:
    """Accepted by the company: now somebody is to go and do it."""
    with compound_context(YARD):
        day = timezone.localdate() + timedelta(days=3)
        task = handed_out(stage, title=TITLE, task="更换导靴。", due_on=day)
        return step4_handle.accept(task, by=stage.property_staff)


def _made(sender: Phone, task: Assignment, button: str) -> str:
    sender.open(f"assignments/{task.pk}/")
    sender.tap(t(button))
    sender.sees(t("Send this to whoever does the work."))
    link: str = sender.page.locator("#link").inner_text().strip()
    return link


def _reports(worker: Phone, kind: str, words: str, digits: str) -> None:
    worker.choose("kind", kind)
    worker.fill("text", words)
    worker.fill("name", WORKER)
    worker.fill("digits", digits)
    worker.tap(t("Send the report"))


def _state(task: Assignment) -> tuple[str, list[tuple[str, str]], list[str], int]:
    """All that a link could change: the task, its reports, the log of uses, wrong answers."""
    with compound_context(YARD):
        fresh = Assignment.objects.get(pk=task.pk)
        reports = [(report.who, report.text) for report in fresh.reports.all()]
        uses = list(HandlerLinkUse.objects.order_by("pk").values_list("result", flat=True))
        return fresh.state, reports, uses, sum(HandlerLink.objects.values_list("wrong_answers", flat=True))


def test_a_worker_without_an_account_reports_progress_and_done(
    phones: Phones, stage: Stage, task: Assignment, tmp_path: Path
) -> None:
    sender, worker = phones(stage.secretary), phones(None)
    link = _made(sender, task, "Make a link")

    _only_looks(worker, link)
    assert _state(task) == (AssignmentState.ACCEPTED, [], [], 0), "opening it changes nothing"

    _reports(worker, "progress", "配件已到，明早换。", "4321")
    worker.sees(t("These are not the last four digits of the registered phone. Tries left: %(left)s.", left=4))
    assert worker.page.locator("[name=text]").input_value() == "配件已到，明早换。", "what was typed stays"
    assert _state(task) == (AssignmentState.ACCEPTED, [], ["wrong"], 1)
    worker.fill("digits", "1234")
    worker.tap(t("Send the report"))
    worker.sees("配件已到，明早换。")
    assert _state(task) == (AssignmentState.ACCEPTED, [(WORKER, "配件已到，明早换。")], ["wrong", "progress"], 1)

    worker.page.locator("input[name=photos]").set_input_files(photo_in(tmp_path))
    _reports(worker, "done", "四只导靴全部更换，试运行正常。", "1234")
    worker.sees(t("It is reported done. Somebody will go there and look."))
    assert worker.page.locator("main form").count() == 0, "there is nothing more to send"

    with compound_context(YARD):
        done = Assignment.objects.get()
        assert (done.state, done.reported_by, Issue.objects.get().step) == (AssignmentState.DONE, None, Step.HANDLE)
        last = done.reports.last()
        assert last is not None
        assert (last.handler_name, last.kind, len(last.photos)) == (WORKER, "done", 1)
        assert list(HandlerLinkUse.objects.order_by("pk").values_list("name", "result")) == [
            (WORKER, "wrong"),
            (WORKER, "progress"),
            (WORKER, "done"),
        ]
    sender.open(f"assignments/{task.pk}/")
    sender.sees(t("through the link"))
    sender.sees(WORKER)


def _only_looks(worker: Phone, link: str) -> None:
    """As chat programs do before anybody has tapped; and who spoke is not told."""
    for _time in range(3):
        worker.open(link)
    worker.sees(TITLE)
    worker.sees("更换导靴。")
    assert worker.page.get_by_text("王女士").count() == 0
    assert worker.page.get_by_text("601").count() == 0, "nor behind which door"


def test_a_revoked_and_an_expired_link_say_so_and_take_nothing(phones: Phones, stage: Stage, task: Assignment) -> None:
    sender, worker = phones(stage.property_staff), phones(None)
    revoked = _made(sender, task, "Make a link")
    worker.open(revoked)
    sender.open(f"assignments/{task.pk}/")
    sender.tap(t("Call it back"))
    sender.tap(t("Yes, do it"))
    sender.sees(t("The link is called back: nobody can report through it any more."))
    _reports(worker, "done", "换好了", "1234")
    worker.sees(t("This link was called back."))
    assert _state(task) == (AssignmentState.ACCEPTED, [], [], 0)

    expired = _made(sender, task, "Make a link")
    with compound_context(YARD):
        HandlerLink.objects.filter(revoked_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))
    worker.open(expired)
    worker.sees(t("The time of this link is over."))
    worker.sees(t("Ask whoever sent it to you for a new one."))
    assert worker.page.locator("main form").count() == 0
    assert _state(task) == (AssignmentState.ACCEPTED, [], [], 0)


def test_a_newer_link_takes_the_earlier_ones_place_and_wrong_digits_lock_it(
    phones: Phones, stage: Stage, task: Assignment
) -> None:
    sender, worker = phones(stage.secretary), phones(None)
    earlier = _made(sender, task, "Make a link")
    newer = _made(sender, task, "Make a new link")
    worker.open(earlier)
    worker.sees(t("This link was called back."))

    worker.open(newer)
    for left in (4, 3, 2, 1):
        _reports(worker, "done", "换好了", "0000")
        wrong_digits = "These are not the last four digits of the registered phone. Tries left: %(left)s."
        worker.sees(t(wrong_digits, left=left))
    _reports(worker, "done", "换好了", "0000")
    worker.sees(t("This link is locked: wrong digits were given too often."))
    worker.open(newer)
    worker.sees(t("This link is locked: wrong digits were given too often."))
    sender.open(f"assignments/{task.pk}/")
    sender.sees(WORKER)

    state, reports, uses, wrong = _state(task)
    assert (state, reports, wrong) == (AssignmentState.ACCEPTED, [], 5)
    assert uses == ["wrong"] * 5
