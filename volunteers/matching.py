"""Who could help: those who can do it, nearest first, then whoever has least at hand. Each with the reasons.

Nearness is the door's entrance, then its building. Where a day is named, those who said that they have time on such
days come first.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from compounds.workdays import calendar
from volunteers.models import FreeTime, HelpOffer, HelpRequest, OfferState, Volunteer

# Help given in this many days counts as load too, so that it is not always the same neighbour.
_LATELY = timedelta(days=90)
_NEAR = ("entrance", "building", "")
_ON_WORKDAYS = {FreeTime.WORKDAY_DAY, FreeTime.WORKDAY_EVENING}
_ON_WEEKENDS = {FreeTime.WEEKEND_DAY, FreeTime.WEEKEND_EVENING}


@dataclass(frozen=True)
class Match:
    """One volunteer who could help, and why they come where they come."""

    volunteer: Volunteer
    # "entrance" or "building" when it is the same; else empty.
    near: str
    # Requests that they are asked or have agreed to now, and help that they gave lately.
    at_hand: int
    lately: int
    # Whether they have time when it is needed; None where no day is named or they said nothing.
    has_time: bool | None

    @property
    def reasons(self) -> dict[str, Any]:
        """What is kept with the offer."""
        return {"near": self.near, "at_hand": self.at_hand, "lately": self.lately, "has_time": self.has_time}

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        return (self.has_time is False, _NEAR.index(self.near), self.at_hand, self.lately, self.volunteer.pk)


def matches(request: HelpRequest, *, on: date) -> list[Match]:
    """Those who can do what is asked for, were not asked yet, and live behind another door; the first is asked next."""
    return _ranked(request, askable(request).able(request.skill), on=on)


def others(request: HelpRequest, *, on: date) -> list[Match]:
    """Everybody else who takes requests: for whoever picks by hand when nobody of that skill is left."""
    return _ranked(request, askable(request).exclude(skills__contains=[request.skill]), on=on)


def askable(request: HelpRequest) -> Any:
    """Volunteers who may be asked for this help at all."""
    rows = Volunteer.objects.active().filter(takes_requests=True, person__erased_at__isnull=True)
    rows = rows.exclude(offers__request=request)
    return rows.exclude(person__household=request.household_id) if request.household_id else rows


def _ranked(request: HelpRequest, rows: QuerySet[Volunteer], *, on: date) -> list[Match]:
    found = list(rows.select_related("person__household__entrance"))
    at_hand, lately = _load(found)
    wanted = _kinds_of_days(request, on)
    matched = [
        Match(one, _near(request, one), at_hand.get(one.pk, 0), lately.get(one.pk, 0), _has_time(one, wanted))
        for one in found
    ]
    return sorted(matched, key=lambda match: match.order)


def _near(request: HelpRequest, volunteer: Volunteer) -> str:
    asks, gives = request.household, volunteer.person.household
    if asks is None or gives is None:
        return ""
    if asks.entrance_id == gives.entrance_id:
        return "entrance"
    return "building" if asks.entrance.building_id == gives.entrance.building_id else ""


def _load(volunteers: list[Volunteer]) -> tuple[dict[int, int], dict[int, int]]:
    live = Q(state__in=[OfferState.WAITING, OfferState.ACCEPTED])
    gave = Q(state=OfferState.DONE, request__closed_at__gte=timezone.now() - _LATELY)
    rows = HelpOffer.objects.filter(live | gave, volunteer__in=volunteers).order_by().values("volunteer")
    counted = rows.annotate(live=Count("pk", filter=live), gave=Count("pk", filter=gave))
    return {row["volunteer"]: row["live"] for row in counted}, {row["volunteer"]: row["gave"] for row in counted}


def _kinds_of_days(request: HelpRequest, on: date) -> set[str]:
    """The times that lie between today and the day by which it is needed; empty where none is named."""
    if request.needed_by is None:
        return set()
    days = calendar.read()
    last = min(max(request.needed_by, on), on + timedelta(days=7))
    wanted: set[str] = set()
    for n in range((last - on).days + 1):
        wanted |= _ON_WORKDAYS if days.works(on + timedelta(days=n)) else _ON_WEEKENDS
    return wanted


def _has_time(volunteer: Volunteer, wanted: set[str]) -> bool | None:
    if not wanted or not volunteer.free_times:
        return None
    return bool(wanted & set(volunteer.free_times))
