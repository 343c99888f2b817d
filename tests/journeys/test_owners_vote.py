"""What only the owners may decide, in the browser at phone size: a vote that passes, and one that fails."""

import pytest
from django.utils import timezone

from compounds.registry.context import compound_context
from consultation.models import Category, Issue, Meeting
from consultation.services import step3_meet
from consultation.steps import Step
from tests.committing import YARD
from tests.factories import IssueFactory
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import Stage, set_stage
from tests.journeys.test_five_steps import t

TITLE = "动用维修资金更换3栋电梯"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


def _submitted(chair: Phone, stage: Stage) -> Issue:
    """The secretary submits the matter to the owners from the meeting's item."""
    with compound_context(YARD):
        fund = Category.objects.get(name="使用维修资金")
        issue: Issue = IssueFactory(step=Step.MEET, title=TITLE, category=fund, recorded_by=stage.steward)
        meeting: Meeting = step3_meet.convene(
            starts_at=timezone.now(), venue="站里", issues=[issue], by=stage.secretary
        )
    today = timezone.localdate().isoformat()
    chair.open(f"meetings/{meeting.number}/items/1/")
    chair.tap(t("Submit to the owners' vote"))
    chair.fill("question", "是否同意动用维修资金更换3栋电梯主机？")
    chair.fill("text", "提请全体业主表决。")
    for name, value in (
        ("ballot_from", today),
        ("ballot_until", today),
        ("total_persons", "300"),
        ("total_area", "27000"),
        ("due_on", "2099-05-01"),
        ("cost", "86000"),
    ):
        chair.fill(name, value)
    chair.select("body", stage.company.name)
    chair.tap(t("Submit to the owners' vote"))
    chair.sees(t("The ballot ends today; once it has, enter the result."))
    with compound_context(YARD):
        assert issue.holds.active().get().reason == "owners_vote"
    return issue


def _counted(phone: Phone, issue: Issue, figures: tuple[str, str, str, str]) -> None:
    with compound_context(YARD):
        vote = issue.owners_votes.get()
    phone.open(f"votes/{vote.pk}/")
    names = ("took_part_persons", "took_part_area", "for_persons", "for_area")
    for name, value in zip(names, figures, strict=True):
        phone.fill(name, value)
    phone.page.get_by_role("button", name=t("Enter the result")).click()
    phone.page.locator(".confirm .btn.main").click()
    phone.page.wait_for_load_state()


def test_a_passed_vote_is_handed_out(phones: Phones, stage: Stage) -> None:
    issue = _submitted(phones(stage.secretary), stage)
    owner = phones(stage.owner)

    _counted(owner, issue, ("200", "27000.01", "150", "13500"))
    owner.sees(t("At most the whole compound's %(total)s.", total="27,000"))
    _counted(owner, issue, ("200", "18000", "150", "13500"))

    owner.sees(t("The owners have agreed."))
    with compound_context(YARD):
        assert issue.assignments.get().body == stage.company
        assert Issue.objects.get(pk=issue.pk).step == Step.HANDLE


def test_a_failed_vote_goes_back_to_the_branch(phones: Phones, stage: Stage) -> None:
    chair = phones(stage.secretary)
    issue = _submitted(chair, stage)

    _counted(chair, issue, ("199", "27000", "199", "27000"))

    chair.sees(t("Too few owners took part."))
    with compound_context(YARD):
        assert Issue.objects.get(pk=issue.pk).step == Step.PROPOSE
        assert not issue.holds.active().exists()
        assert not issue.assignments.exists()
