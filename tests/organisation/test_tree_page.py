"""The tree and one building: holders, vacancies, coverage, at the same cost for a small and a large compound."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation import selectors
from compounds.organisation.appointments import end
from compounds.organisation.coverage import Coverage
from compounds.organisation.models import PostKind
from compounds.registry.models import StaffEntry
from tests.factories import BuildingFactory, EntranceFactory, HouseholdFactory, PersonFactory, UnitFactory


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_tree_says_first_how_many_households_are_in_touch(web, house):
    shown = page(web(house.lead).get("/tree/"))

    assert "1 steward and 1 neighbour lead keep in touch with 1 of 3 households (33.3 %)." in shown
    assert "1 neighbour group has no lead." in shown
    assert "1 household has no neighbour group yet." in shown


def test_the_tree_counts_assigned_and_in_touch_per_building_and_in_total(house):
    other = HouseholdFactory(entrance=EntranceFactory())

    tree = selectors.tree(timezone.localdate())

    by_building = {line.building: line for line in tree.buildings}
    assert by_building[house.building].coverage == Coverage(households=3, assigned=2, in_touch=1)
    assert by_building[other.entrance.building].coverage == Coverage(households=1, assigned=0, in_touch=0)
    assert tree.coverage == Coverage(households=4, assigned=2, in_touch=1)
    assert (by_building[house.building].ungrouped, tree.ungrouped) == (1, 2)


def test_a_vacant_post_is_shown_with_a_way_to_fill_it_for_those_who_may(web, house, secretary):
    link = f"?kind=neighbour_lead&amp;unit={house.leaderless.pk}"

    assert link in page(web(secretary).get("/tree/"))
    assert link in page(web(secretary).get(f"/buildings/{house.building.number}/"))
    for reader in (house.steward, house.lead):
        shown = page(web(reader).get("/tree/"))
        assert link not in shown
        assert "vacant" in shown


def test_a_steward_whose_term_ended_yesterday_stands_in_the_history_only(web, house, secretary):
    end(house.steward.posts.get(), on=timezone.localdate() - timedelta(days=1), by=secretary)

    found = selectors.building_page(house.building, viewer=secretary, on=timezone.localdate())

    assert found.seat.post is None
    assert [post.person for post in found.history] == [house.steward]


def test_an_empty_compound_has_a_tree_too(web, secretary):
    tree = web(secretary).get("/tree/")

    assert "No household has been entered here yet." in page(tree)
    led_to = set(re.findall(r'href="(?:/c/[a-z]+)?(/settings/[^"]+)"', tree.text))
    assert {"/settings/places/new/", "/settings/import/"} <= led_to


def test_the_page_says_how_long_a_contact_counts_here(web, house, secretary):
    client = web(secretary)
    client.post("/settings/rhythm/", {"days": 30})

    for path in ("/tree/", f"/buildings/{house.building.number}/"):
        assert "within the last 30 days." in page(client.get(path))


def test_an_unknown_building_is_not_found(web, secretary):
    assert web(secretary).get("/buildings/99999999999999999999/").status_code == 404


@pytest.mark.parametrize("path", ["/tree/", "/people/", "/buildings/{number}/"])
def test_a_page_costs_the_same_for_a_small_and_a_large_compound(web, house, secretary, path):
    path = path.format(number=house.building.number)
    client = web(secretary)
    client.get(path)
    small = cost_of(client, path)

    for number in range(20):
        PersonFactory(posts=[PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD, PostKind.PARTY_MEMBER])
        HouseholdFactory(entrance=EntranceFactory(building=house.building), group=house.led)
        UnitFactory(parent=BuildingFactory().unit, name=f"{number} 新组")
    large = cost_of(client, path)

    assert large == small


def cost_of(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_district_staff_read_the_tree_and_leave_a_trace(anyone, house, north, staff):
    anyone.force_login(staff)

    shown = page(anyone.get(f"/buildings/{house.building.number}/"))

    assert "楼栋长" in shown
    assert ">101<" not in shown
    assert StaffEntry.objects.filter(user=staff, compound=north).exists()


def test_district_staff_see_no_vacancy_link_and_cannot_appoint(anyone, house, staff):
    anyone.force_login(staff)

    assert "posts/new" not in page(anyone.get("/tree/"))
    assert anyone.get("/posts/new/").status_code == 403
