"""The invented buildings: how many entrances, floors and doors, and how many neighbour groups stand in each.

The report gives neither buildings nor doors, only their sums: 1,996 households, of which 949 in 64 groups.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from compounds.organisation.models import Occupancy
from demo.draw import stream

# Of a hundred doors, this many lived in by the owner, let, empty. Leads know fewer empty doors than there are.
IN_A_GROUP = {Occupancy.OWNER: 78, Occupancy.LET: 18, Occupancy.EMPTY: 4}
WITHOUT_GROUP = {Occupancy.OWNER: 58, Occupancy.LET: 24, Occupancy.EMPTY: 18}


@dataclass(frozen=True)
class BuildingPlan:
    """One building. Where the ground floor stands open (架空层), doors begin on the second floor."""

    number: int
    entrances: int
    first_floor: int
    floors: int
    doors_per_floor: int
    groups: int

    @property
    def doors(self) -> int:
        return self.entrances * self.floors * self.doors_per_floor


@dataclass(frozen=True)
class DoorPlan:
    """One door; ``group`` is the number of its neighbour group inside the building, 0 for none."""

    building: int
    entrance: int
    door: str
    group: int
    occupancy: Occupancy


# number, entrances, first floor, floors, doors per floor, groups
XIJUN_BUILDINGS = tuple(
    BuildingPlan(*row)
    for row in (
        (1, 2, 2, 18, 4, 5),
        (2, 2, 2, 18, 4, 5),
        (3, 2, 2, 18, 4, 5),
        (4, 2, 2, 17, 4, 4),
        (5, 2, 2, 17, 4, 4),
        (6, 1, 2, 33, 4, 4),
        (7, 1, 2, 33, 4, 4),
        (8, 1, 2, 32, 4, 4),
        (9, 1, 2, 33, 6, 6),
        (10, 1, 2, 33, 6, 6),
        (11, 2, 1, 11, 2, 2),
        (12, 3, 1, 11, 2, 3),
        (13, 2, 2, 26, 4, 6),
        (14, 1, 2, 31, 6, 6),
    )
)
HUPAN_BUILDINGS = tuple(BuildingPlan(number, 2, 1, 5, 2, 1) for number in (1, 2, 3))


def doors(slug: str, buildings: tuple[BuildingPlan, ...], grouped: int) -> list[DoorPlan]:
    """Every door of the compound, ``grouped`` of them in the buildings' neighbour groups, as evenly as can be."""
    draw = stream(slug, "occupancy")
    sizes = _group_sizes(sum(building.groups for building in buildings), grouped)
    planned = []
    for building in buildings:
        for entrance, door, group in _doors_of(building, sizes):
            mix = IN_A_GROUP if group else WITHOUT_GROUP
            occupancy = draw.choices(list(mix), weights=list(mix.values()))[0]
            planned.append(DoorPlan(building.number, entrance, door, group, occupancy))
    return planned


def _group_sizes(groups: int, grouped: int) -> Iterator[int]:
    return iter([(n + 1) * grouped // groups - n * grouped // groups for n in range(groups)])


def _doors_of(building: BuildingPlan, sizes: Iterator[int]) -> Iterator[tuple[int, str, int]]:
    """Entrance, door and group; a group's doors stand together, from the lowest floor of its entrance upwards."""
    group = 0
    for entrance in range(1, building.entrances + 1):
        groups_here = len(range(entrance - 1, building.groups, building.entrances))
        of_door: list[int] = []
        for _ in range(groups_here):
            group += 1
            of_door += [group] * next(sizes)
        floors = range(building.first_floor, building.first_floor + building.floors)
        names = [f"{floor:02d}{n:02d}" for floor in floors for n in range(1, building.doors_per_floor + 1)]
        of_door += [0] * (len(names) - len(of_door))
        for name, group_of_door in zip(names, of_door, strict=True):
            yield entrance, name, group_of_door
