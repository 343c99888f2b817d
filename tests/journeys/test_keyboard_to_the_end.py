"""The story by keyboard alone from the meeting to the closing, and an objection on its way: nobody needs a pointer."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override, pgettext

from compounds.registry.context import compound_context
from consultation.models import Assignment, AttendanceKind, Confirmation, Issue, Meeting, Outcome, Party
from consultation.services import attending, minutes, step3_meet
from consultation.steps import Step
from notices.models import Objection, ObjectionState, PlaceKind, Posting
from tests.committing import YARD
from tests.factories import IssueFactory
from tests.journeys.conftest import Phone, Phones
from tests.journeys.keyboard import Keyboard
from tests.journeys.stage import Stage, photo_in, set_stage
from tests.journeys.test_five_steps import TITLE, t


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


@pytest.fixture
def meeting(stage: Stage) -> Meeting:
    """It is on: the matter is on its agenda, and everybody has signed in."""
    with compound_context(YARD):
        issue = IssueFactory(step=Step.MEET, title=TITLE, recorded_by=stage.steward)
        made = step3_meet.convene(starts_at=timezone.now(), venue="站里", issues=[issue], by=stage.secretary)
        for person in (stage.secretary, stage.property_staff, stage.owner, *stage.residents):
            party = Party(person.deliberator_terms.get().party)
            attending.sign_in(made, person, party=party, kind=AttendanceKind.DELIBERATOR, by=stage.secretary)
        return made


def test_from_the_decision_to_the_closing_by_keyboard(
    phones: Phones, stage: Stage, meeting: Meeting, tmp_path: Path
) -> None:
    photo = photo_in(tmp_path)
    branch, company, steward = phones(stage.secretary), phones(stage.property_staff), phones(stage.steward)

    _decides(branch, meeting, stage)
    _confirms(company, meeting, stage)
    _issues(branch, meeting)
    with compound_context(YARD):
        task = Assignment.objects.select_related("issue").get()
    _accepts_and_reports(company, task, photo)
    _verifies(steward, task, photo)
    _puts_the_result_up(branch, task)
    _ticks(steward, photo)
    _objects(phones(None))
    _answers(branch)
    _closes(branch, task.issue)

    with compound_context(YARD):
        issue = Issue.objects.get()
        assert (issue.step, issue.outcome) == (Step.CLOSED, Outcome.SOLVED)
        assert issue.assignments.get().reports.count() == 2
        assert Posting.objects.filter(places__ticked_by=stage.steward).exists()
        assert Objection.objects.get().state == ObjectionState.DISMISSED


def _decides(branch: Phone, meeting: Meeting, stage: Stage) -> None:
    """What comes with a choice is filled in without a step back; the focus stays with what was chosen."""
    keys = Keyboard(branch.page)
    branch.open(f"meetings/{meeting.number}/items/1/")
    keys.choose("outcome", "consensus")
    branch.page.locator("[name=body]").wait_for()
    assert keys.has_focus("[name=outcome][value=consensus]")
    keys.write("text", "一周内检修。")
    for party in Party:
        keys.choose(f"answer_{party}", "agree")
    keys.pick("body", stage.company.name)
    keys.type_day("due_on", timezone.localdate() + timedelta(days=7))
    keys.write("cost", "0")
    keys.pick("fund_source", t("costs nothing"))
    keys.tap(t("Record the result"))
    branch.open(f"meetings/{meeting.number}/")
    keys.agree(t("Draw up the minutes"))


def _confirms(company: Phone, meeting: Meeting, stage: Stage) -> None:
    """One party by keyboard; the others have answered."""
    with compound_context(YARD):
        drawn_up = Meeting.objects.get(pk=meeting.pk).minutes
        for person in (stage.secretary, stage.owner, stage.residents[0]):
            party = Party(person.deliberator_terms.get().party)
            minutes.confirm(drawn_up, party=party, answer=Confirmation.CONFIRMED, person=person, by=person)
    keys = Keyboard(company.page)
    company.open(f"meetings/{meeting.number}/minutes/")
    keys.choose("answer", "confirmed")
    keys.tap(t("Send my party's answer"))
    with compound_context(YARD):
        assert drawn_up.confirmations.count() == len(Party)


def _issues(branch: Phone, meeting: Meeting) -> None:
    with override("zh-hans"):
        issue_it = pgettext("minutes, button", "Issue")
    branch.open(f"meetings/{meeting.number}/minutes/")
    Keyboard(branch.page).agree(issue_it)


def _accepts_and_reports(company: Phone, task: Assignment, photo: Path) -> None:
    keys = Keyboard(company.page)
    company.open(f"assignments/{task.pk}/")
    keys.tap(t("Accept the task"))
    keys.tap(t("Report progress"))
    keys.write("text", "配件已到。")
    keys.follow("main button[type=submit]")
    keys.tap(t("Report it done"))
    keys.write("report", "轴承已换，三天无异响。")
    keys.attach("photos", photo)
    keys.tap(t("Report it done"))
    company.sees(t("Reported. Somebody will go there and look."))


def _verifies(steward: Phone, task: Assignment, photo: Path) -> None:
    keys = Keyboard(steward.page)
    steward.open(f"assignments/{task.pk}/")
    keys.tap(t("Verify on the spot"))
    keys.attach("photo", photo)
    keys.choose("passed", "yes")
    keys.tap(t("Keep what I found"))
    steward.sees(t("Verified. Now the neighbours are told, and asked what they think."))


def _puts_the_result_up(branch: Phone, task: Assignment) -> None:
    keys = Keyboard(branch.page)
    branch.open(f"assignments/{task.pk}/")
    keys.tap(t("Post the result"))
    keys.tap(t("Post the result"))
    branch.sees(t("Posted. Now tick each place once it hangs there."))


def _ticks(steward: Phone, photo: Path) -> None:
    with compound_context(YARD):
        posting = Assignment.objects.get().completion_posting
        assert posting
        place = posting.places.exclude(kind=PlaceKind.WECHAT_GROUP).first()
        assert place
    keys = Keyboard(steward.page)
    steward.open(f"postings/{posting.pk}/")
    keys.follow(f"a[href$='/places/{place.pk}/']")
    keys.attach("proof", photo)
    keys.tap(t("Yes, it hangs there"))
    steward.sees(t("Where it hangs"))


def _objects(neighbour: Phone) -> None:
    keys = Keyboard(neighbour.page)
    neighbour.open("board/")
    keys.follow("main a.row[href*='/board/']")
    keys.tap(t("Object"))
    keys.write("text", "昨晚还在响。")
    keys.tap(t("Send the objection"))
    neighbour.sees(t("The objection is received."))


def _answers(branch: Phone) -> None:
    with compound_context(YARD):
        objection = Objection.objects.get()
    keys = Keyboard(branch.page)
    branch.open(f"objections/{objection.pk}/")
    keys.choose("verdict", "dismiss")
    keys.write("answer", "声音来自水泵，另行办理。")
    keys.tap(t("Send the answer"))
    branch.sees(t("Dismissed. Whoever objected reads the reason by their code."))


def _closes(branch: Phone, issue: Issue) -> None:
    keys = Keyboard(branch.page)
    branch.open(f"issues/{issue.number}/closing/")
    keys.choose("outcome", "solved")
    keys.write("note", "住户满意。")
    keys.tap(t("Close the matter"))
    branch.sees(t("Closed"))
