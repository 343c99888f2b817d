"""The people and seats of a small compound, as they stand before a story begins; a matter handed out; a photo."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image

from compounds.organisation.appointments import appoint
from compounds.organisation.models import Household, Level, Person, PostKind, Unit
from consultation.models import Assignment, Category, Party, ResponsibleBody
from consultation.services import step1_visit, step2_propose, step2_settle
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
from tests.pictures import encoded


@dataclass(frozen=True)
class Stage:
    """Who is there. ``door`` is 3栋1单元601; the four parties' people sit on the council."""

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
        level=Level.BUILDING, parent=Unit.objects.get(level=Level.BRANCH), name="3栋", position=3
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


def handed_out(stage: Stage, *, title: str, task: str, due_on: date) -> Assignment:
    """What 王女士 said at the door, and the branch handed to the property company, which alone can do it."""
    issue = step1_visit.record(
        title=title,
        said=f"{title}，请尽快处理。",
        category=Category.objects.get(name="电梯设备"),
        place=step1_visit.Place.at_door(stage.door),
        spoken_by="王女士",
        by=stage.steward,
    )
    issue = step1_visit.hand_over(issue, by=stage.steward)
    step2_propose.propose(
        issue,
        urgency="soon",
        concerns="anyone",
        served="one_body",
        working_days=5,
        difficulty="simple",
        suggestion="物业直接办理。",
        seen=None,
        by=stage.secretary,
    )
    return step2_settle.hand_out(
        issue, body=stage.company, task=task, due_on=due_on, danger=False, reason="", by=stage.secretary
    )


def photo_in(folder: Path, name: str = "spot.jpg", colour: str = "steelblue") -> Path:
    """A photo as a phone takes it, as a file to choose."""
    path = folder / name
    path.write_bytes(encoded(Image.new("RGB", (1600, 1200), colour)))
    return path
