"""What the pages of the tree read. Each function costs a fixed number of queries, however large the compound."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from compounds.organisation.coverage import Coverage, coverage_by_building, total
from compounds.organisation.models import Building, Entrance, Household, Level, Person, Post, PostKind, Unit, post_title
from compounds.organisation.models.settings import contact_rhythm
from compounds.organisation.sight import households_visible_to

# The posts that the tree names one by one; of the others it says how many there are.
_NAMED = (
    PostKind.GENERAL_SECRETARY,
    PostKind.COMMUNITY_WORKER,
    PostKind.GRID_WORKER,
    PostKind.BRANCH_SECRETARY,
    PostKind.BRANCH_COMMITTEE,
    PostKind.BUILDING_STEWARD,
    PostKind.NEIGHBOUR_LEAD,
)
_UPPER = (Level.GENERAL_BRANCH, Level.BRANCH)
_HISTORY = 60


@dataclass(frozen=True)
class Seat:
    """A unit whose leading post one person holds, and who holds it: None when it is vacant."""

    unit: Unit
    kind: PostKind
    post: Post | None
    others: list[Post]

    @property
    def title(self) -> str:
        return post_title(self.kind)


@dataclass(frozen=True)
class GroupLine:
    """One neighbour group: its lead, its doors, and how many of them are in touch."""

    seat: Seat
    doors: int
    in_touch: int


@dataclass(frozen=True)
class BuildingLine:
    """One building in the comparison: who serves there, its coverage, and its doors that no group takes in."""

    building: Building
    seat: Seat
    groups: list[Seat]
    coverage: Coverage
    ungrouped: int


@dataclass(frozen=True)
class KindCount:
    kind: PostKind
    count: int

    @property
    def title(self) -> str:
        return post_title(self.kind)


@dataclass(frozen=True)
class Tree:
    """The compound's four levels on one day."""

    general: Seat
    branch: Seat
    buildings: list[BuildingLine]
    counts: list[KindCount]
    coverage: Coverage
    ungrouped: int
    stewards: int
    leads: int

    @property
    def vacant_stewards(self) -> int:
        return len(self.buildings) - self.stewards

    @property
    def vacant_leads(self) -> int:
        return sum(len(line.groups) for line in self.buildings) - self.leads


@dataclass(frozen=True)
class Door:
    """One door as those who serve there see it: in touch, due for a visit, or in no group yet."""

    household: Household
    state: str


@dataclass(frozen=True)
class EntranceLine:
    """One stairwell: how many doors it has, and those of them that the viewer may see."""

    entrance: Entrance
    count: int
    doors: list[Door]


@dataclass(frozen=True)
class BuildingPage:
    """One building on one day, as one viewer sees it."""

    building: Building
    seat: Seat
    groups: list[GroupLine]
    entrances: list[EntranceLine]
    coverage: Coverage
    ungrouped: int
    history: list[Post]


def tree(on: date) -> Tree:
    """The whole tree with its holders, vacancies and coverage."""
    units = list(Unit.objects.all())
    children = defaultdict(list)
    for unit in units:
        children[unit.parent_id].append(unit)
    posts = _posts_by_unit(Post.objects.serving(on).filter(kind__in=_NAMED))
    coverage = coverage_by_building(on)
    ungrouped = dict(
        Household.objects.filter(group=None).order_by().values_list("entrance__building").annotate(Count("pk"))
    )
    lines = [
        BuildingLine(
            building=building,
            seat=_seat(building.unit, posts),
            groups=[_seat(group, posts) for group in children[building.unit_id]],
            coverage=coverage[building.pk],
            ungrouped=ungrouped.get(building.pk, 0),
        )
        for building in Building.objects.select_related("unit")
    ]
    general, branch = (next(unit for unit in units if unit.level == level) for level in _UPPER)
    return Tree(
        general=_seat(general, posts),
        branch=_seat(branch, posts),
        buildings=lines,
        counts=_other_posts(on),
        coverage=total(coverage),
        ungrouped=sum(ungrouped.values()),
        stewards=sum(line.seat.post is not None for line in lines),
        leads=sum(group.post is not None for line in lines for group in line.groups),
    )


def building_page(building: Building, *, viewer: Person | None, on: date) -> BuildingPage:
    """One building: its steward, groups, entrances with the doors that ``viewer`` may see, and who served before."""
    groups = list(building.unit.children.all())
    below = Post.objects.filter(unit__in=[building.unit, *groups])
    posts = _posts_by_unit(below.serving(on))
    of_groups = _doors_by_group(building, on)
    households = Household.objects.filter(entrance__building=building)
    return BuildingPage(
        building=building,
        seat=_seat(building.unit, posts),
        groups=[GroupLine(_seat(group, posts), *of_groups.get(group.pk, (0, 0))) for group in groups],
        entrances=_entrances(building, viewer, on),
        coverage=Coverage(households.count(), households.assigned(on).count(), households.in_touch(on).count()),
        ungrouped=of_groups.get(None, (0, 0))[0],
        history=list(
            below.filter(ends_on__lt=on).select_related("person", "unit").order_by("-ends_on", "-pk")[:_HISTORY]
        ),
    )


def with_posts(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Each person with ``holds``: the posts held on that day, with their units."""
    held = Post.objects.serving(on).select_related("unit")
    return people.prefetch_related(Prefetch("posts", queryset=held, to_attr="holds"))


def posts_of(person: Person, on: date) -> tuple[list[Post], list[Post]]:
    """The posts that a person holds or will hold, and the earlier ones, latest first."""
    posts = list(person.posts.select_related("unit").order_by("-starts_on", "-pk"))
    earlier = [post for post in posts if post.ends_on and post.ends_on < on]
    return [post for post in posts if post not in earlier], earlier


_LEADING = {
    Level.GENERAL_BRANCH: PostKind.GENERAL_SECRETARY,
    Level.BRANCH: PostKind.BRANCH_SECRETARY,
    Level.BUILDING: PostKind.BUILDING_STEWARD,
    Level.NEIGHBOUR_GROUP: PostKind.NEIGHBOUR_LEAD,
}


def _seat(unit: Unit, posts: dict[int, list[Post]]) -> Seat:
    kind = _LEADING[Level(unit.level)]
    here = posts.get(unit.pk, [])
    return Seat(
        unit=unit,
        kind=kind,
        post=next((post for post in here if post.kind == kind), None),
        others=[post for post in here if post.kind != kind],
    )


def _posts_by_unit(posts: Iterable[Post]) -> dict[int, list[Post]]:
    assert isinstance(posts, QuerySet)
    found = defaultdict(list)
    for post in posts.select_related("person"):
        found[post.unit_id].append(post)
    return found


def _other_posts(on: date) -> list[KindCount]:
    rows = Post.objects.serving(on).exclude(kind__in=_NAMED).order_by().values_list("kind").annotate(Count("pk"))
    counts = Counter(dict(rows))
    return [KindCount(kind, counts[kind]) for kind in PostKind if kind not in _NAMED]


def _doors_by_group(building: Building, on: date) -> dict[int | None, tuple[int, int]]:
    met = Q(last_contact_on__gt=on - contact_rhythm(), last_contact_on__lte=on)
    rows = Household.objects.filter(entrance__building=building).order_by().values("group")
    counted = rows.annotate(doors=Count("pk"), met=Count("pk", filter=met))
    return {row["group"]: (row["doors"], row["met"]) for row in counted}


def _entrances(building: Building, viewer: Person | None, on: date) -> list[EntranceLine]:
    doors = defaultdict(list)
    visible = households_visible_to(viewer).filter(entrance__building=building)
    for household in sorted(visible, key=lambda one: (len(one.door), one.door)):
        doors[household.entrance_id].append(Door(household, door_state(household, on)))
    entrances = building.entrances.annotate(count=Count("households")).order_by("number")
    return [EntranceLine(entrance, entrance.count, doors[entrance.pk]) for entrance in entrances]


def door_state(household: Household, on: date) -> str:
    """``ok``: in touch; ``due``: in a group, and nobody spoke with it lately; empty: in no group yet."""
    spoken = household.last_contact_on
    if spoken and on - contact_rhythm() < spoken <= on:
        return "ok"
    return "due" if household.group_id else ""
