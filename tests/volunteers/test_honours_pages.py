"""The pages of honours: who sees and does what, what is suggested and why, and what everybody reads."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from compounds.photos.models import Photo
from consultation.models import Award, Visit
from notices.models import Objection, Posting
from tests.consultation.scoring import noon, opened
from tests.costs import costs
from tests.factories import HouseholdFactory, IssueFactory, PersonFactory
from tests.pictures import photo_upload
from tests.volunteers.honours import (
    GOOD,
    HOUSE,
    SAT,
    SERVICE,
    STEWARD,
    approved,
    given,
    hanging,
    kind,
    proposed,
    secretary,
)
from tests.volunteers.stage import ask, asked, helper
from volunteers import suggesting
from volunteers.models import Honour, HonourKind, HonourState, ServiceRecord, Volunteer
from volunteers.services import helping, rewards

YEAR = timezone.localdate().year


def served(person: Person, hours: int, *, approved_by: Person | None = None, on: date | None = None) -> None:
    volunteer, _new = Volunteer.objects.get_or_create(
        person=person, defaults={"joined_on": date(2020, 1, 1), "consented_on": date(2020, 1, 1)}
    )
    for _n in range(hours):
        ServiceRecord.objects.create(
            volunteer=volunteer,
            served_on=on or date(YEAR, 1, 5),
            minutes=60,
            recorded_by=person,
            approved_by=approved_by,
            approved_at=timezone.now() if approved_by else None,
        )


def test_hours_that_were_approved_suggest_a_volunteer_and_others_do_not(web):
    boss = secretary()
    much, little, unsigned = (PersonFactory(name=name) for name in ("多多", "少少", "未批"))
    served(much, 12, approved_by=boss)
    served(little, 9, approved_by=boss)
    served(unsigned, 20)
    served(little, 9, approved_by=boss, on=date(YEAR - 1, 5, 5))

    page = web(boss).get(f"/honours/suggestions/?year={YEAR}&kind={kind(SERVICE).pk}")

    assert "多多" in page.text
    assert "12 hours of voluntary service" in page.text
    assert "少少" not in page.text
    assert "未批" not in page.text


def test_one_tap_proposes_with_the_figures_and_the_reason_in_chinese(web):
    boss = secretary()
    one, other = PersonFactory(), PersonFactory()
    for person in (one, other):
        served(person, 12, approved_by=boss)
    address, sent = "/honours/suggestions/", {"year": YEAR, "kind": kind(SERVICE).pk, "who": one.pk}

    assert web(boss).post(address, sent).status_code == 302
    assert web(boss).post(address, sent).status_code == 302, "a second tap finds nobody to propose"

    row = Honour.objects.get()
    assert (row.person, row.facts, row.proposed_by) == (one, {"from": "hours", "value": 720}, boss)
    assert row.reason == "全年志愿服务12小时"
    assert [found.receiver for found in suggesting.suggestions(kind(SERVICE), YEAR)] == [other]


def test_a_household_is_suggested_by_what_its_party_members_did_together(north):
    boss, door = secretary(), HouseholdFactory()
    for _n in range(2):
        served(PersonFactory(household=door, posts=[PostKind.PARTY_MEMBER]), 11, approved_by=boss)
    served(PersonFactory(household=HouseholdFactory()), 30, approved_by=boss)

    (found,) = suggesting.suggestions(kind(HOUSE), YEAR)

    assert found.receiver == door
    assert found.facts["value"] == 22 * 60


def test_a_steward_is_suggested_by_doors_and_matters(north):
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    HonourKind.objects.filter(name=STEWARD).update(suggest_least=2)
    for door in (HouseholdFactory(), HouseholdFactory()):
        for outcome in ("talked", "not_home"):
            Visit.objects.create(household=door, visited_on=timezone.localdate(), outcome=outcome, by=steward)
    IssueFactory(recorded_by=steward)

    (found,) = suggesting.suggestions(kind(STEWARD), YEAR)

    assert (found.receiver, found.why) == (steward, "spoke with 2 households, brought 1 matter")


def test_who_helped_neighbours_is_suggested_with_their_thanks(north):
    HonourKind.objects.filter(name=GOOD).update(suggest_least=2)
    who = helper("赵师傅")
    for words in ("又快又好", ""):
        request = ask(None, secretary(), timezone.now())
        offer = helping.accept(asked(request), now=timezone.now())
        helping.done(offer, minutes=30, served_on=timezone.localdate(), now=timezone.now(), by=who.person)
        if words:
            helping.thank(request, words=words, now=timezone.now())

    (found,) = suggesting.suggestions(kind(GOOD), YEAR)

    assert (found.receiver, found.why) == (who.person, "helped neighbours 2 times, 1 word of thanks")


def test_who_won_a_quarter_is_suggested(north):
    with time_machine.travel(noon(date(2026, 4, 1)), tick=False):
        scoring = opened()
    winner = PersonFactory()
    Award.objects.create(round=scoring, person=winner, fair_mean=Decimal("4.5"), scores=9, given_at=timezone.now())

    (found,) = suggesting.suggestions(kind(SAT), 2026)

    assert (found.receiver, found.why) == (winner, "most satisfying deliberator in 1 quarter")


def test_suggestions_cost_the_same_for_one_and_for_sixty(web):
    boss = secretary()
    client, address = web(boss), f"/honours/suggestions/?year={YEAR}&kind={kind(SERVICE).pk}"
    served(PersonFactory(), 10, approved_by=boss)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _n in range(20):
        served(PersonFactory(), 10, approved_by=boss)

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(one)


def test_lists_cost_the_same_for_one_and_for_sixty(web):
    client, pages = web(secretary()), ["/honours/", "/board/honours/", "/honours/approval/", "/honours/giving/"]
    for name in (GOOD, HOUSE, SERVICE):
        receiver = HouseholdFactory if name == HOUSE else PersonFactory
        given(name, receiver())
        proposed(name, receiver())
    few = costs(client, pages)
    for n in range(8):
        for name, receiver in ((GOOD, PersonFactory), (HOUSE, HouseholdFactory), (SERVICE, PersonFactory)):
            approved(name, receiver())
            proposed(name, receiver())
        if n % 3 == 0:
            given(SERVICE)

    assert costs(client, pages) == few


def test_proposing_out_of_ones_own_knowledge(web):
    boss, person = secretary(), PersonFactory(name="李桂芳", household=HouseholdFactory())
    client = web(boss)

    found = client.get("/honours/new/?q=桂芳").text
    assert f"?person={person.pk}" in found
    assert f"?household={person.household_id}" in found
    sent = {
        "household": person.household_id,
        "kind": kind(HOUSE).pk,
        "year": YEAR,
        "reason": "",
        "family": "李桂芳家庭",
    }
    assert client.post("/honours/new/", sent).status_code == 422
    made = client.post("/honours/new/", sent | {"reason": "照顾孤老", "agreed": "on"})

    row = Honour.objects.get()
    assert made["Location"].endswith(f"/honours/{row.pk}/")
    assert (row.household, row.family, row.agreed_on) == (person.household, "李桂芳家庭", timezone.localdate())
    assert client.post("/honours/new/", sent | {"reason": "再来"}).status_code == 409
    assert client.post("/honours/new/", sent | {"reason": "x", "year": YEAR + 1}).status_code == 422


def test_a_member_who_proposes_nobody_sees_what_hangs_and_was_given_only(web):
    client = web(PersonFactory(posts=[PostKind.PARTY_MEMBER]))
    secret, up = proposed(), approved()
    hanging(up)

    assert client.get(f"/honours/{secret.pk}/").status_code == 404
    assert client.get(f"/honours/{up.pk}/").status_code == 200
    assert secret.person.name not in client.get("/honours/").text
    assert client.post("/honours/approval/", {"honour": secret.pk}).status_code == 403


@pytest.mark.parametrize(
    ("ended", "said"),
    [(-1, "hangs in public."), (0, "hangs in public."), (1, "hung to the end: it can be given.")],
)
def test_once_a_posting_is_over_its_honour_hangs_no_more(web, ended, said):
    row = approved()
    today = timezone.localdate()
    ends_on = today - timedelta(days=ended)
    Posting.objects.filter(pk=hanging(row).pk).update(starts_on=today - timedelta(days=7), ends_on=ends_on)

    page = web(secretary()).get(f"/honours/{row.pk}/").text

    assert f"{row.person.name} {said}" in page
    assert ("It is given by itself in the night after." in page) is (ended < 1)


def test_what_it_takes_is_said_with_its_unit(web):
    client = web(secretary())

    said = [client.get(f"/honours/suggestions/?kind={kind(name).pk}").text for name in (SERVICE, STEWARD, SAT, GOOD)]

    for page, unit in zip(said, ("hours", "households", "quarter", "times"), strict=True):
        assert re.search(rf"at least \d+ {unit}\b", page)
        assert "suggest nobody." in page


def test_the_door_of_a_household_is_for_those_who_serve_there(web):
    door = HouseholdFactory(door="墨502")
    row = given(HOUSE, door)
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    assert "墨502" in web(secretary()).get(f"/honours/{row.pk}/").text
    assert "墨502" not in web(steward).get(f"/honours/{row.pk}/").text
    assert "墨502" not in web(steward).get("/honours/").text


def test_approving_by_the_list_and_why_ones_own_cannot_be(web):
    boss = secretary()
    other, own = proposed(), proposed(by=boss)
    client = web(boss)

    page = client.get("/honours/approval/").text
    assert "1 proposal waits for your word." in page
    assert "somebody else approves it" in page
    assert client.post("/honours/approval/", {"honour": [other.pk, own.pk]}).status_code == 409
    assert client.post("/honours/approval/", {}).status_code == 422
    assert client.post("/honours/approval/", {"honour": [other.pk]}).status_code == 302

    other.refresh_from_db()
    assert other.state == HonourState.APPROVED


def test_putting_up_says_whom_to_ask_first(web):
    silent, spoken = approved(agreed_on=None), approved()
    client = web(secretary())

    assert "Ask them first" in client.get("/honours/posting/").text
    assert client.post("/honours/posting/", {"honour": [silent.pk, spoken.pk]}).status_code == 409
    assert client.post(f"/honours/{silent.pk}/agreement/", {"agreed": "on"}).status_code == 302
    made = client.post("/honours/posting/", {"honour": [silent.pk, spoken.pk]})

    assert made["Location"].endswith(f"/postings/{Posting.objects.get().pk}/")


def test_the_page_says_why_it_cannot_be_given_yet(web):
    row = approved()
    hanging(row)
    client = web(secretary())

    assert "it hangs until" in client.get("/honours/giving/").text
    answer = client.post("/honours/giving/", {"honour": row.pk})

    assert answer.status_code == 409
    assert "it hangs until" in answer.text


def test_an_objection_at_the_board_is_answered_for_one_of_those_who_hang(web, anyone):
    wrong, right = approved(), approved()
    posting = hanging(wrong, right)
    sheet = anyone.get(f"/board/postings/{posting.pk}/")["Location"]
    assert wrong.person.name in anyone.get(sheet).text
    assert anyone.get("/board/").text.count(f"/board/honours/postings/{posting.pk}/") == 1
    made = anyone.post(f"/board/postings/{posting.pk}/objection/", {"text": "不是她做的", "name": ""})
    objection, client = Objection.objects.get(), web(secretary())

    page = client.get(f"/objections/{objection.pk}/").text
    assert "不是她做的" in page
    answer = {"verdict": "uphold", "answer": "查实"}
    assert client.post(f"/objections/{objection.pk}/", answer).status_code == 422
    assert client.post(f"/objections/{objection.pk}/", answer | {"against": wrong.pk}).status_code == 302

    assert "查实" in anyone.get(f"/board/objections/?code={made.context['code']}").text
    assert wrong.person.name not in anyone.get(sheet).text
    assert right.person.name in anyone.get(sheet).text
    assert "查实" in client.get(f"/objections/{objection.pk}/").text


def test_the_wall_names_who_hung_and_counts_who_did_not(anyone):
    neighbour, volunteer = given(GOOD), given(SERVICE)

    wall = anyone.get("/board/honours/").text

    assert neighbour.person.name in wall
    assert volunteer.person.name not in wall
    assert "1 neighbour got one." in wall
    assert "2 honours were given for 2026." in anyone.get("/board/").text


def test_what_waits_stands_on_my_day(web):
    proposed()
    approved()
    approved(SERVICE)

    day = web(secretary()).get("/").text

    for words in ("Honours to approve", "Honours to put up", "Honours to give"):
        assert words in day


def test_a_reward_is_named_handed_over_and_counted(web):
    row = given(GOOD)
    client = web(secretary())
    named = {"reward": "大米", "reward_value": "60", "reward_donor": "超市"}
    assert client.post(f"/honours/{row.pk}/reward/", named | {"reward_value": "-1"}).status_code == 422
    assert client.post(f"/honours/{row.pk}/reward/", named | {"reward": ""}).status_code == 422
    assert client.post(f"/honours/{row.pk}/reward/", named).status_code == 302
    on = row.given_on

    early = {"on": on - timedelta(days=1), "receipt": photo_upload()}
    assert client.post(f"/honours/{row.pk}/reward/receipt/", early).status_code == 422
    with time_machine.travel(noon(on), tick=False):
        assert client.post(f"/honours/{row.pk}/reward/receipt/", {"on": on}).status_code == 422
        sent = {"on": on, "receipt": photo_upload()}
        assert client.post(f"/honours/{row.pk}/reward/receipt/", sent).status_code == 302
        assert client.post(f"/honours/{row.pk}/reward/", named).status_code == 409

    page = client.get("/honours/rewards/").text
    assert "All are signed for." in page
    assert "60" in page
    assert client.get(f"/honours/{row.pk}/reward/receipt/small/").status_code == 200
    assert Photo.objects.count() == 1
    assert web(PersonFactory(posts=[PostKind.PARTY_MEMBER])).get("/honours/rewards/").status_code == 403


def test_the_kinds_are_the_secretarys_to_change(web):
    client, one = web(secretary()), kind(GOOD)
    given(GOOD)
    values = {"name": GOOD, "name_en": "Good", "position": 9, "given_to": "household", "suggest_by": "help"}
    values |= {"suggest_least": 5, "wording": "谢谢", "posted": "on"}

    assert client.post(f"/settings/honour-kinds/{one.pk}/", values).status_code == 302
    one.refresh_from_db()
    assert (one.suggest_least, one.given_to, one.active) == (5, "person", False)
    assert client.post("/settings/honour-kinds/new/", values | {"active": "on"}).status_code in {409, 422}
    assert client.post("/settings/honour-kinds/new/", values | {"name": "最美阳台"}).status_code == 302
    assert (
        "最美阳台" in client.get("/settings/honour-kinds/").text or "Good" in client.get("/settings/honour-kinds/").text
    )
    assert web(PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])).get("/settings/honour-kinds/").status_code == 403


def test_a_volunteers_honours_stand_on_their_page(web):
    row = given(GOOD)
    served(row.person, 1)

    page = web(secretary()).get(f"/volunteers/{row.person.volunteer.pk}/").text

    assert row.certificate_number in page
    assert f"/honours/{row.pk}/" in page


def test_no_reward_has_no_donor(north):
    row = rewards.name(given(GOOD), reward="", value=None, donor="超市", by=secretary())

    assert (row.reward, row.reward_donor) == ("", "")
