"""Going from door to door: one tap writes a visit down, a whole corridor at once, and a mis-tap is taken back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from compounds.organisation.models import Household, Person
from compounds.organisation.sight import households_visible_to
from compounds.oversight.outbox import touch
from consultation.errors import NotYourDoor, VisitStands
from consultation.models import Visit, VisitOutcome
from consultation.models.step1_visit import IN_TOUCH
from consultation.services import step1_visit

TAKEN_BACK_WITHIN = timedelta(minutes=15)


@transaction.atomic
def visit_corridor(pks: Iterable[int], *, outcome: VisitOutcome, now: datetime, by: Person) -> list[Visit]:
    """The same outcome at several doors. Raises NotYourDoor, and writes nothing then, unless all are ``by``'s own."""
    wanted = set(pks)
    # In one order, so that two people in one corridor wait for each other instead of blocking each other.
    doors = list(households_visible_to(by).filter(pk__in=wanted).order_by("pk"))
    if len(doors) != len(wanted):
        raise NotYourDoor
    today = timezone.localdate(now)
    return [step1_visit.visit(door, outcome=outcome, on=today, by=by) for door in doors]


@transaction.atomic
def take_back(pks: Iterable[int], *, now: datetime, by: Person) -> list[Household]:
    """Visits that were written down by a mis-tap go, and the doors' last contact is what it was. Raises VisitStands.

    Returns the doors. Visits that are gone already are no error: a second tap on “Undo” finds nothing to do.
    """
    rows = list(Visit.objects.filter(pk__in=set(pks)).order_by("household_id", "-pk"))
    doors = {
        door.pk: door
        for door in Household.objects.select_for_update(of=("self",))
        .filter(pk__in={row.household_id for row in rows})
        .order_by("pk")
    }
    for row in rows:
        if row.by_id != by.pk or row.issue_id or now - row.created_at > TAKEN_BACK_WITHIN:
            raise VisitStands(minutes=TAKEN_BACK_WITHIN.seconds // 60)
        _forget(row, doors[row.household_id])
    if rows:
        touch("visits")
    return list(doors.values())


def _forget(row: Visit, door: Household) -> None:
    row_pk = row.pk
    row.delete()
    if row.outcome not in IN_TOUCH:
        return
    # What came after it and took its day for the last contact must not bring that day back.
    later = Visit.objects.filter(household=door, pk__gt=row_pk, contact_before=row.visited_on)
    later.update(contact_before=row.contact_before)
    if door.last_contact_on != row.visited_on:
        return
    left = Visit.objects.filter(household=door, outcome__in=IN_TOUCH).order_by("-visited_on").first()
    days = [day for day in (row.contact_before, left and left.visited_on) if day]
    door.last_contact_on = max(days, default=None)
    door.save(update_fields=["last_contact_on", "updated_at"])
