"""Activities as organisers plan them, and people who take part: the smallest that holds."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from tests.consultation.days import at
from tests.factories import LONG_AGO, PersonFactory
from volunteers.models import Activity, ForWhom, Participation, PlaceState, Venue, Volunteer
from volunteers.services import activities

NOT_FOR_SIGN_UP: dict[str, int | None] = {"volunteers": 0, "residents": 0}


def leader(**facts: Any) -> Person:
    return PersonFactory(posts=[PostKind.VOLUNTEER_LEADER], **facts)


def venue(name: str = "邻聚里党群服务站", **facts: Any) -> Venue:
    return Venue.objects.create(name=name, **facts)


def planned(
    begins: str | datetime,
    *,
    by: Person,
    hours: float = 2,
    places: dict[str, int | None] | None = None,
    now: datetime | None = None,
    **facts: Any,
) -> Activity:
    """An activity that begins then; in front of building 3, unless told otherwise."""
    starts_at = at(begins) if isinstance(begins, str) else begins
    facts = {"kind": "clinic", "title": "邻里义诊", "text": "", **facts}
    if not facts.get("venue"):
        facts.setdefault("place", "3栋前")
    facts |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours)}
    facts.setdefault("sign_up_until", starts_at)
    return activities.plan(facts, places=places or NOT_FOR_SIGN_UP, now=now or timezone.now(), by=by)


def when(begins: str, *, hours: float = 2, venue: Venue | None = None, place: str = "3栋前") -> dict[str, Any]:
    """What ``move`` takes."""
    starts_at = at(begins)
    ends_at = starts_at + timedelta(hours=hours)
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "sign_up_until": starts_at,
        "venue": venue,
        "place": "" if venue else place,
    }


def volunteer(person: Person | None = None) -> Volunteer:
    return Volunteer.objects.create(person=person or PersonFactory(), joined_on=LONG_AGO, consented_on=LONG_AGO)


def with_place(activity: Activity, state: str = PlaceState.PLACED, **who: Any) -> Participation:
    """``volunteer``, ``person``, or ``name`` with ``phone``: somebody who stands in its only kind of places."""
    return Participation.objects.create(slot=activity.slots.get(), state=state, **who)


def places(for_whom: str = ForWhom.VOLUNTEERS, count: int | None = None) -> dict[str, int | None]:
    """Places for one kind of people only; empty: as many as come."""
    return {**NOT_FOR_SIGN_UP, for_whom: count}
