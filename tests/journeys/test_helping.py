"""A neighbour's tap drips: the nearest cannot, the next has no account, helps, and is thanked. On phones."""

import pytest
from django.utils import timezone

from compounds.organisation.models import Level, PostKind, Unit
from compounds.registry.context import compound_context
from tests.committing import YARD
from tests.factories import LONG_AGO, HouseholdFactory, PersonFactory, TeamFactory, VolunteerFactory
from tests.journeys.conftest import Phones
from tests.journeys.stage import Stage, appoint_to, set_stage
from tests.journeys.test_five_steps import t
from volunteers.models import HelpRequest, HelpState, ServiceRecord, Volunteer
from volunteers.services import teams, volunteers

TEXT, THANKS = "厨房水龙头一直滴水，我拧不动", "小赵又快又干净，水也不滴了"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


@pytest.fixture
def helpers(stage: Stage) -> tuple[Volunteer, Volunteer, Volunteer]:
    """A party member at the same entrance, with a login; one of a squad upstairs, without; and who leads the squad."""
    with compound_context(YARD):
        party = PersonFactory(name="孙党员", household=HouseholdFactory(entrance=stage.door.entrance, door="501"))
        appoint_to(party, PostKind.PARTY_MEMBER, Unit.objects.get(level=Level.BRANCH))
        near = VolunteerFactory(person=party, skills=["repair"])
        upstairs = HouseholdFactory(entrance=stage.door.entrance, door="701")
        next_one = VolunteerFactory(
            person=PersonFactory(name="赵师傅", phone="13812346789", household=upstairs), skills=["repair"]
        )
        leader = VolunteerFactory(person=PersonFactory(name="钱队长"))
        squad = TeamFactory(name="巧手小分队")
        for one in (next_one, leader):
            teams.join(squad, one, starts_on=LONG_AGO, by=stage.secretary)
        member = squad.members.get(volunteer=leader)
        teams.lead(member, on=timezone.localdate(), by=stage.secretary)
        leader.person.refresh_from_db()
        return near, next_one, leader


def test_a_request_finds_the_right_neighbour(phones: Phones, stage: Stage, helpers: tuple[Volunteer, ...]) -> None:
    near, next_one, leader = helpers
    steward, party, led, account_less = (
        phones(stage.steward),
        phones(near.person),
        phones(leader.person),
        phones(None),
    )

    steward.open("helping/")
    steward.tap(t("A neighbour needs help"))
    steward.page.locator("select[name=skill]").select_option("repair")
    steward.fill("text", TEXT)
    steward.page.locator("select[name=entrance]").select_option(str(stage.door.entrance_id))
    steward.fill("door", "601")
    steward.fill("asker_name", "李奶奶")
    steward.fill("asker_phone", "13900008888")
    steward.page.locator("[name=agreed]").check(force=True)
    steward.tap(t("Look for somebody"))
    steward.sees("孙党员")
    steward.sees(t("lives at the same entrance"))

    party.open("my-help/")
    party.sees(TEXT)
    assert "李奶奶" not in party.page.content()
    party.tap(t("Not this time"))
    party.sees(t("No matter. Somebody else is asked."))

    led.open(f"volunteers/{next_one.pk}/")
    led.tap(t("Make a link"))
    link = led.page.locator("#link").inner_text()

    account_less.open(link)
    account_less.sees(TEXT)
    account_less.tap(t("Yes, I will help"))
    assert "李奶奶" not in account_less.page.content()
    account_less.fill("digits", "6789")
    account_less.tap(t("Show who asks"))
    account_less.sees("李奶奶")
    account_less.page.get_by_text(t("It is done")).first.click()
    account_less.fill("minutes", "25")
    account_less.page.get_by_role("button", name=t("It is done")).click()
    account_less.sees(t("Thank you for helping. The time is written down."))

    steward.open("helping/?closed=1")
    steward.page.get_by_text(TEXT[:8]).first.click()
    steward.tap(t("Write the neighbour's thanks down"))
    steward.fill("words", THANKS)
    steward.tap(t("Pass the thanks on"))
    account_less.open(link)
    account_less.sees(THANKS)

    with compound_context(YARD):
        request = HelpRequest.objects.get()
        assert request.state == HelpState.DONE
        assert [(offer.volunteer, offer.state) for offer in request.offers.all()] == [
            (near, "declined"),
            (next_one, "done"),
        ]
        assert ServiceRecord.objects.get().minutes == 25


def test_consent_is_taken_back_on_ones_own_page(phones: Phones, stage: Stage, helpers: tuple[Volunteer, ...]) -> None:
    _near, next_one, leader = helpers
    with compound_context(YARD):
        token = volunteers.give_link(next_one, now=timezone.now(), by=stage.secretary)
    own, led = phones(None), phones(leader.person)

    own.open(f"helper/{token}/")
    own.page.get_by_text(t("Take my consent back")).click()
    own.page.get_by_role("button", name=t("I take it back")).click()
    own.page.get_by_role("button", name=t("Yes, do it")).click()
    own.sees(t("You are no longer a volunteer."))

    led.open("volunteers/")
    assert "赵师傅" not in led.page.content()
