"""The list of those who have a place, and who of them came."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from volunteers.models import Activity, ForWhom, Participation, PlaceState, ServiceRecord, Slot
from volunteers.services.sign_up import Who

# People come before it begins, to set up or to be there in time.
EARLY = timedelta(minutes=30)


@dataclass
class Bench:
    """One slot on the list: who has a place, and who waits for one."""

    slot: Slot
    rows: list[Participation] = field(default_factory=list)
    waiting: list[Participation] = field(default_factory=list)

    @property
    def here(self) -> int:
        return sum(row.came_at is not None for row in self.rows)

    @property
    def too_many(self) -> int:
        """How many have a place beyond the number of places."""
        return 0 if self.slot.places is None else max(0, len(self.rows) - self.slot.places)


@dataclass(frozen=True)
class Roll:
    """The whole list of an activity."""

    activity: Activity
    benches: list[Bench]

    @property
    def expected(self) -> int:
        return sum(len(bench.rows) for bench in self.benches)

    @property
    def here(self) -> int:
        return sum(bench.here for bench in self.benches)


def roll_of(activity: Activity) -> Roll:
    """Two queries, however many have signed up."""
    benches = {slot.pk: Bench(slot) for slot in activity.slots.order_by("-for_whom", "starts_at", "pk")}
    rows = Participation.objects.signed_up().filter(slot__activity=activity)
    for row in rows.select_related("volunteer__person", "person", "recorded_by").order_by("pk"):
        bench = benches[row.slot_id]
        row.slot = bench.slot
        (bench.waiting if row.state == PlaceState.WAITING else bench.rows).append(row)
    for bench in benches.values():
        bench.rows.sort(key=lambda row: (row.who, row.pk))
    return Roll(activity, list(benches.values()))


@dataclass(frozen=True)
class CameTo:
    """Who came to an activity, and the minutes that stand in the ledger for it."""

    volunteers: int
    residents: int
    minutes: int

    @property
    def anybody(self) -> bool:
        return bool(self.volunteers or self.residents)


def came_to(activity: Activity) -> CameTo:
    """Two queries, however many came; corrections of the hours are in."""
    came = Participation.objects.came().filter(slot__activity=activity).order_by()
    by = dict(came.values_list("slot__for_whom").annotate(n=Count("pk")))
    minutes = ServiceRecord.objects.filter(activity=activity).aggregate(n=Sum("minutes", default=0))["n"]
    return CameTo(by.get(ForWhom.VOLUNTEERS, 0), by.get(ForWhom.RESIDENTS, 0), minutes)


def counted(activity: Activity) -> tuple[int, int]:
    """How many are here, of how many with a place."""
    rows = Participation.objects.placed().filter(slot__activity=activity)
    return rows.came().count(), rows.count()


def found_on_list(activity: Activity, who: Who) -> Participation | None:
    """Their row, a place before a place in line. A name without a number, written down by a steward, is found too."""
    theirs = who.rows()
    if who.name:
        theirs |= Q(volunteer=None, person=None, name=who.name, phone="")
    rows = Participation.objects.signed_up().filter(theirs, slot__activity=activity).select_related("slot")
    return rows.order_by("state", "-slot__for_whom", "pk").first()


def who_served(activity: Activity) -> list[Participation]:
    """The volunteers who came and helped, but for those who took their consent back."""
    rows = Participation.objects.placed().came().filter(slot__activity=activity, slot__for_whom=ForWhom.VOLUNTEERS)
    active = rows.filter(volunteer__isnull=False, volunteer__withdrawn_on=None)
    return list(active.select_related("slot", "volunteer__person").order_by("volunteer__person__name", "pk"))


def minutes_of(row: Participation, now: datetime) -> int:
    """How long somebody's slot lasts, in minutes; not longer than anybody can have served until now."""
    begins, ends = _times(row)
    return min(int((ends - begins).total_seconds() // 60), most_minutes_of(row, now))


def most_minutes_of(row: Participation, now: datetime) -> int:
    """From when the first ones come to set up until now."""
    begins, _ends = _times(row)
    return max(0, int((now - begins + EARLY).total_seconds() // 60))


def _times(row: Participation) -> tuple[datetime, datetime]:
    activity = row.slot.activity
    return row.slot.starts_at or activity.starts_at, row.slot.ends_at or activity.ends_at
