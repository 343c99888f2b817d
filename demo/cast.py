"""Who lives and serves in a compound of the demo: a plan made of plain values, drawn before any row is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from compounds.organisation.models import Occupancy, PostKind
from demo.buildings import DoorPlan
from demo.draw import stream
from demo.people import names, phone
from demo.plans import CompoundPlan

# A place in the tree: building and group, 0 for none. (0, 0) is the branch, or the general branch for its posts.
type Place = tuple[int, int]
BRANCH: Place = (0, 0)

# Who comes from outside to serve here, and so has no door.
FROM_OUTSIDE = {
    PostKind.GENERAL_SECRETARY,
    PostKind.COMMUNITY_WORKER,
    PostKind.GRID_WORKER,
    PostKind.PROPERTY_STAFF,
}
# Of the buildings and groups, every so many had another holder before; their ended terms are the tree's history.
FORMER_STEWARD_EVERY = 5
FORMER_LEAD_EVERY = 9
# Elected bodies serve so many years.
TERM_YEARS = 3


@dataclass(frozen=True)
class PostPlan:
    kind: PostKind
    place: Place
    starts_on: date
    ends_on: date | None = None


@dataclass
class PersonPlan:
    name: str
    phone: str
    door: DoorPlan | None = None
    posts: list[PostPlan] = field(default_factory=list)


def cast(plan: CompoundPlan, doors: list[DoorPlan], today: date) -> list[PersonPlan]:
    """Everybody of the compound: the posts first, then the other party members, then one contact for each door."""
    return _Casting(plan, doors, today).everybody()


class _Casting:
    def __init__(self, plan: CompoundPlan, doors: list[DoorPlan], today: date) -> None:
        self.plan, self.doors, self.today = plan, doors, today
        self.draw: Random = stream(plan.slug, "cast")
        self.names: Iterator[str] = names(stream(plan.slug, "names"))
        self.people: list[PersonPlan] = []
        self.lived_in = [door for door in doors if door.occupancy is not Occupancy.EMPTY]
        self.owned = [door for door in doors if door.occupancy is Occupancy.OWNER]

    def everybody(self) -> list[PersonPlan]:
        for kind, number in self.plan.staffing.items():
            for n in range(number):
                self._staff(kind, n)
        self._stewards()
        self._leads()
        self._party_members()
        self._contacts()
        self._former()
        return self.people

    def _person(self, door: DoorPlan | None) -> PersonPlan:
        person = PersonPlan(next(self.names), phone(len(self.people) + 1), door)
        self.people.append(person)
        return person

    def _staff(self, kind: PostKind, nth: int) -> None:
        if nth == 0 and kind in self.plan.named:
            # A real person: name and post are public, a door or a number would be made up.
            person = PersonPlan(self.plan.named[kind], phone="")
            self.people.append(person)
        else:
            choice = self.owned if kind == PostKind.OWNERS_COMMITTEE else self.lived_in
            person = self._person(None if kind in FROM_OUTSIDE else self.draw.choice(choice))
        person.posts += [PostPlan(kind, BRANCH, *term) for term in self._terms(kind, nth)]

    def _terms(self, kind: PostKind, nth: int) -> list[tuple[date, date | None]]:
        """First and last days. Elected bodies serve term by term, all at once; the others come one by one."""
        if elected := self.plan.elected.get(kind):
            terms = list(_elections(elected.first_on, self.today))
            return terms if nth < elected.since_first else terms[1:]
        if kind in {PostKind.BRANCH_SECRETARY, PostKind.BRANCH_COMMITTEE}:
            return [(self.plan.branch_founded_on, None)]
        if kind in {PostKind.OWNERS_COMMITTEE, PostKind.RESIDENTS_REP}:
            return [(self.today - timedelta(days=520), self.today + timedelta(days=575))]
        by_chance = self._ago(200, 900)
        return [(self.plan.since.get(kind, by_chance), None)]

    def _ago(self, least: int, most: int) -> date:
        return self.today - timedelta(days=self.draw.randint(least, most))

    def _stewards(self) -> None:
        for building in self.plan.buildings:
            if building.number not in self.plan.buildings_without_steward:
                of_building = [door for door in self.lived_in if door.building == building.number]
                self._hold(PostKind.BUILDING_STEWARD, (building.number, 0), of_building, FORMER_STEWARD_EVERY)

    def _leads(self) -> None:
        of_group: dict[Place, list[DoorPlan]] = {}
        for door in self.lived_in:
            if door.group:
                of_group.setdefault((door.building, door.group), []).append(door)
        for place, doors in of_group.items():
            self._hold(PostKind.NEIGHBOUR_LEAD, place, doors, FORMER_LEAD_EVERY)

    def _hold(self, kind: PostKind, place: Place, doors: list[DoorPlan], former_every: int) -> None:
        starts_on = self._ago(150, 700)
        if sum(place) % former_every == 0:
            before = self._person(self.draw.choice(doors))
            before.posts.append(PostPlan(kind, place, self._ago(900, 1400), starts_on - timedelta(days=1)))
        elif kind == PostKind.BUILDING_STEWARD:
            # The others have served since the branch's first two years.
            starts_on = self.plan.branch_founded_on + (self.today - timedelta(days=150) - starts_on)
        person = self._person(self.draw.choice(doors))
        person.posts.append(PostPlan(kind, place, starts_on))

    def _party_members(self) -> None:
        in_branch = {PostKind.BRANCH_SECRETARY, PostKind.BRANCH_COMMITTEE}
        always = [person for person in self.people if in_branch & {post.kind for post in person.posts}]
        maybe = [person for person in self.people if person.door and person not in always]
        members = always + self.draw.sample(maybe, self.plan.party_members_with_other_posts)
        members += [
            self._person(self.draw.choice(self.lived_in)) for _ in range(self.plan.party_members - len(members))
        ]
        since_founding = (self.today - self.plan.branch_founded_on).days
        for member in members:
            if member in always or self.draw.random() < 0.6:
                joined = self.plan.branch_founded_on
            else:
                joined = self._ago(30, max(30, since_founding))
            member.posts.append(PostPlan(PostKind.PARTY_MEMBER, BRANCH, joined))

    def _contacts(self) -> None:
        """In the groups, somebody is known behind each door; for an empty flat it is the owner, on the telephone."""
        known = {person.door for person in self.people}
        for door in self.doors:
            if door.group and door not in known:
                self._person(door)

    def _former(self) -> None:
        """Who served in the compound's earlier days, drawn apart so that everybody else stays who they are."""
        draw = stream(self.plan.slug, "former")
        for former in self.plan.former:
            for _ in range(former.number):
                person = self._person(None if former.kind in FROM_OUTSIDE else draw.choice(self.lived_in))
                person.posts.append(PostPlan(former.kind, BRANCH, former.starts_on, former.ends_on))


def _elections(first_on: date, today: date) -> Iterator[tuple[date, date | None]]:
    """First and last day of each term up to that of today."""
    starts_on = first_on
    while starts_on <= today:
        following = starts_on.replace(year=starts_on.year + TERM_YEARS)
        yield starts_on, following - timedelta(days=1)
        starts_on = following
