"""Ringing those who signed up without an account, when an activity is moved or cancelled (domain: Openness).

Numbers are masked everywhere else; each look at them is written down with its reason, the numbers are not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from compounds.organisation import audit
from compounds.organisation.models import Person
from volunteers.models import Activity, Participation, PlaceState


@dataclass(frozen=True)
class ToRing:
    """One of them: the name, the number in full or masked, and whether they have a place."""

    name: str
    phone: str
    slot: str
    has_place: bool


def masked(rows: Iterable[Participation]) -> list[ToRing]:
    return [_one(row, Person(phone=_phone(row)).masked_phone) for row in rows]


@transaction.atomic
def with_numbers(activity: Activity, rows: Iterable[Participation], *, by: Person) -> list[ToRing]:
    """With their numbers; who looked, when, and why: it was moved or cancelled."""
    people = [_one(row, _phone(row)) for row in rows]
    reason = "cancelled" if activity.is_cancelled else "moved"
    audit.record("activity.reveal_phones", about=activity.title, by=by, reason=reason, phones=len(people))
    return people


def _one(row: Participation, phone: str) -> ToRing:
    return ToRing(row.who, phone, str(row.slot), row.state == PlaceState.PLACED)


def _phone(row: Participation) -> str:
    person = row.volunteer.person if row.volunteer else row.person
    return person.phone if person else row.phone
