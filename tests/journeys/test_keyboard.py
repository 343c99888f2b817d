"""The stories by keyboard alone: recorded, sorted, listed; a seat that is missing; reported and rated by a resident."""

import pytest
from django.utils import timezone

from compounds.registry.context import compound_context
from consultation.models import AttendanceKind, Issue, Party, Rating
from consultation.services import attending, step3_meet, step5_evaluate
from consultation.steps import Step
from tests.committing import YARD
from tests.factories import IssueFactory
from tests.journeys.conftest import Phone, Phones
from tests.journeys.keyboard import Keyboard
from tests.journeys.stage import Stage, set_stage
from tests.journeys.test_five_steps import SORTED, TITLE, WORDS, t

# Whether anything on the page takes time to change its look.
_MOVES = """() => [...document.querySelectorAll("body, body *")].some(node => {
  const { transitionDuration, animationDuration } = getComputedStyle(node);
  return [transitionDuration, animationDuration].join().split(",").some(time => parseFloat(time) > 0);
})"""


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


def test_a_matter_is_recorded_sorted_and_listed_by_keyboard(phones: Phones, stage: Stage) -> None:
    steward = phones(stage.steward)
    keys = Keyboard(steward.page)
    _a_door_is_tapped_and_taken_back(steward, stage.door.pk)
    steward.open("issues/new/")
    keys.press("a.skip")
    assert keys.has_focus("main")
    keys.write("said", WORDS)
    keys.write("title", TITLE)
    keys.pick("category", "电梯设备")
    keys.tap(t("Write it down"))
    keys.tap(t("Hand over to the branch"))
    steward.sees(t("The branch has it now."))
    with compound_context(YARD):
        number = Issue.objects.get().number

    secretary = phones(stage.secretary)
    _sort_and_list(secretary, number)

    with compound_context(YARD):
        assert Issue.objects.get().step == Step.MEET


def _a_door_is_tapped_and_taken_back(steward: Phone, door: int) -> None:
    """What takes the place of the button that was pressed has the focus, and what happened is said."""
    page, keys, button = steward.page, Keyboard(steward.page), f"#door-{door}-talked"
    steward.open("doors/")
    assert page.evaluate(_MOVES), "so that what follows means something"
    page.emulate_media(reduced_motion="reduce")
    assert not page.evaluate(_MOVES), "nothing moves for those who asked for it"

    keys.press(button, words=t("talked").capitalize())
    page.get_by_role("status").filter(has_text=t("Written down.")).wait_for()
    assert keys.has_focus(button)
    keys.press(button, words=t("Undo"))
    page.get_by_role("status").filter(has_text=t("Taken back.")).wait_for()
    assert keys.has_focus(button)


def _sort_and_list(secretary: Phone, number: str) -> None:
    keys = Keyboard(secretary.page)
    secretary.open(f"issues/{number}/proposal/")
    for name in ("urgency", "concerns", "served", "difficulty"):
        keys.choose(name, str(SORTED[name]))
    keys.write("working_days", "7")
    keys.write("suggestion", "维保单位一周内检修。")
    keys.tap(t("Save the sorting"))
    keys.tap(t("Put on the issue list"))
    keys.tap(t("See and publish the list"))
    keys.agree(t("Publish this edition"))


def test_the_missing_seat_is_said_and_one_signs_in_by_keyboard(phones: Phones, stage: Stage) -> None:
    with compound_context(YARD):
        issue = IssueFactory(step=Step.MEET, title=TITLE, recorded_by=stage.steward)
        meeting = step3_meet.convene(starts_at=timezone.now(), venue="站里", issues=[issue], by=stage.secretary)
        for person in (stage.secretary, stage.property_staff, *stage.residents[1:]):
            party = Party(person.deliberator_terms.get().party)
            attending.sign_in(meeting, person, party=party, kind=AttendanceKind.DELIBERATOR, by=stage.secretary)
    chair = phones(stage.secretary)
    keys = Keyboard(chair.page)

    chair.open(f"meetings/{meeting.number}/")
    keys.press("button", words=t("Sign in: %(name)s", name=stage.residents[0].name))
    chair.page.get_by_role("button", name=t("Sign in: %(name)s", name=stage.residents[0].name)).wait_for(
        state="detached"
    )
    assert not keys.has_focus("body"), "what was swapped in keeps the place of who pressed"
    chair.open(f"meetings/{meeting.number}/items/1/")
    chair.sees(t("No decision is possible without: %(parties)s", parties=t("Owners' committee")))
    keys.choose("outcome", "deferred")
    chair.page.wait_for_load_state("networkidle")
    keys.write("text", "等业委会到会")
    keys.tap(t("Record the result"))

    with compound_context(YARD):
        assert issue.agenda_items.get().decision.outcome == "deferred"


def test_a_resident_reports_and_rates_by_keyboard(phones: Phones, stage: Stage) -> None:
    resident = phones(None)
    keys = Keyboard(resident.page)
    resident.open(f"report/{stage.door.entrance_id}/")
    keys.follow("main .rows a[href*='category']")
    keys.write("said", "一楼门厅的灯不亮")
    keys.press("main summary", "Space")
    keys.write("name", "小陈")
    keys.tap(t("Send it"))
    resident.sees(t("Thank you, we have it."))
    with compound_context(YARD):
        assert Issue.objects.get().spoken_by.name == "小陈"
        rated = IssueFactory(step=Step.EVALUATE, title=TITLE, recorded_by=stage.steward)
        voice = rated.voices.create(person=stage.residents[0], household=stage.door, recorded_by=stage.steward)
        token = step5_evaluate.make_link(voice, by=stage.steward)
    resident.open(f"rate/{token}/")
    keys.tap(t("Send my rating"))
    assert keys.has_focus(".errors"), "what is wrong takes the focus"
    keys.press(".errors a")
    keys.choose("stars", "5")
    keys.tap(t("Send my rating"))

    with compound_context(YARD):
        assert Rating.objects.get().stars == 5
