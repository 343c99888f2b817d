"""The people and seats of a small compound, as they stand before a story begins."""

from dataclasses import dataclass

from compounds.organisation.appointments import appoint
from compounds.organisation.models import Household, Level, Person, PostKind, Unit
from consultation.models import Party, ResponsibleBody
from tests.factories import (
    LONG_AGO,
    BodyFactory,
    BuildingFactory,
    EntranceFactory,
    HouseholdFactory,
    PersonFactory,
    deliberator,
    four_seats,
)


@dataclass(frozen=True)
class Stage:
    """Who is there. ``door`` is 3 栋 1 单元 601; the four parties' people sit on the council."""

    secretary: Person
    steward: Person
    property_staff: Person
    owner: Person
    residents: list[Person]
    door: Household
    company: ResponsibleBody


def set_stage() -> Stage:
    """Build it in the compound one stands in."""
    unit = Unit.objects.create(
        level=Level.BUILDING, parent=Unit.objects.get(level=Level.BRANCH), name="3 栋", position=3
    )
    building = BuildingFactory(number=3, unit=unit)
    door = HouseholdFactory(entrance=EntranceFactory(building=building, number=1), door="601")
    steward = PersonFactory(name="周师傅")
    appoint_to(steward, PostKind.BUILDING_STEWARD, unit)
    four_seats()
    stage = Stage(
        secretary=deliberator(Party.BRANCH),
        steward=steward,
        property_staff=deliberator(Party.PROPERTY_COMPANY),
        owner=deliberator(Party.OWNERS_COMMITTEE),
        residents=[deliberator(Party.RESIDENTS) for _ in range(3)],
        door=door,
        company=BodyFactory(name="安居物业"),
    )
    appoint_to(stage.secretary, PostKind.BRANCH_SECRETARY, Unit.objects.get(level=Level.BRANCH))
    return stage


def appoint_to(person: Person, kind: PostKind, unit: Unit) -> None:
    appoint(person, kind=kind, unit=unit, starts_on=LONG_AGO, by=None)
