"""Places of an activity beyond those it was planned with."""

from datetime import datetime

from django.db import IntegrityError, transaction

from compounds.organisation import audit
from compounds.organisation.models import Person
from volunteers.errors.activities import ActivityNotPlanned, SlotThere, see
from volunteers.models import Activity, Slot
from volunteers.services import sign_up
from volunteers.services.activities import locked


@transaction.atomic
def add(
    activity: Activity,
    *,
    for_whom: str,
    name: str,
    places: int | None,
    starts_at: datetime | None,
    ends_at: datetime | None,
    by: Person,
) -> Slot:
    """One more kind of places, perhaps for a part of its time. Raises ActivityNotPlanned, SlotThere."""
    activity = locked(activity)
    if not activity.is_planned:
        raise ActivityNotPlanned(state=activity.get_state_display(), actions=see(activity))
    try:
        with transaction.atomic():
            slot = Slot.objects.create(
                activity=activity, for_whom=for_whom, name=name, places=places, starts_at=starts_at, ends_at=ends_at
            )
    except IntegrityError as error:
        if "slot_once_per_activity" not in str(error):
            raise
        raise SlotThere(actions=see(activity)) from error
    audit.record("activity.add_places", about=activity.title, by=by, number=places)
    return slot


@transaction.atomic
def change(slot: Slot, *, places: int | None, now: datetime, by: Person) -> int:
    """More places: who waits moves up. Fewer: whoever has one keeps it. Returns how many have one too many.

    Raises ActivityNotPlanned.
    """
    activity = locked(slot.activity)
    if not activity.is_planned:
        raise ActivityNotPlanned(state=activity.get_state_display(), actions=see(activity))
    before = Slot.objects.get(pk=slot.pk).places
    too_many = sign_up.change_places(slot, places, now=now)
    audit.record("activity.change_places", about=activity.title, by=by, before=before, after=places)
    return too_many
