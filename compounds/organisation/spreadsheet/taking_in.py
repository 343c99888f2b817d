"""Keeping an upload, looking through it, and taking it in: all rows or none, in one transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Building, Entrance, Household, Level, Occupancy, Person, SheetImport, Unit
from compounds.organisation.spreadsheet.checking import Plan, check
from compounds.organisation.spreadsheet.reading import Problem, read
from compounds.organisation.spreadsheet.standing import DoorKey, Standing, standing
from compounds.oversight.outbox import touch
from compounds.registry.office import Office

# An upload that nobody took in holds personal data: after this time it is not taken in any more, and its content goes
# with the next upload or the next night.
KEPT = timedelta(hours=24)
_BATCH = 2000


class TakenInAlready(DomainError):
    """One upload is taken in once."""

    code = "sheet_taken_in_already"
    title = _("This spreadsheet is not waiting any more")
    message = _("It was taken in already, or dropped. An upload waits for 24 hours.")
    hint = _("Upload it again if something is still missing.")


class HasProblems(DomainError):
    """All or nothing: a spreadsheet with a problem changes nothing."""

    code = "sheet_has_problems"
    title = _("This spreadsheet has problems")
    message = _("Nothing has been taken in. Since it was looked through, something here has changed.")
    hint = _("Look through it again.")


@transaction.atomic
def keep(content: bytes, *, file_name: str, now: datetime, by: Person | Office) -> SheetImport:
    """Keep an upload until it is taken in; earlier ones of the same person, and old ones, lose their content."""
    SheetImport.objects.filter(content__isnull=False, **_whose(by)).update(content=None)
    forget_old(now)
    return SheetImport.objects.create(file_name=file_name[-120:], content=content, **_whose(by))


def forget_old(now: datetime) -> int:
    """Uploads that nobody took in in time lose their content. Returns how many they were."""
    return SheetImport.objects.filter(content__isnull=False, created_at__lt=now - KEPT).update(content=None)


def waiting_for(by: Person | Office) -> QuerySet[SheetImport]:
    """The uploads of one person, or of one office."""
    return SheetImport.objects.filter(**_whose(by))


def _whose(by: Person | Office) -> dict[str, Any]:
    return {"by": None, "office": str(by)} if isinstance(by, Office) else {"by": by, "office": ""}


def look(content: bytes) -> tuple[Plan, list[Problem]]:
    """What taking it in would do, and what is wrong with it. Raises NotReadable."""
    return check(read(content), standing())


def waiting(sheet: SheetImport) -> bytes:
    """Its content. Raises TakenInAlready, also when it has waited for too long."""
    if sheet.content is None or sheet.created_at < timezone.now() - KEPT:
        raise TakenInAlready
    return bytes(sheet.content)


@transaction.atomic
def take_in(sheet: SheetImport, *, by: Person | Office) -> SheetImport:
    """Carry it out, whole. Raises TakenInAlready, HasProblems, NotReadable."""
    # The branch's row is the lock of the tree: two spreadsheets come one after the other.
    branch = Unit.objects.select_for_update().get(level=Level.BRANCH)
    sheet = SheetImport.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    book = read(waiting(sheet))
    now = standing()
    plan, problems = check(book, now)
    if problems:
        raise HasProblems
    _carry_out(plan, now, branch)
    sheet.content, sheet.taken_in_at, sheet.counts = None, timezone.now(), plan.counts()
    sheet.save(update_fields=["content", "taken_in_at", "counts", "updated_at"])
    audit.record("sheet.import", about=sheet.file_name, by=by, **sheet.counts)
    touch("households")
    return sheet


def _carry_out(plan: Plan, now: Standing, branch: Unit) -> None:
    _buildings(plan, now, branch)
    _groups(plan, now)
    _doors(plan, now)
    _people(plan, now)


def _buildings(plan: Plan, now: Standing, branch: Unit) -> None:
    units = Unit.objects.bulk_create(
        [
            Unit(level=Level.BUILDING, parent=branch, name=name, position=number)
            for number, name in plan.buildings.items()
        ]
    )
    made = Building.objects.bulk_create([Building(unit=unit, number=unit.position) for unit in units])
    now.buildings |= {building.number: building for building in made}
    renamed = [now.buildings[number].unit for number in plan.renamed]
    for unit, name in zip(renamed, plan.renamed.values(), strict=True):
        unit.name = name
    # A name that moves from one building to another stands twice for a moment; each goes by way of its key.
    Unit.objects.bulk_update([_passing(unit) for unit in renamed], ["name"])
    for unit, name in zip(renamed, plan.renamed.values(), strict=True):
        unit.name = name
    Unit.objects.bulk_update(renamed, ["name"])
    stairs = [Entrance(building=now.buildings[number], number=stair) for number, stair in plan.entrances]
    for entrance, key in zip(Entrance.objects.bulk_create(stairs), plan.entrances, strict=True):
        now.entrances[key] = entrance.pk


def _passing(unit: Unit) -> Unit:
    unit.name = f"→ {unit.pk}"
    return unit


def _groups(plan: Plan, now: Standing) -> None:
    below = {number: 0 for number, _name in plan.groups}
    for number, _name in now.groups:
        if number in below:
            below[number] += 1
    units = []
    for number, name in plan.groups:
        below[number] += 1
        parent = now.buildings[number].unit_id
        units.append(Unit(level=Level.NEIGHBOUR_GROUP, parent_id=parent, name=name, position=below[number]))
    for unit, key in zip(Unit.objects.bulk_create(units), plan.groups, strict=True):
        now.groups[key] = unit.pk


def _doors(plan: Plan, now: Standing) -> None:
    rows = [_household(key, group, occupancy, now) for key, (group, occupancy) in plan.doors.items()]
    made = Household.objects.bulk_create(rows, batch_size=_BATCH)
    now.doors |= dict(zip(plan.doors, made, strict=True))
    number_of = {pk: number for (number, _stair), pk in now.entrances.items()}
    for household, group, occupancy in plan.changed_doors:
        if group:
            household.group_id = now.groups[number_of[household.entrance_id], group]
        household.occupancy = occupancy or household.occupancy
    changed = [household for household, _group, _occupancy in plan.changed_doors]
    Household.objects.bulk_update(changed, ["group", "occupancy"], batch_size=_BATCH)


def _household(key: DoorKey, group: str, occupancy: str, now: Standing) -> Household:
    return Household(
        entrance_id=now.entrances[key[0], key[1]],
        door=key[2],
        group_id=now.groups[key[0], group] if group else None,
        occupancy=occupancy or Occupancy.OWNER,
    )


def _people(plan: Plan, now: Standing) -> None:
    rows = [
        Person(name=name, phone=phone, household=now.doors[door] if door else None) for name, phone, door in plan.people
    ]
    Person.objects.bulk_create(rows, batch_size=_BATCH)
    for person, phone in plan.changed_people:
        person.phone = phone
    Person.objects.bulk_update([person for person, _phone in plan.changed_people], ["phone"], batch_size=_BATCH)
