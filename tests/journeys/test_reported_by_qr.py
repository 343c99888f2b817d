"""A resident's report: from the poster in the stairwell to the tracking page, the steward, and the answer."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.registry.context import compound_context
from consultation.models import Issue, Outcome
from consultation.services import flow
from consultation.steps import Step
from tests.committing import YARD
from tests.factories import HouseholdFactory
from tests.journeys.conftest import Phones
from tests.journeys.stage import Stage, set_stage
from tests.journeys.test_five_steps import t

SAID = "一楼门厅的灯不亮，晚上看不见台阶"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


def test_from_the_poster_to_the_closing(phones: Phones, stage: Stage) -> None:
    branch = phones(stage.secretary)
    branch.open("posters/")
    branch.tap(t("Make the missing codes"))
    branch.open("posters/3/")
    address = branch.page.locator(".poster .qr .num").inner_text().strip()
    assert re.search(r"/q/[2-9a-z]{7}$", address)

    resident = phones(None)
    resident.open(address)
    resident.sees(t("Danger? Call first"))
    resident.page.get_by_role("link", name="水电公共设施").click()
    resident.fill("said", SAID)
    resident.page.locator("main summary").first.click()
    resident.fill("name", "小陈")
    resident.fill("door", "601")
    resident.tap(t("Send it"))
    resident.sees(t("Thank you, we have it."))
    code = resident.page.locator("#code").inner_text()
    resident.open("track/")
    resident.fill("code", code)
    resident.tap(t("Look"))
    resident.sees(t("We have it. Your building's steward looks into it."))

    steward = phones(stage.steward)
    steward.open("")
    steward.page.get_by_text("一楼门厅的灯不亮").first.click()
    steward.tap(t("Complete the report"))
    steward.fill("title", "3栋1单元门厅灯不亮")
    steward.choose("spoken", "talked")
    steward.tap(t("Complete it"))
    steward.tap(t("Hand over to the branch"))
    steward.sees(t("The branch has it now."))

    with compound_context(YARD):
        issue = Issue.objects.with_voices().get()
        assert (issue.step, issue.households_behind) == (Step.PROPOSE, 1)
        flow.advance(issue, Step.CLOSED, outcome=Outcome.NOT_OURS, note="已请供电所换灯", by=stage.secretary)
    resident.page.reload()
    resident.sees("3栋1单元门厅灯不亮")
    resident.sees("已请供电所换灯")
    assert resident.page.get_by_text("小陈").count() == 0


def test_a_lead_walks_along_a_corridor_and_takes_a_mistap_back(phones: Phones, stage: Stage) -> None:
    with compound_context(YARD):
        HouseholdFactory(
            entrance=stage.door.entrance, door="602", last_contact_on=timezone.localdate() - timedelta(days=200)
        )
    phone = phones(stage.steward)
    phone.open("doors/")
    row = phone.page.locator(".walk", has_text="602")
    row.locator("button[value=talked]").click()
    row.get_by_role("button", name=t("Undo")).click()
    row.locator("button[value=not_home]").wait_for()
    with compound_context(YARD):
        assert not stage.door.visits.exists()

    phone.tap(t("A corridor at once"))
    phone.page.locator("details[open] button[value=talked]").click()
    phone.sees(t("Written down at %(count)s door.", count=2))
