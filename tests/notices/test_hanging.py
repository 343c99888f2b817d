"""What is still to hang: counted by building on the page, in my day and when people are reminded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.models import PostKind
from notices import hanging, postings
from notices.models import PlaceKind, PostingKind
from tests.consultation.handling import secretary
from tests.factories import BuildingFactory, EntranceFactory, PersonFactory
from tests.pictures import a_picture

TITLE = "电梯夜里异响"


@pytest.fixture
def steward(north):
    return PersonFactory(name="周师傅", posts=[PostKind.BUILDING_STEWARD])


@pytest.fixture
def buildings(steward):
    """Three: the steward's, with two entrances, and two more."""
    made = [steward.serving[0].unit.building, BuildingFactory(), BuildingFactory()]
    for building in (*made, made[0]):
        EntranceFactory(building=building, number=building.entrances.count() + 1)
    return made


@pytest.fixture
def posting(buildings):
    return put_up()


def put_up():
    return postings.put_up(
        PostingKind.COMPLETION, title=TITLE, text="已修好", today=timezone.localdate(), by=secretary()
    )


def tick(places):
    for place in places:
        postings.tick(place, proof=a_picture(), now=timezone.now(), by=secretary())


def entrances_of(posting, building):
    return posting.places.filter(kind=PlaceKind.ENTRANCE, entrance__building=building)


def whats(client):
    return [str(row.what) for row, _left in client.get("/").context["rows"] if row.title == TITLE]


def test_a_building_counts_once_all_its_entrances_are_ticked(posting, buildings):
    tick([entrances_of(posting, buildings[0])[0], *entrances_of(posting, buildings[1])])

    found = hanging.counted([posting])[posting.pk]

    assert (found.done, found.all, found.spots_missing) == (1, 3, 2)
    assert found.missing == {buildings[0].unit_id, buildings[2].unit_id}


def test_the_page_says_in_how_many_buildings_it_hangs(web, steward, posting, buildings):
    tick(entrances_of(posting, buildings[1]))

    assert "It hangs in 1 of 3 buildings." in web(steward).get(f"/postings/{posting.pk}/").text


def test_my_day_asks_the_steward_for_the_own_building_and_the_branch_for_all(web, steward, posting, buildings):
    member, clients = web(PersonFactory(posts=[PostKind.PARTY_MEMBER])), (web(steward), web(secretary()))
    assert [whats(client) for client in clients] == [
        ["to be put up in your building; 0 of 3 buildings have it"],
        ["hangs in 0 of 3 buildings"],
    ]

    tick(entrances_of(posting, buildings[0]))

    assert [whats(client) for client in clients] == [[], ["hangs in 1 of 3 buildings"]]
    tick(posting.places.missing().filter(kind=PlaceKind.ENTRANCE))
    assert whats(clients[1]) == ["still to hang on the notice board or in the WeChat group"]
    tick(posting.places.missing())
    assert whats(clients[1]) == whats(member) == []


def test_my_day_costs_the_same_for_one_posting_and_for_ten(web, steward, buildings):
    client, costs = web(steward), []
    whats(client)
    for count in (1, 9):
        for _n in range(count):
            put_up()
        with CaptureQueriesContext(connection) as queries:
            assert len(whats(client)) >= count
        costs.append(len(queries))

    assert costs[0] == costs[1]
