"""The doors that one person goes to: when somebody last spoke there, when it is due again; longest waiting first."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from compounds.organisation.models import (
    Building,
    Entrance,
    Household,
    Occupancy,
    Person,
    PostKind,
    Unit,
    contact_rhythm,
)
from compounds.organisation.sight import households_visible_to, sees_everybody
from consultation.models import Visit

# A door that is due within this many days is shown as coming up.
_SOON = 14


@dataclass(frozen=True)
class Walk:
    """One unit whose doors a person goes to: how many doors, and how many of them wait for a visit."""

    unit: Unit
    doors: int
    late: int


@dataclass(frozen=True)
class DoorLine:
    """One door: the day by which it is due (None: nobody spoke there yet), and the last visits."""

    household: Household
    today: date
    due_on: date | None
    last: Visit | None

    @property
    def state(self) -> str:
        """``empty`` (nobody lives there), ``late``, ``due`` (soon) or ``ok``."""
        if self.household.occupancy == Occupancy.EMPTY:
            return "empty"
        if self.due_on is None or self.due_on <= self.today:
            return "late"
        return "due" if (self.due_on - self.today).days <= _SOON else "ok"

    @property
    def left(self) -> int | None:
        return (self.due_on - self.today).days if self.due_on else None

    @property
    def done_today(self) -> Visit | None:
        return self.last if self.last and self.last.visited_on == self.today else None


@dataclass(frozen=True)
class Corridor:
    """The doors of one floor of one entrance."""

    entrance: Entrance
    floor: str
    lines: list[DoorLine]

    @property
    def late(self) -> int:
        return sum(line.state == "late" for line in self.lines)

    @property
    def done_today(self) -> bool:
        return any(line.done_today for line in self.lines)


def walks(person: Person | None, on: date) -> list[Walk]:
    """The units that this person's doors are in: their own groups and building, or each building of the compound."""
    if person is None:
        return []
    if sees_everybody(person):
        units = [building.unit for building in Building.objects.select_related("unit")]
    else:
        own = {PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD}
        units = [post.unit for post in person.serving if post.kind in own]
    rows = (
        households_visible_to(person)
        .order_by()
        .values_list("entrance__building__unit", "group")
        .annotate(doors=Count("pk", distinct=True), late=Count("pk", distinct=True, filter=is_late(on)))
    )
    doors: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for building, group, n, n_late in rows:
        for unit_id in {building, group}:
            doors[unit_id] += n
            late[unit_id] += n_late
    return [Walk(unit, doors[unit.pk], late[unit.pk]) for unit in units]


def is_late(on: date) -> Q:
    """Somebody lives there, and nobody spoke with them within the contact rhythm."""
    silent = Q(last_contact_on=None) | Q(last_contact_on__lte=on - contact_rhythm())
    return silent & ~Q(occupancy=Occupancy.EMPTY)


def lines(person: Person | None, unit: Unit, on: date) -> list[DoorLine]:
    """The doors of one unit as far as this person may see them. Three queries, however many doors."""
    doors = Household.objects.of_unit(unit).filter(pk__in=households_visible_to(person))
    return lines_of(doors.select_related("entrance__building__unit"), on)


def lines_of(doors: Iterable[Household], on: date) -> list[DoorLine]:
    """What was called on today comes last, then empty doors; otherwise the longest waiting first."""
    doors = list(doors)
    last = {
        visit.household_id: visit
        for visit in Visit.objects.filter(household__in=[door.pk for door in doors])
        .select_related("by")
        .order_by("household_id", "-visited_on", "-pk")
        .distinct("household_id")
    }
    found = [_line(door, last.get(door.pk), on) for door in doors]
    return sorted(found, key=_order)


def corridors(found: list[DoorLine]) -> list[Corridor]:
    """The same doors by entrance and floor; the corridor with most doors waiting first."""
    by_floor: dict[tuple[int, str], list[DoorLine]] = defaultdict(list)
    for line in sorted(found, key=lambda line: (len(line.household.door), line.household.door)):
        by_floor[line.household.entrance_id, floor_of(line.household.door)].append(line)
    made = [Corridor(ones[0].household.entrance, floor, ones) for (_entrance, floor), ones in by_floor.items()]
    return sorted(made, key=lambda c: (-c.late, c.entrance.number, len(c.floor), c.floor))


def floor_of(door: str) -> str:
    """601 and 0601 are on floor 6, 1203 is on floor 12; what is not numbered so has no floor."""
    return door[:-2].lstrip("0") if door.isdigit() and len(door) >= 3 else ""


def _line(door: Household, last: Visit | None, on: date) -> DoorLine:
    spoken = door.last_contact_on
    return DoorLine(door, on, spoken + contact_rhythm() if spoken else None, last)


def _order(line: DoorLine) -> tuple:
    door = line.household
    return (
        line.done_today is not None,
        line.state == "empty",
        line.due_on or date.min,
        door.entrance.number,
        len(door.door),
        door.door,
    )
