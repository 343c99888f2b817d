"""What the stories of one compound call upon: its days, its people, its bodies, and the matters told so far."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

from compounds.organisation.models import Household, Occupancy, Person, Post, PostKind
from consultation.models import Category, Deliberator, Issue, Party, ResponsibleBody
from demo.holders import holders
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
        self.issues: dict[str, Issue] = {}
        self._neighbours: dict[int, list[Neighbour]] = {}
        self.one_holder = cache(self._one_holder)

    def at(self, moment: Moment) -> datetime:
        days, clock = moment
        day = self.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))

    def day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def coming_friday(self, clock: str) -> datetime:
        """The first Friday after today."""
        ahead = (FRIDAY - self.today.weekday() - 1) % 7 + 1
        return self.at((-ahead, clock))

    @property
    def secretary(self) -> Person:
        return self.one_holder(PostKind.BRANCH_SECRETARY, 0, 0)

    def steward(self, building: int) -> Person:
        return self.one_holder(PostKind.BUILDING_STEWARD, building, 0)

    def lead(self, building: int, group: int) -> Person:
        return self.one_holder(PostKind.NEIGHBOUR_LEAD, building, group)

    def worker_of(self, body: ResponsibleBody) -> Person:
        """Who takes a task over for that body; the branch stands in for bodies that have nobody here."""
        kind = PostKind.PROPERTY_STAFF if body.kind == "property_company" else PostKind.BRANCH_SECRETARY
        found = holders(kind, self.today).first()
        if found is None:
            raise LookupError(f"nobody works for {body}")
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
        """The deliberators of one party, or all."""
        terms = Deliberator.objects.serving(self.today).select_related("person").order_by("pk")
        return [term.person for term in terms if party in {None, term.party}]

    def _one_holder(self, kind: PostKind, building: int, group: int) -> Person:
        posts = Post.objects.serving(self.today).filter(kind=kind).select_related("person")
        if group:
            posts = posts.filter(unit__parent__building__number=building, unit__position=group)
        elif building:
            posts = posts.filter(unit__building__number=building)
        return posts.get().person


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
