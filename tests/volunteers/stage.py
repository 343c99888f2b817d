"""A compound with helpers near and far, and what many tests of help begin with."""

from datetime import datetime

from compounds.organisation.models import Household, Person
from tests.factories import EntranceFactory, HouseholdFactory, PersonFactory, VolunteerFactory
from volunteers.models import HelpOffer, HelpRequest, OfferState, Skill, Volunteer
from volunteers.services import helping
from volunteers.services.helping import Need


def helper(name, *, household=None, skills=(Skill.REPAIR,), phone="", **more) -> Volunteer:
    """A volunteer of that name who can repair."""
    person = PersonFactory(name=name, household=household, phone=phone)
    return VolunteerFactory(person=person, skills=list(skills), **more)


def near(door: Household) -> tuple[Volunteer, Volunteer, Volunteer]:
    """Somebody at the same entrance, in the same building, and elsewhere."""
    entrance = door.entrance
    next_door = HouseholdFactory(entrance=EntranceFactory(building=entrance.building))
    return (
        helper("同单元", household=HouseholdFactory(entrance=entrance)),
        helper("同楼", household=next_door),
        helper("别楼", household=HouseholdFactory()),
    )


def ask(door: Household | None, by: Person, now: datetime, **more) -> HelpRequest:
    """A neighbour at that door asks for a repair."""
    facts = {"text": "水龙头关不紧", "asker_name": "李奶奶", "asker_phone": "13900002222", **more}
    return helping.ask(Need(skill=Skill.REPAIR, household=door, **facts), now=now, by=by)


def asked(request: HelpRequest) -> HelpOffer:
    """Who is being asked now."""
    return request.offers.get(state=OfferState.WAITING)
