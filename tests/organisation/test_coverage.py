"""Two figures per building and in total: doors in a group with a serving lead, doors in touch."""

from datetime import date, timedelta

import pytest

from compounds.organisation.appointments import appoint
from compounds.organisation.coverage import Coverage, coverage_by_building, total
from compounds.organisation.models import Household, PostKind
from tests.factories import BuildingFactory, EntranceFactory, HouseholdFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.usefixtures("north")
ON = date(2026, 6, 30)
DAY = timedelta(days=1)


def lead(unit: object, start: date, stop: date | None = None) -> None:
    appoint(PersonFactory(), kind=PostKind.NEIGHBOUR_LEAD, unit=unit, starts_on=start, ends_on=stop, by=None)


@pytest.mark.parametrize(
    ("start", "stop", "assigned"),
    [
        (ON, None, True),
        (ON, ON, True),
        (ON - 9 * DAY, ON, True),
        (ON - 9 * DAY, ON - DAY, False),
        (ON + DAY, None, False),
    ],
)
def test_a_door_is_assigned_while_its_groups_lead_serves(start, stop, assigned):
    group = UnitFactory()
    HouseholdFactory(group=group)

    lead(group, start, stop)

    assert Household.objects.assigned(ON).exists() is assigned


def test_a_group_without_a_lead_assigns_nothing():
    HouseholdFactory(group=UnitFactory())
    HouseholdFactory()

    assert not Household.objects.assigned(ON).exists()


def test_one_lead_after_another_counts_a_door_once():
    group = UnitFactory()
    HouseholdFactory(group=group)
    lead(group, ON - 99 * DAY, ON - DAY)
    lead(group, ON, None)

    assert Household.objects.assigned(ON).count() == 1


@pytest.mark.parametrize(("days_ago", "in_touch"), [(0, True), (1, True), (89, True), (90, False), (-1, False)])
def test_a_door_is_in_touch_for_ninety_days(days_ago, in_touch):
    HouseholdFactory(last_contact_on=ON - days_ago * DAY)
    HouseholdFactory(last_contact_on=None)

    assert Household.objects.in_touch(ON).count() == in_touch


def test_each_building_has_its_figures_and_together_they_are_the_compounds():
    one, two, empty = (BuildingFactory() for _ in range(3))
    led = UnitFactory(parent=one.unit)
    lead(led, ON)
    stairs = [EntranceFactory(building=one), EntranceFactory(building=one), EntranceFactory(building=two)]
    HouseholdFactory(entrance=stairs[0], group=led, last_contact_on=ON)
    HouseholdFactory(entrance=stairs[1], group=led)
    HouseholdFactory(entrance=stairs[1])
    HouseholdFactory(entrance=stairs[2], last_contact_on=ON)

    parts = coverage_by_building(ON)

    assert parts == {one.pk: Coverage(3, 2, 1), two.pk: Coverage(1, 0, 1), empty.pk: Coverage(0, 0, 0)}
    assert total(parts) == Coverage(4, 2, 2)


def test_percents_are_of_all_doors_and_nothing_of_nothing():
    assert (Coverage(1996, 949, 500).assigned_percent, Coverage(1996, 949, 500).in_touch_percent) == (47.5, 25.1)
    assert (Coverage(0, 0, 0).assigned_percent, Coverage(0, 0, 0).in_touch_percent) == (0.0, 0.0)


def test_it_costs_the_same_for_one_building_and_for_many(django_assert_num_queries):
    HouseholdFactory()
    # The compound's rhythm is read once per stay in it.
    coverage_by_building(ON)
    with django_assert_num_queries(1):
        coverage_by_building(ON)

    for _ in range(8):
        HouseholdFactory()
    with django_assert_num_queries(1):
        coverage_by_building(ON)
