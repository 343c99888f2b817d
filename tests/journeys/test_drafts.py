"""What was typed and chosen is not lost: not by a page that is loaded anew, not by a rule broken at the last moment."""

import pytest
from django.db import transaction

from compounds.organisation.models import PostKind, Unit
from compounds.registry.context import compound_context
from consultation.errors import NotForDirect
from consultation.models import Issue
from consultation.services import step2_propose
from consultation.steps import Step
from tests.committing import YARD
from tests.consultation.branch import SHEET
from tests.factories import IssueFactory, PersonFactory
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import Stage, appoint_to, set_stage
from tests.journeys.test_five_steps import t

CHOSEN = {"urgency": "urgent", "concerns": "frail", "served": "several", "difficulty": "hard"}
WORDS = "请物业先查，再上四方会。"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


@pytest.fixture
def issue(stage: Stage) -> Issue:
    with compound_context(YARD), transaction.atomic():
        return IssueFactory(step=Step.PROPOSE, recorded_by=stage.steward)


def _fill_in(phone: Phone) -> None:
    for name, value in CHOSEN.items():
        phone.choose(name, value)
    phone.fill("working_days", "12")
    phone.fill("suggestion", WORDS)


def _is_filled_in(phone: Phone) -> None:
    for name, value in CHOSEN.items():
        assert phone.page.locator(f"input[name={name}]:checked").input_value() == value
    assert phone.page.locator("[name=working_days]").input_value() == "12"
    assert phone.page.locator("[name=suggestion]").input_value() == WORDS


def test_a_page_loaded_anew_gives_back_words_and_choices(phones: Phones, stage: Stage, issue: Issue) -> None:
    phone = phones(stage.secretary)
    phone.open(f"issues/{issue.number}/proposal/")
    _fill_in(phone)

    phone.open("issues/")
    phone.open(f"issues/{issue.number}/proposal/")

    _is_filled_in(phone)
    phone.sees(t("We put back what you had typed before."))


def test_two_who_sort_the_same_matter_lose_nothing(phones: Phones, stage: Stage, issue: Issue) -> None:
    with compound_context(YARD):
        other = PersonFactory(name="副书记")
        appoint_to(other, PostKind.BRANCH_COMMITTEE, Unit.objects.get(level=2))
    phone = phones(stage.secretary)
    phone.open(f"issues/{issue.number}/proposal/")
    _fill_in(phone)
    with compound_context(YARD):
        step2_propose.propose(Issue.objects.get(pk=issue.pk), **SHEET, by=other)

    phone.tap(t("Save the sorting"))

    phone.sees("副书记")
    _is_filled_in(phone)
    phone.tap(t("Save the sorting"))
    phone.page.wait_for_url(f"**/issues/{issue.number}/")
    with compound_context(YARD):
        newest, first = Issue.objects.get(pk=issue.pk).proposals.select_related("sorted_by")
        assert (newest.sorted_by, newest.suggestion) == (stage.secretary, WORDS)
        assert first.sorted_by == other


def test_a_rule_broken_at_the_last_moment_leads_back_to_the_form_as_it_was(
    phones: Phones, stage: Stage, issue: Issue
) -> None:
    phone = phones(stage.secretary)
    phone.open(f"issues/{issue.number}/hand-out/")
    phone.select("body", "安居物业")
    phone.fill("task", WORDS)

    phone.tap(t("Hand it out"))

    phone.sees(t(NotForDirect.title._args[0]))
    phone.sees(WORDS)
    phone.tap(t("Back to the form"))
    assert phone.page.locator("[name=task]").input_value() == WORDS
    assert phone.page.locator("[name=body]").input_value() == str(stage.company.pk)
