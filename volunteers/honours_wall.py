"""Who was honoured, by year and kind, as everybody and as members read it. Few queries, however many were."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from compounds.organisation.models import Person
from compounds.organisation.sight import households_visible_to
from volunteers.honoured import name_for_members
from volunteers.models import Honour, HonourKind


@dataclass(frozen=True)
class Line:
    """One honour, and how whoever got it is called for this reader."""

    honour: Honour
    name: str


@dataclass(frozen=True)
class Shelf:
    """The honours of one kind; of a kind that is given without being put up, everybody reads only how many."""

    kind: HonourKind
    count: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Glance:
    """The last year in which somebody was honoured, and how many were."""

    year: int
    count: int


def years() -> list[int]:
    """In which anything was given, the latest first."""
    return list(Honour.objects.given().order_by("-year").values_list("year", flat=True).distinct())


def shelves(year: int, *, call: Callable[[Honour], str], named: Callable[[HonourKind], bool]) -> list[Shelf]:
    """What was given for a year; ``call`` says how each is called, ``named`` whether names stand there at all."""
    rows = Honour.objects.given().of_year(year).with_receivers()
    ordered = rows.order_by("kind__position", "kind", "number")
    found = []
    for kind, honours in groupby(ordered, key=attrgetter("kind")):
        of_kind = list(honours)
        lines = [Line(row, call(row)) for row in of_kind] if named(kind) else []
        found.append(Shelf(kind, len(of_kind), lines))
    return found


def lines_for(viewer: Person | None, honours: Iterable[Honour]) -> list[Line]:
    """Rows for members: a household's door for those who serve there."""
    rows = list(honours)
    call = caller_for(viewer, rows)
    return [Line(row, call(row)) for row in rows]


def caller_for(viewer: Person | None, honours: Iterable[Honour] | None = None) -> Callable[[Honour], str]:
    """How this member calls those who are honoured; of these, or of anybody."""
    doors = households_visible_to(viewer)
    if honours is not None:
        doors = doors.filter(pk__in={row.household_id for row in honours if row.household_id})
    else:
        doors = doors.filter(honours__isnull=False)
    known = set(doors.values_list("pk", flat=True))
    return lambda honour: name_for_members(honour, known)


def at_a_glance() -> Glance | None:
    """For the board; None where nobody was honoured yet."""
    latest = Honour.objects.given().order_by("-year").values_list("year", flat=True).first()
    return Glance(latest, Honour.objects.given().of_year(latest).count()) if latest else None
