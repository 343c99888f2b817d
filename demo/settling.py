"""A compound's plan becomes rows: the tree, the doors, the people with posts and logins, the calls at the doors.

The mass is written in bulk; it leaves the rows that ``appointments.appoint`` would leave, one by one.
"""

from datetime import date

from compounds.organisation.models import (
    AuditEntry,
    Building,
    Entrance,
    Household,
    Level,
    Person,
    Post,
    Unit,
)
from compounds.organisation.models.people import LEVEL_OF_POST
from compounds.oversight.outbox import touch
from compounds.registry.models import Compound, Membership
from consultation.models import Visit
from consultation.models.step1_visit import IN_TOUCH
from demo.accounts import open_accounts
from demo.buildings import DoorPlan, doors
from demo.calls import CallPlan, calls
from demo.cast import PersonPlan, Place, PostPlan, cast
from demo.plans import CompoundPlan


def settle(compound: Compound, plan: CompoundPlan, today: date) -> None:
    """Fill one freshly opened compound. Call it inside that compound, in one transaction."""
    planned_doors = doors(plan.slug, plan.buildings, plan.grouped_doors)
    planned_people = cast(plan, planned_doors, today)
    planned_calls = calls(plan.slug, planned_doors, planned_people, today)
    units = _grow_tree(plan)
    households = _build(plan, planned_doors, units, planned_calls)
    people = _move_in(compound, planned_people, households, today)
    _give_posts(planned_people, people, units)
    Visit.objects.bulk_create(
        Visit(
            household=households[call.door],
            visited_on=call.visited_on,
            outcome=call.outcome,
            note=call.note,
            by=people[call.by],
        )
        for call in planned_calls
    )
    touch("households")
    touch("posts")


def _grow_tree(plan: CompoundPlan) -> dict[Place, Unit]:
    """Buildings and groups below the branch that every new compound has."""
    branch = Unit.objects.get(level=Level.BRANCH)
    branch.founded_on = plan.branch_founded_on
    branch.save(update_fields=["founded_on", "updated_at"])
    units: dict[Place, Unit] = {(0, 0): branch}
    for building in plan.buildings:
        units[building.number, 0] = Unit(
            level=Level.BUILDING, parent=branch, name=f"{building.number}栋", position=building.number
        )
    Unit.objects.bulk_create(list(units.values())[1:])
    groups = {
        (building.number, n): Unit(
            level=Level.NEIGHBOUR_GROUP,
            parent=units[building.number, 0],
            name=f"{building.number}栋第{n}邻组",
            position=n,
        )
        for building in plan.buildings
        for n in range(1, building.groups + 1)
    }
    Unit.objects.bulk_create(groups.values())
    return units | groups


def _build(
    plan: CompoundPlan, planned: list[DoorPlan], units: dict[Place, Unit], made: list[CallPlan]
) -> dict[DoorPlan, Household]:
    buildings = Building.objects.bulk_create(
        Building(unit=units[building.number, 0], number=building.number) for building in plan.buildings
    )
    by_number = {building.number: building for building in buildings}
    entrances = Entrance.objects.bulk_create(
        Entrance(building=by_number[building.number], number=n)
        for building in plan.buildings
        for n in range(1, building.entrances + 1)
    )
    entrance_at = {(entrance.building.number, entrance.number): entrance for entrance in entrances}
    # Calls come oldest first, so the last one that met somebody stays.
    last_contact = {call.door: call.visited_on for call in made if call.outcome in IN_TOUCH}
    households = Household.objects.bulk_create(
        Household(
            entrance=entrance_at[door.building, door.entrance],
            door=door.door,
            group=units[door.building, door.group] if door.group else None,
            occupancy=door.occupancy,
            last_contact_on=last_contact.get(door),
        )
        for door in planned
    )
    return dict(zip(planned, households, strict=True))


def _move_in(
    compound: Compound, planned: list[PersonPlan], households: dict[DoorPlan, Household], today: date
) -> dict[str, Person]:
    """People, and for everyone who serves today an account and the right to enter. Names are unique in the demo."""
    serving = [person.name for person in planned if any(_serves(post, today) for post in person.posts)]
    accounts = dict(zip(serving, open_accounts(serving), strict=True))
    Membership.objects.bulk_create(Membership(user=account, compound=compound) for account in accounts.values())
    people = Person.objects.bulk_create(
        Person(
            name=person.name,
            phone=person.phone,
            household=households[person.door] if person.door else None,
            user_id=accounts[person.name].pk if person.name in accounts else None,
        )
        for person in planned
    )
    return {person.name: person for person in people}


def _serves(post: PostPlan, today: date) -> bool:
    return post.ends_on is None or post.ends_on >= today


def _give_posts(planned: list[PersonPlan], people: dict[str, Person], units: dict[Place, Unit]) -> None:
    general = Unit.objects.get(level=Level.GENERAL_BRANCH)
    posts = Post.objects.bulk_create(
        Post(
            person=people[person.name],
            unit=general if LEVEL_OF_POST[post.kind] == Level.GENERAL_BRANCH else units[post.place],
            kind=post.kind,
            starts_on=post.starts_on,
            ends_on=post.ends_on,
        )
        for person in planned
        for post in person.posts
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(
            action="post.appoint",
            about=str(post)[:200],
            facts={"kind": post.kind, "starts_on": post.starts_on.isoformat()},
        )
        for post in posts
    )
