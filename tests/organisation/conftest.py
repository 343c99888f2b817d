"""One building with everybody who sees more or less of it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation.appointments import appoint
from compounds.organisation.models import Building, Household, Level, Person, PostKind, Unit
from compounds.registry.models import Compound, Staff
from tests.factories import LONG_AGO, BuildingFactory, EntranceFactory, HouseholdFactory, PersonFactory, UnitFactory


@dataclass
class House:
    """A building with two groups, a steward, one lead, and three doors: led and in touch, led, in no group."""

    building: Building
    led: Unit
    leaderless: Unit
    steward: Person
    lead: Person
    doors: list[Household]
    resident: Person


@pytest.fixture
def house(north: Compound) -> House:
    building = BuildingFactory()
    led, leaderless = (UnitFactory(parent=building.unit, name=name, position=n) for n, name in enumerate("甲乙"))
    steward, lead = PersonFactory(name="楼栋长"), PersonFactory(name="邻长")
    appoint(steward, kind=PostKind.BUILDING_STEWARD, unit=building.unit, starts_on=LONG_AGO, by=None)
    appoint(lead, kind=PostKind.NEIGHBOUR_LEAD, unit=led, starts_on=LONG_AGO, by=None)
    entrance = EntranceFactory(building=building, number=1)
    yesterday = timezone.localdate() - timedelta(days=1)
    doors = [
        HouseholdFactory(entrance=entrance, door="101", group=led, last_contact_on=yesterday),
        HouseholdFactory(entrance=entrance, door="102", group=led),
        HouseholdFactory(entrance=entrance, door="103"),
    ]
    resident = PersonFactory(name="住户甲", phone="13812345678", household=doors[0])
    return House(building, led, leaderless, steward, lead, doors, resident)


@pytest.fixture
def secretary(north: Compound) -> Person:
    return PersonFactory(name="支书", posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def branch(north: Compound) -> Unit:
    return Unit.objects.get(level=Level.BRANCH)


@pytest.fixture
def staff(north: Compound) -> User:
    """Somebody of the district, who reads."""
    user = User.objects.create(username="district-reader", display_name="区里的人", is_staff=True)
    Staff.objects.create(user=user, district=north.community.district)
    return user
