"""What stands in the compound already, read once in a few queries, by the keys that a spreadsheet uses."""

from collections import defaultdict
from dataclasses import dataclass

from compounds.kernel.words import plain
from compounds.organisation.models import Building, Entrance, Household, Level, Person, Unit

type DoorKey = tuple[int, int, str]
type PersonKey = tuple[str, DoorKey | None]


@dataclass
class Standing:
    """Buildings by number, entrances by building and number, groups by building and name, doors, people."""

    buildings: dict[int, Building]
    names: dict[str, int]
    entrances: dict[tuple[int, int], int]
    groups: dict[tuple[int, str], int]
    doors: dict[DoorKey, Household]
    people: dict[PersonKey, list[Person]]


def standing() -> Standing:
    """Everything there is now; five queries however much that is."""
    buildings = {building.number: building for building in Building.objects.select_related("unit")}
    number_of = {building.unit_id: number for number, building in buildings.items()}
    entrances = {(n, e): pk for pk, n, e in Entrance.objects.values_list("pk", "building__number", "number")}
    groups = {
        (number_of[parent], name): pk
        for pk, parent, name in Unit.objects.at(Level.NEIGHBOUR_GROUP).values_list("pk", "parent", "name")
        if parent in number_of
    }
    place_of = {pk: place for place, pk in entrances.items()}
    doors: dict[DoorKey, Household] = {}
    key_of: dict[int, DoorKey] = {}
    for household in Household.objects.order_by():
        key = (*place_of[household.entrance_id], plain(household.door))
        # Of two doors that are the same but for how they were typed, the one that is written as it is kept today.
        if key not in doors or household.door == key[2]:
            doors[key] = household
        key_of[household.pk] = key
    people: dict[PersonKey, list[Person]] = defaultdict(list)
    for person in Person.objects.people().filter(erased_at=None).order_by():
        people[person.name, key_of[person.household_id] if person.household_id else None].append(person)
    return Standing(buildings, {b.unit.name: n for n, b in buildings.items()}, entrances, groups, doors, people)
