"""Keeping buildings, entrances, neighbour groups and doors right."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Building, Entrance, Household, Level, Person, Unit
from compounds.oversight.outbox import touch


class PlaceTaken(DomainError):
    """Two places cannot have the same number or name."""

    code = "place_taken"
    title = _("This place is there already")
    message = _("Another place here has that number or name already; nothing has been changed.")
    hint = _("Go back and choose another.")


@transaction.atomic
def add_building(*, number: int, name: str, entrances: int, by: Person) -> Building:
    """A building with its unit in the tree and its entrances from 1 on. Raises PlaceTaken."""
    branch = Unit.objects.get(level=Level.BRANCH)
    try:
        with transaction.atomic():
            unit = Unit.objects.create(level=Level.BUILDING, parent=branch, name=name, position=number)
            building = Building.objects.create(unit=unit, number=number)
    except IntegrityError as error:
        raise PlaceTaken from error
    Entrance.objects.bulk_create([Entrance(building=building, number=n + 1) for n in range(entrances)])
    audit.record("building.add", about=name, by=by, number=number, entrances=entrances)
    touch("households")
    return building


@transaction.atomic
def change_building(building: Building, *, number: int, name: str, by: Person) -> None:
    """Rename or renumber a building. Raises PlaceTaken."""
    building = Building.objects.select_for_update(of=("self",)).select_related("unit").get(pk=building.pk)
    before = {"number": building.number, "name": building.unit.name}
    if before == {"number": number, "name": name}:
        return
    building.number, building.unit.position, building.unit.name = number, number, name
    try:
        with transaction.atomic():
            building.unit.save(update_fields=["position", "name", "updated_at"])
            building.save(update_fields=["number", "updated_at"])
    except IntegrityError as error:
        raise PlaceTaken from error
    audit.record("building.change", about=name, by=by, before=before, after={"number": number, "name": name})


@transaction.atomic
def add_entrance(building: Building, *, number: int, by: Person) -> Entrance:
    """One more stairwell. Raises PlaceTaken."""
    try:
        with transaction.atomic():
            entrance = Entrance.objects.create(building=building, number=number)
    except IntegrityError as error:
        raise PlaceTaken from error
    audit.record("entrance.add", about=entrance, by=by)
    return entrance


@transaction.atomic
def renumber_entrance(entrance: Entrance, *, number: int, by: Person) -> None:
    """Give a stairwell another number. Raises PlaceTaken."""
    entrance = Entrance.objects.select_for_update(of=("self",)).get(pk=entrance.pk)
    before, entrance.number = entrance.number, number
    if before == number:
        return
    try:
        with transaction.atomic():
            entrance.save(update_fields=["number", "updated_at"])
    except IntegrityError as error:
        raise PlaceTaken from error
    audit.record("entrance.change", about=entrance, by=by, before=before, after=number)


@transaction.atomic
def add_group(building: Building, *, name: str, by: Person) -> Unit:
    """A neighbour group below a building, still without doors. Raises PlaceTaken."""
    # The building's lock keeps two new groups from the same position.
    parent = Unit.objects.select_for_update().get(pk=building.unit_id)
    try:
        with transaction.atomic():
            group = Unit.objects.create(
                level=Level.NEIGHBOUR_GROUP, parent=parent, name=name, position=parent.children.count() + 1
            )
    except IntegrityError as error:
        raise PlaceTaken from error
    audit.record("group.add", about=f"{parent} {name}", by=by)
    return group


@transaction.atomic
def rename_group(group: Unit, *, name: str, by: Person) -> None:
    """Raises PlaceTaken."""
    group = Unit.objects.select_for_update(of=("self",)).get(pk=group.pk, level=Level.NEIGHBOUR_GROUP)
    before, group.name = group.name, name
    if before == name:
        return
    try:
        with transaction.atomic():
            group.save(update_fields=["name", "updated_at"])
    except IntegrityError as error:
        raise PlaceTaken from error
    audit.record("group.change", about=name, by=by, before=before, after=name)


@transaction.atomic
def assign_doors(group: Unit, doors: Iterable[Household], *, by: Person) -> tuple[int, int]:
    """Let exactly these doors of the building belong to the group. Returns how many came and how many left."""
    group = Unit.objects.select_for_update(of=("self",)).get(pk=group.pk)
    wanted = {door.pk for door in doors}
    here = Household.objects.select_for_update(of=("self",)).filter(entrance__building__unit=group.parent_id)
    now = {door.pk for door in here if door.group_id == group.pk}
    Household.objects.filter(pk__in=now - wanted).update(group=None)
    came = Household.objects.filter(pk__in=wanted - now, entrance__building__unit=group.parent_id).update(group=group)
    left = len(now - wanted)
    if came or left:
        audit.record("group.doors", about=f"{group.parent} {group.name}", by=by, came=came, left=left)
        touch("households")
    return came, left
