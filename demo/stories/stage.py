"""What the stories of one compound call upon: its days, its people, its bodies, and the matters told so far."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial

from django.utils import timezone

from compounds.organisation.models import Household, Level, Occupancy, Person, Post, PostKind, Unit
from compounds.workdays.calendar import works_nationally
from consultation.models import BodyKind, Category, Deliberator, Issue, Party, ResponsibleBody
from demo.holders import holders
from demo.stories.office_days import moved
from demo.stories.plans import Moment

FRIDAY = 4
# Neighbours who speak one after the other live this many doors apart.
_DOORS_APART = 5


@dataclass(frozen=True)
class Neighbour:
    """Somebody at their own door."""

    person: Person
    household: Household


class Stage:
    """Stand inside the compound. Everything comes out the same for the same day."""

    def __init__(self, today: date) -> None:
        self.today = today
        # How long ago it was, of what is written down as so many days before today.
        self.ago: Callable[[int], int] = int
        self.issues: dict[str, Issue] = {}
        self._neighbours: dict[int, list[Neighbour]] = {}
        self._terms = cache(lambda kind: _terms(kind, today))

    def at_work(self) -> "Stage":
        """The same stage for stories with editions and meetings, whose days move so that these fall on working days."""
        same = copy(self)
        same.ago = partial(moved, today=self.today)
        return same

    def at(self, moment: Moment) -> datetime:
        days, clock = moment
        return timezone.make_aware(datetime.combine(self.day(days), time.fromisoformat(clock)))

    def day(self, days_ago: int) -> date:
        return self.today - timedelta(days=self.ago(days_ago))

    def coming_friday(self, clock: str) -> datetime:
        """The first Friday after today on which people work."""
        ahead = (FRIDAY - self.today.weekday() - 1) % 7 + 1
        while not works_nationally(self.day(-ahead)):
            ahead += 7
        return self.at((-ahead, clock))

    @property
    def secretary(self) -> Person:
        return self._held(PostKind.BRANCH_SECRETARY)[0]

    def steward(self, building: int) -> Person:
        """Who was steward there on the day that is told of; one of the branch where nobody was yet."""
        found = self._held(PostKind.BUILDING_STEWARD, building)
        return found[0] if found else self.of_branch(building)

    def of_branch(self, nth: int) -> Person:
        """One of the branch's committee, in turn."""
        committee = self._held(PostKind.BRANCH_COMMITTEE)
        return committee[nth % len(committee)]

    def lead(self, building: int, group: int) -> Person:
        return self._held(PostKind.NEIGHBOUR_LEAD, building, group)[0]

    def of_community(self) -> Person:
        return self._held(PostKind.COMMUNITY_WORKER)[0]

    def worker_of(self, body: ResponsibleBody) -> Person:
        """Who takes a task over for that body; the branch stands in for bodies that have nobody here."""
        if body.kind == BodyKind.PROPERTY_COMPANY:
            return self._held(PostKind.PROPERTY_STAFF)[0]
        return self.secretary

    def _held(self, kind: PostKind, building: int = 0, group: int = 0) -> list[Person]:
        """Who held such a post on the day that is told of, the plainest first."""
        on = timezone.localdate()
        found = [term.person for term in self._terms(kind) if term.at == (building, group) and term.covers(on)]
        for person in found:
            # What somebody serves as is read once per instance; here days pass.
            person.__dict__.pop("serving", None)
        return found

    def category(self, name: str) -> Category:
        return Category.objects.get(name=name)

    def neighbour(self, building: int, *, entrance: int = 0, group: int = 0) -> Neighbour:
        """Somebody of that building whose door was not asked yet: in a group, at home, without a post.

        ``entrance`` and ``group`` are numbers inside the building, 0 for any.
        """
        if building not in self._neighbours:
            self._neighbours[building] = _at_home(building)
        left = self._neighbours[building]
        for neighbour in left:
            door = neighbour.household
            if entrance in {0, door.entrance.number} and group in {0, door.group and door.group.position}:
                left.remove(neighbour)
                return neighbour
        raise LookupError(f"nobody is left to ask in building {building}")

    def council(self, party: Party | None = None) -> list[Person]:
        """Who deliberated for one party, or for any, on the day that is told of."""
        terms = Deliberator.objects.serving(timezone.localdate()).select_related("person").order_by("pk")
        return [term.person for term in terms if party in {None, term.party}]


@dataclass(frozen=True)
class _Term:
    person: Person
    at: tuple[int, int]
    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def _terms(kind: PostKind, today: date) -> list[_Term]:
    """Everybody who ever held it, where in the tree, from when to when; the plainest of today first."""
    posts = Post.objects.filter(kind=kind).select_related("person", "unit__building", "unit__parent__building")
    order = {pk: n for n, pk in enumerate(holders(kind, today).values_list("pk", flat=True))}
    rows = sorted(posts, key=lambda post: (order.get(post.person_id, len(order)), post.pk))
    return [_Term(post.person, _where(post.unit), post.starts_on, post.ends_on) for post in rows]


def _where(unit: Unit) -> tuple[int, int]:
    """Numbers of building and group, 0 for none."""
    if unit.level == Level.BUILDING:
        return unit.building.number, 0
    if unit.level == Level.NEIGHBOUR_GROUP and unit.parent:
        return unit.parent.building.number, unit.position
    return 0, 0


def _at_home(building: int) -> list[Neighbour]:
    people = (
        Person.objects.filter(posts=None, household__group__isnull=False)
        .filter(household__entrance__building__number=building)
        .exclude(household__occupancy=Occupancy.EMPTY)
        .select_related("household__entrance__building__unit", "household__group")
        .order_by("pk")
    )
    known = [Neighbour(person, person.household) for person in people if person.household]
    return [neighbour for n in range(_DOORS_APART) for neighbour in known[n::_DOORS_APART]]
