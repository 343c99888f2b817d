"""What somebody sees of an activity's places: how many are left, and which is theirs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from compounds.organisation.models import Person
from volunteers.models import Activity, ActivityState, ForWhom, Participation, PlaceState, Slot, Volunteer


@dataclass(frozen=True)
class SlotPlaces:
    """One slot's places: taken, waited for, and the reader's own."""

    slot: Slot
    placed: int
    waiting: int
    mine: Participation | None = None
    # Where the reader stands on the waiting list; 1 is next.
    position: int | None = None

    @property
    def free(self) -> int | None:
        """How many are left; None where there is no limit."""
        return None if self.slot.places is None else max(0, self.slot.places - self.placed)

    @property
    def unlimited(self) -> bool:
        return self.slot.places is None

    @property
    def full(self) -> bool:
        return self.free == 0

    @property
    def too_many(self) -> int:
        """How many have a place beyond the number of places, after it was lowered."""
        return 0 if self.slot.places is None else max(0, self.placed - self.slot.places)

    @property
    def for_volunteers(self) -> bool:
        return self.slot.for_whom == ForWhom.VOLUNTEERS


@dataclass(frozen=True)
class Places:
    """All places of one activity as one reader sees them. ``state``: open, closed, cancelled or over."""

    activity: Activity
    slots: list[SlotPlaces]
    state: str
    is_volunteer: bool

    @property
    def open(self) -> bool:
        return self.state == "open"

    @property
    def mine(self) -> list[SlotPlaces]:
        return [one for one in self.slots if one.mine]

    @property
    def room_for_residents(self) -> bool:
        """Whether residents can come in any number."""
        return any(one.unlimited and not one.for_volunteers for one in self.slots)

    @property
    def only(self) -> SlotPlaces | None:
        """The one slot where there is no choice."""
        return self.slots[0] if len(self.slots) == 1 else None


def places_of(activity: Activity, person: Person | None, now: datetime | None = None) -> Places:
    """At most four queries, however many have signed up."""
    now = now or timezone.now()
    slots = list(_counted(activity))
    mine: dict[int, Participation] = {}
    is_volunteer = False
    if person:
        is_volunteer = Volunteer.objects.active().filter(person=person).exists()
        rows = Participation.objects.signed_up().filter(slot__in=slots)
        mine = {row.slot_id: row for row in rows.filter(Q(volunteer__person=person) | Q(person=person))}
    positions = _positions([row for row in mine.values() if row.state == PlaceState.WAITING])
    return Places(
        activity=activity,
        slots=[
            SlotPlaces(slot, slot.placed, slot.in_line, mine.get(slot.pk), positions.get(slot.pk)) for slot in slots
        ],
        state=state_of(activity, now),
        is_volunteer=is_volunteer,
    )


def coming_for(volunteer: Volunteer, now: datetime, *, most: int = 20) -> list[Places]:
    """The next activities that look for volunteers, with the volunteers' places only. Four queries."""
    rows = Activity.objects.coming(now).filter(slots__for_whom=ForWhom.VOLUNTEERS).select_related("venue").distinct()
    activities = list(rows.order_by("starts_at", "pk")[:most])
    slots: dict[int, list[Any]] = defaultdict(list)
    for slot in _with_counts(Slot.objects.filter(activity__in=activities, for_whom=ForWhom.VOLUNTEERS)):
        slots[slot.activity_id].append(slot)
    theirs = Participation.objects.signed_up().filter(slot__activity__in=activities, volunteer=volunteer)
    mine = {row.slot_id: row for row in theirs}
    positions = _positions([row for row in mine.values() if row.state == PlaceState.WAITING])
    return [
        Places(
            activity=activity,
            slots=[
                SlotPlaces(slot, slot.placed, slot.in_line, mine.get(slot.pk), positions.get(slot.pk))
                for slot in slots[activity.pk]
            ],
            state=state_of(activity, now),
            is_volunteer=True,
        )
        for activity in activities
    ]


def place_of(row: Participation) -> SlotPlaces:
    """One person's own place, by its code."""
    slot = _counted(row.slot.activity).get(pk=row.slot_id)
    waits = row.state == PlaceState.WAITING
    return SlotPlaces(slot, slot.placed, slot.in_line, row, _positions([row])[slot.pk] if waits else None)


def state_of(activity: Activity, now: datetime) -> str:
    if activity.state == ActivityState.CANCELLED:
        return "cancelled"
    if now >= activity.ends_at or activity.state == ActivityState.HELD:
        return "over"
    return "open" if now < activity.sign_up_until else "closed"


def _counted(activity: Activity) -> Any:
    return _with_counts(activity.slots.all())


def _with_counts(slots: Any) -> Any:
    """Slots with how many have a place and how many stand in line."""
    placed, waiting = (Q(participations__state=state) for state in (PlaceState.PLACED, PlaceState.WAITING))
    return slots.annotate(
        placed=Count("participations", filter=placed), in_line=Count("participations", filter=waiting)
    ).order_by("for_whom", "starts_at", "pk")


def _positions(waiting: list[Participation]) -> dict[int, int]:
    """By slot: how many stand in line up to and including these. One query."""
    if not waiting:
        return {}
    before = Q()
    for row in waiting:
        before |= Q(slot=row.slot_id, pk__lte=row.pk)
    rows = Participation.objects.filter(before, state=PlaceState.WAITING).order_by().values("slot")
    return {line["slot"]: line["n"] for line in rows.annotate(n=Count("pk"))}
