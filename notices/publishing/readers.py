"""For whom a notice is meant, and who may read it.

Meant for: members whose door or whose unit lies in its places, or who hold its post; an emergency for the branch too,
wherever it is. Readable: what hangs in public, by everybody; what is for the holders of a post, by them; drafts, by
their writer and the branch.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from compounds.organisation.models import Building, Entrance, Household, Level, Person, Post, PostKind
from compounds.organisation.policies import BRANCH
from notices.models import Notice, NoticeKind, NoticeState, Target
from notices.reminding.roster import Roster


@dataclass
class Whereabouts:
    """The buildings in which somebody lives or serves, and the entrances."""

    buildings: set[int] = field(default_factory=set)
    entrances: set[int] = field(default_factory=set)


def visible_to(person: Person | None) -> QuerySet[Notice]:
    """What this member may open; None is a reader of the district, who sees what every member sees."""
    public = Q(posting__isnull=False)
    if person is None:
        return Notice.objects.filter(public)
    if BRANCH & person.kinds:
        return Notice.objects.all()
    told = Q(target=Target.POST, post__in=person.kinds, published_at__isnull=False)
    return Notice.objects.filter(public | told | Q(written_by=person))


def meant_for(person: Person, on: date) -> QuerySet[Notice]:
    """What is up on that day and meant for this member."""
    where = whereabouts([person.pk], on)[person.pk]
    pressing = Q(kind=NoticeKind.EMERGENCY) if BRANCH & person.kinds else Q()
    return Notice.objects.up(on).filter(
        pressing
        | Q(target=Target.COMPOUND)
        | Q(target=Target.POST, post__in=person.kinds)
        | Q(target=Target.BUILDINGS, places__overlap=sorted(where.buildings))
        | Q(target=Target.ENTRANCES, places__overlap=sorted(where.entrances))
    )


def people_for(notice: Notice, roster: Roster, where: dict[int, Whereabouts]) -> Iterable[int]:
    """The keys of those who serve here and for whom it is meant."""
    people = _people_there(notice, roster, where)
    if not notice.is_emergency:
        return people
    # Whoever of the branch let it go out knows.
    return {*people, *(person for person in roster.branch() if person != notice.published_by_id)}


def _people_there(notice: Notice, roster: Roster, where: dict[int, Whereabouts]) -> Iterable[int]:
    if notice.target == Target.POST:
        return roster.holding({notice.post})
    serving = roster.holding(PostKind)
    if notice.target == Target.COMPOUND:
        return serving
    wanted, name = set(notice.places), "buildings" if notice.target == Target.BUILDINGS else "entrances"
    return [person for person in serving if person in where and getattr(where[person], name) & wanted]


def whereabouts(people: Iterable[int] | None, on: date) -> dict[int, Whereabouts]:
    """Of these people, or of all who serve on that day. Four queries, however many they are.

    Who leads or serves a building is at home in all its entrances; a neighbour lead in those of the group's doors.
    """
    posts = Post.objects.serving(on).filter(unit__level__gte=Level.BUILDING)
    residents = Person.objects.filter(household__isnull=False)
    if people is None:
        residents = residents.filter(pk__in=Post.objects.serving(on).values("person"))
    else:
        keys = list(people)
        posts, residents = posts.filter(person__in=keys), residents.filter(pk__in=keys)
    found: dict[int, Whereabouts] = defaultdict(Whereabouts)
    for person, building, entrance in residents.values_list(
        "pk", "household__entrance__building", "household__entrance"
    ):
        found[person].buildings.add(building)
        found[person].entrances.add(entrance)
    served = list(posts.order_by().values_list("person", "unit"))
    inside = _inside({unit for _person, unit in served})
    for person, unit in served:
        found[person].buildings |= inside[unit].buildings
        found[person].entrances |= inside[unit].entrances
    return found


def _inside(units: set[int]) -> dict[int, Whereabouts]:
    """What lies in these buildings and groups of the tree."""
    found: dict[int, Whereabouts] = defaultdict(Whereabouts)
    rows = Building.objects.filter(unit__in=units).values_list("unit", "pk", "entrances")
    doors = Household.objects.filter(group__in=units).values_list("group", "entrance__building", "entrance").distinct()
    for unit, building, entrance in [*rows.order_by(), *doors.order_by()]:
        found[unit].buildings.add(building)
        if entrance is not None:
            found[unit].entrances.add(entrance)
    return found


def places_in_words(notices: Iterable[Notice]) -> dict[int, list[str]]:
    """The names of the buildings and entrances that these notices are for, by notice. Two queries."""
    rows = list(notices)
    wanted = {
        target: {key for row in rows if row.target == target for key in row.places}
        for target in (Target.BUILDINGS, Target.ENTRANCES)
    }
    names = {
        Target.BUILDINGS: {
            b.pk: str(b) for b in Building.objects.filter(pk__in=wanted[Target.BUILDINGS]).select_related("unit")
        },
        Target.ENTRANCES: {
            e.pk: str(e)
            for e in Entrance.objects.filter(pk__in=wanted[Target.ENTRANCES]).select_related("building__unit")
        },
    }
    return {
        row.pk: [name for key, name in names[Target(row.target)].items() if key in row.places]
        for row in rows
        if row.target in names
    }


def open_to_everybody() -> QuerySet[Notice]:
    """What hangs, or hung, in public; not what was withdrawn before it was published."""
    return Notice.objects.in_public().filter(state__in=[NoticeState.PUBLISHED, NoticeState.WITHDRAWN])
