"""Who sees which doors and people (domain: Openness), as one table."""

import pytest
from django.utils import timezone

from compounds.organisation.models import Household, Person, PostKind
from compounds.organisation.sight import households_visible_to, people_listed_for, people_visible_to
from tests.factories import HouseholdFactory, PersonFactory

SEE_EVERYBODY = {
    PostKind.GENERAL_SECRETARY,
    PostKind.COMMUNITY_WORKER,
    PostKind.GRID_WORKER,
    PostKind.BRANCH_SECRETARY,
    PostKind.BRANCH_COMMITTEE,
}


@pytest.mark.parametrize("kind", PostKind)
def test_the_whole_compound_is_open_to_the_branch_and_the_community_only(house, kind):
    viewer = PersonFactory(posts=[kind])
    today = timezone.localdate()

    all_doors = set(households_visible_to(viewer)) == set(Household.objects.all())
    all_people = set(people_listed_for(viewer, today)) == set(Person.objects.all())

    assert all_doors == (kind in SEE_EVERYBODY)
    assert all_people == (kind in SEE_EVERYBODY)


@pytest.mark.parametrize("kind", [kind for kind in PostKind if kind not in SEE_EVERYBODY])
def test_others_see_only_those_who_serve(house, kind):
    viewer = PersonFactory(posts=[kind])

    assert set(people_visible_to(viewer, timezone.localdate())) == {viewer, house.steward, house.lead}
    assert not households_visible_to(viewer).exists()


def test_a_steward_sees_the_doors_of_the_building_and_a_lead_those_of_the_group(house):
    HouseholdFactory()

    assert set(households_visible_to(house.steward)) == set(house.doors)
    assert set(households_visible_to(house.lead)) == set(house.doors[:2])
    assert house.resident in people_visible_to(house.lead, timezone.localdate())
    assert house.resident not in people_listed_for(house.lead, timezone.localdate())


def test_district_staff_see_no_door_and_those_who_serve(house):
    assert not households_visible_to(None).exists()
    assert set(people_visible_to(None, timezone.localdate())) == {house.steward, house.lead}


def test_a_door_answers_those_who_may_and_is_not_found_for_others(web, house, secretary):
    path = f"/households/{house.doors[0].pk}/"

    for viewer in (secretary, house.steward, house.lead):
        shown = web(viewer).get(path).content.decode()
        assert "住户甲" in shown
        assert "138****5678" in shown
        assert "13812345678" not in shown
    for kind in (PostKind.PROPERTY_STAFF, PostKind.RESIDENTS_REP, PostKind.NEIGHBOUR_LEAD):
        assert web(PersonFactory(posts=[kind])).get(path).status_code == 404


def test_a_building_shows_each_reader_their_own_doors(web, house, secretary):
    doors = {"101": house.doors[0], "102": house.doors[1], "103": house.doors[2]}
    seen_by = {
        secretary: {"101", "102", "103"},
        house.steward: {"101", "102", "103"},
        house.lead: {"101", "102"},
        PersonFactory(posts=[PostKind.PROPERTY_STAFF]): set(),
    }

    for reader, expected in seen_by.items():
        shown = web(reader).get(f"/buildings/{house.building.number}/").content.decode()
        assert {number for number, door in doors.items() if f"/households/{door.pk}/" in shown} == expected
        assert "3 households" in shown


def test_the_property_company_cannot_open_a_resident(web, house):
    company = PersonFactory(posts=[PostKind.PROPERTY_STAFF])

    assert web(company).get(f"/people/{house.resident.pk}/").status_code == 404
    assert "住户甲" not in web(company).get("/people/?q=住户").content.decode()


def test_a_phone_number_is_masked_and_shown_to_those_who_may_know_it_only(web, house, secretary):
    house.steward.phone = "13900001111"
    house.steward.save()
    path = f"/people/{house.steward.pk}/"

    assert "139****1111" in web(secretary).get(path).content.decode()
    assert "139****1111" in web(house.steward).get(path).content.decode()
    assert "139****1111" not in web(house.lead).get(path).content.decode()


@pytest.mark.parametrize("query", ["?q=%00", "?kind=nobody", "?q=" + "x" * 100])
def test_a_search_that_cannot_be_read_says_so(web, secretary, query):
    response = web(secretary).get(f"/people/{query}")

    assert response.status_code == 422
    assert "We could not read what you searched for." in response.content.decode()


@pytest.mark.parametrize("query", ["?after=made-up", "?before=made-up"])
def test_a_made_up_cursor_is_refused(web, secretary, query):
    assert web(secretary).get(f"/people/{query}").status_code == 400


def test_people_are_found_by_a_piece_of_the_name_and_by_post(web, house, secretary):
    by_name = web(secretary).get("/people/?q=户甲").context["page"].rows
    by_post = web(secretary).get("/people/?kind=building_steward").context["page"].rows

    assert by_name == [house.resident]
    assert by_post == [house.steward]


def test_many_people_come_in_pages(web, secretary):
    people = [PersonFactory() for _ in range(40)]
    client = web(secretary)

    first = client.get("/people/").context["page"]
    second = client.get("/people/" + first.next_url).context["page"]

    assert [*first.rows, *second.rows] == [*reversed(people), secretary]


def test_district_staff_open_those_who_serve_and_no_resident(anyone, house, staff):
    house.steward.phone = "13900001111"
    house.steward.save()
    anyone.force_login(staff)

    steward = anyone.get(f"/people/{house.steward.pk}/").content.decode()

    assert "Building steward" in steward or "building steward" in steward
    assert "1111" not in steward
    assert anyone.get("/people/").status_code == 200
    assert anyone.get(f"/people/{house.resident.pk}/").status_code == 404
    assert anyone.get(f"/households/{house.doors[0].pk}/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/tree/", "/buildings/1/", "/people/", "/people/1/", "/households/1/", "/posts/new/", "/posts/1/end/"],
)
def test_nobody_reads_without_signing_in(anyone, path):
    response = anyone.get(path)

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")
