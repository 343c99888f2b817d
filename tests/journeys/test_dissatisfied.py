"""A resident who is not satisfied: once it is taken up again, once it is refused and the refusal hangs in public."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from compounds.registry.context import compound_context
from consultation.models import AssignmentState, Issue, Reopening
from consultation.services import step1_visit, step4_handle, step5_evaluate
from consultation.steps import Step
from notices.models import Posting
from tests.committing import YARD
from tests.consultation.handling import SOLVED, task_at
from tests.journeys.conftest import Phones
from tests.journeys.stage import Stage, set_stage

TITLE = "电梯夜里异响"
COMPLAINT = "半夜还是响，只是轻了一点。"


def t(text: str, **facts: object) -> str:
    """What the page says for an English source text."""
    with translation.override("zh-hans"):
        return gettext(text) % facts if facts else gettext(text)


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


@pytest.fixture
def dissatisfied(phones: Phones, stage: Stage) -> Issue:
    """A finished and posted matter; its reporter opens the link and gives 2 of 5."""
    with compound_context(YARD):
        task = task_at(
            AssignmentState.VERIFIED, title=TITLE, building=stage.door.entrance.building, recorded_by=stage.steward
        )
        step4_handle.post_completion(task, text=SOLVED, by=stage.secretary)
        voice = step1_visit.add_voice_at_door(task.issue, name="王女士", household=stage.door, by=stage.steward)
        token = step5_evaluate.make_link(voice, by=stage.steward)
    phone = phones(None)
    phone.open(f"rate/{token}/")
    phone.choose("stars", "2")
    phone.fill("reason", COMPLAINT)
    phone.page.locator("main form button.main").click()
    phone.sees(t("Thank you!"))
    return task.issue


def test_it_is_taken_up_again_by_the_same_body(phones: Phones, stage: Stage, dissatisfied: Issue) -> None:
    secretary = phones(stage.secretary)
    secretary.open("")
    with compound_context(YARD):
        row = Reopening.objects.get()
    secretary.page.locator(f"a[href$='/reopenings/{row.pk}/']").click()
    secretary.sees(COMPLAINT)
    secretary.choose("answer", "body")
    secretary.fill("words", "换减震垫，夜里再听一次。")
    secretary.fill("due_on", (timezone.localdate() + timedelta(days=5)).isoformat())
    secretary.tap(t("Answer"))
    secretary.sees("换减震垫，夜里再听一次。")

    with compound_context(YARD):
        issue = Issue.objects.get(pk=dissatisfied.pk)
        assert (issue.step, issue.reopenings.get().state) == (Step.HANDLE, "taken_up")
    company = phones(stage.property_staff)
    company.open("")
    company.sees(TITLE)


def test_it_is_refused_the_reason_hangs_in_public_and_the_matter_is_closed(
    phones: Phones, stage: Stage, dissatisfied: Issue
) -> None:
    reason = "已请检测机构夜间检测，声音在标准以内。"
    secretary = phones(stage.secretary)
    secretary.open(f"issues/{dissatisfied.number}/closing/")
    assert secretary.page.locator("main form button.main").is_disabled()
    secretary.open(f"issues/{dissatisfied.number}/")
    secretary.tap(t("Answer a low rating"))
    secretary.choose("answer", "refuse")
    secretary.fill("words", reason)
    secretary.tap(t("Answer"))
    secretary.sees(reason)
    with compound_context(YARD):
        assert Posting.objects.filter(kind="refusal", text=reason).exists()

    neighbour = phones(None)
    neighbour.open(f"board/{dissatisfied.number}/")
    neighbour.sees(reason)
    assert neighbour.page.get_by_text("王女士").count() == 0

    secretary.open(f"issues/{dissatisfied.number}/closing/")
    secretary.choose("outcome", "partly")
    secretary.tap(t("Close the matter"))
    with compound_context(YARD):
        issue = Issue.objects.get(pk=dissatisfied.pk)
        assert issue.step == Step.CLOSED
        assert issue.follow_ups.get().due_on == timezone.localdate() + timedelta(days=30)
