"""Requests for help on screen: who sees what, and the whole way from the door to the thanks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.appointments import appoint
from compounds.organisation.models import AuditEntry, PostKind
from tests.factories import LONG_AGO, HouseholdFactory, PersonFactory, unit_for
from tests.volunteers.stage import ask, asked, helper, near
from volunteers.models import HelpRequest, HelpState, OfferState
from volunteers.services import helping

ASKER, PHONE, TEXT = "李奶奶", "13900002222", "水龙头关不紧"


@pytest.fixture
def door(north):
    return HouseholdFactory(door="602")


@pytest.fixture
def steward(door):
    person = PersonFactory(name="楼长")
    appoint(person, kind=PostKind.BUILDING_STEWARD, unit=door.entrance.building.unit, starts_on=LONG_AGO, by=None)
    return person


@pytest.fixture
def secretary(north):
    return PersonFactory(name="支书", posts=[PostKind.BRANCH_SECRETARY])


def form(at, **more):
    return {
        "skill": "repair",
        "text": TEXT,
        "entrance": at.entrance_id,
        "door": at.door,
        "asker_name": ASKER,
        "asker_phone": PHONE,
        "agreed": "on",
        **more,
    }


def test_a_steward_asks_for_a_neighbour_and_the_nearest_is_asked(web, door, steward):
    nearest, *_others = near(door)

    page = web(steward).post("/helping/new/", form(door), follow=True)

    request = HelpRequest.objects.get()
    assert asked(request).volunteer == nearest
    assert (request.household, request.asker_name, request.recorded_by) == (door, ASKER, steward)
    assert "lives at the same entrance" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agreed": ""}, "agreed"),
        ({"skill": "flying"}, "skill"),
        ({"door": "9999"}, "door"),
        ({"entrance": ""}, "entrance"),
        ({"door": "", "entrance": "", "asker_phone": ""}, "door"),
        ({"needed_by": "2020-01-01"}, "needed_by"),
        ({"asker_phone": "abc"}, "asker_phone"),
        ({"text": " "}, "text"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(web, door, steward, wrong, field):
    page = web(steward).post("/helping/new/", form(door, **wrong))

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not HelpRequest.objects.exists()


def test_only_those_who_must_know_see_a_request(web, door, steward, secretary):
    near(door)
    request = ask(door, steward, timezone.now())
    leader = PersonFactory(posts=[PostKind.VOLUNTEER_LEADER])
    other = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    property_staff = PersonFactory(posts=[PostKind.PROPERTY_STAFF])

    sees = {
        who: web(person).get(f"/helping/{request.pk}/")
        for who, person in {"branch": secretary, "steward": steward, "leader": leader}.items()
    }

    assert {who: page.status_code for who, page in sees.items()} == {"branch": 200, "steward": 200, "leader": 200}
    assert [ASKER in page.content.decode() for page in sees.values()] == [True, True, False]
    assert not any(PHONE in page.content.decode() for page in sees.values())
    assert ["139****2222" in page.content.decode() for page in sees.values()] == [True, True, False]
    for person in (other, property_staff):
        assert web(person).get(f"/helping/{request.pk}/").status_code == 404
        assert TEXT not in web(person).get("/helping/").content.decode()


def test_a_number_is_shown_for_a_reason_that_is_kept(web, door, steward):
    request = ask(door, steward, timezone.now())
    leader = PersonFactory(posts=[PostKind.VOLUNTEER_LEADER])
    client = web(steward)

    assert client.post(f"/helping/{request.pk}/phone/", {"reason": ""}).status_code == 422
    assert PHONE in client.post(f"/helping/{request.pk}/phone/", {"reason": "约时间"}).content.decode()
    assert web(leader).get(f"/helping/{request.pk}/phone/").status_code == 404
    entry = AuditEntry.objects.get(action="help.reveal_phone")
    assert (entry.by, entry.facts) == (steward, {"reason": "约时间"})


def test_whoever_is_asked_learns_who_asks_only_by_agreeing_and_only_as_long(web, door, steward):
    one = helper("志愿者")
    appoint(one.person, kind=PostKind.PARTY_MEMBER, unit=unit_for(PostKind.PARTY_MEMBER), starts_on=LONG_AGO, by=None)
    request = ask(door, steward, timezone.now())
    client = web(one.person)

    before = client.get("/my-help/").content.decode()
    assert TEXT in before
    assert ASKER not in before
    assert "602" not in before
    client.post("/my-help/", {"do": "accept", "offer": asked(request).pk})
    after = client.get("/my-help/").content.decode()
    assert ASKER in after
    assert PHONE in after
    offer = request.offers.get()
    client.post("/my-help/", {"do": "done", "offer": offer.pk, "minutes": 30, "served_on": timezone.localdate()})
    afterwards = client.get("/my-help/").content.decode() + client.get(f"/helping/{request.pk}/").content.decode()

    assert ASKER not in afterwards
    assert PHONE not in afterwards
    request.refresh_from_db()
    assert request.state == HelpState.DONE


def test_a_leader_writes_down_what_a_volunteer_said_by_phone(web, door, steward, secretary):
    near(door)
    request = ask(door, steward, timezone.now())
    client = web(secretary)

    client.post(f"/offers/{asked(request).pk}/answer/", {"answer": "decline"})
    client.post(f"/offers/{asked(request).pk}/answer/", {"answer": "accept"})
    offer = request.offers.get(state=OfferState.ACCEPTED)
    client.post(f"/offers/{offer.pk}/done/", {"minutes": "45", "served_on": timezone.localdate().isoformat()})
    thanks = web(steward).post(f"/helping/{request.pk}/thanks/", {"words": "太好了"}, follow=True)

    assert "太好了" in thanks.content.decode()
    request.refresh_from_db()
    assert request.thanks == "太好了"


def test_somebody_else_may_not_answer_for_a_volunteer(web, door, steward):
    near(door)
    request = ask(door, steward, timezone.now())

    assert web(steward).post(f"/offers/{asked(request).pk}/answer/", {"answer": "accept"}).status_code == 403
    stranger = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    assert web(stranger).post(f"/offers/{asked(request).pk}/answer/", {"answer": "accept"}).status_code == 404


def test_nobody_thanks_themselves(web, door):
    one = helper("楼长本人")
    appoint(one.person, kind=PostKind.BUILDING_STEWARD, unit=door.entrance.building.unit, starts_on=LONG_AGO, by=None)
    request = ask(door, one.person, timezone.now())
    offer = helping.accept(asked(request), now=timezone.now())
    helping.done(offer, minutes=5, served_on=timezone.localdate(), now=timezone.now(), by=one.person)

    assert web(one.person).post(f"/helping/{request.pk}/thanks/", {"words": "我真好"}).status_code == 404


def test_the_branch_picks_by_hand_when_nobody_was_found(web, door, steward, secretary):
    lawyer = helper("律师", skills=["law"])
    request = ask(door, steward, timezone.now())
    client = web(secretary)

    page = client.get(f"/helping/{request.pk}/").content.decode()
    assert "Nobody was found yet" in page
    assert "律师" in page
    client.post(f"/helping/{request.pk}/asking/", {"volunteer": lawyer.pk})

    assert asked(request).volunteer == lawyer


def test_looking_again_finds_who_came_since(web, door, steward, secretary):
    request = ask(door, steward, timezone.now())
    client = web(secretary)
    client.post(f"/helping/{request.pk}/looking/")
    assert not request.offers.exists()

    newer = helper("新来的")
    client.post(f"/helping/{request.pk}/looking/")

    assert asked(request).volunteer == newer


def test_no_longer_needed_is_closed_with_a_word(web, door, steward):
    near(door)
    request = ask(door, steward, timezone.now())

    page = web(steward).post(f"/helping/{request.pk}/withdrawal/", {"why": "修好了"}, follow=True)

    assert "修好了" in page.content.decode()
    assert "It is no longer needed." in page.content.decode()


def test_the_list_costs_the_same_for_one_and_for_thirty(web, door, steward, secretary):
    near(door)
    client = web(secretary)
    ask(door, steward, timezone.now())
    costs = []
    for count in (0, 29):
        for n in range(count):
            ask(door, steward, timezone.now() + timedelta(minutes=n))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/helping/").status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1]
