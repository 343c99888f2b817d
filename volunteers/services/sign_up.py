"""Places in an activity: asked for, given, waited for, given back.

Whatever touches the places of an activity locks its row first, so of many who come in the same second each sees what
the others took. The waiting list's order is that of the keys: who signs up later, or once more, stands behind.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from notices import reminders
from volunteers.errors.sign_up import (
    ActivityBegun,
    ActivityCancelled,
    CameAlready,
    NotAVolunteer,
    SignedUpAlready,
    SignUpClosed,
)
from volunteers.models import Activity, ActivityState, ForWhom, Participation, PlaceState, Slot, Volunteer

# Stands where a name stood that its owner took back. Names are data, so it is not translated.
TAKEN_BACK = "（本人已收回）"
# How long a number is kept after the activity for which it was left.
NUMBERS_KEPT = timedelta(days=30)
# Twelve digits: typed on a telephone's number pad, read out over the telephone, too many to guess.
_DIGITS = 12


@dataclass(frozen=True)
class Who:
    """Somebody who takes part: a volunteer, somebody known here, or a name with or without a number."""

    volunteer: Volunteer | None = None
    person: Person | None = None
    name: str = ""
    phone: str = ""

    @property
    def columns(self) -> dict[str, object]:
        return {"volunteer": self.volunteer, "person": self.person, "name": self.name, "phone": self.phone}

    def rows(self) -> Q:
        """The places that are theirs, also those taken before they became, or after they were, a volunteer."""
        person = self.volunteer.person_id if self.volunteer else self.person.pk if self.person else None
        if person is not None:
            return Q(volunteer__person=person) | Q(person=person)
        return Q(volunteer=None, person=None, name=self.name, phone=self.phone)


def member(person: Person) -> Who:
    """Somebody who serves here: as a volunteer where they are one today."""
    volunteer = Volunteer.objects.active().filter(person=person).select_related("person").first()
    return Who(volunteer=volunteer) if volunteer else Who(person=person)


def called(name: str, phone: str, *, slot: Slot | None) -> Who:
    """Who goes by this name and number here. Whoever asks cannot tell whether we know them: among the volunteers'
    places somebody who is none of them, or not any more, is the name that they gave."""
    name = name.strip()
    known = Person.objects.people().filter(name=name, phone=phone, erased_at=None).order_by("pk").first()
    who = member(known) if phone and known else Who(name=name, phone=phone)
    stranger = who.person and slot and slot.for_whom == ForWhom.VOLUNTEERS
    return Who(name=name, phone=phone) if stranger else who


def locked(activity: int) -> Activity:
    """The activity, its places and its attendance for this transaction alone."""
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity)


def still_on(activity: Activity) -> None:
    """Raises ActivityCancelled."""
    if activity.state == ActivityState.CANCELLED:
        raise ActivityCancelled(title=activity.title, why=activity.cancelled_why)


@transaction.atomic
def sign_up(slot: Slot, who: Who, *, now: datetime, by: Person | None) -> Participation:
    """A place, or the last one on the waiting list. ``by`` wrote it down for them; None: they did it themselves.

    Raises ActivityCancelled, SignUpClosed, NotAVolunteer, SignedUpAlready.
    """
    return _take(slot, who, code_hash="", now=now, by=by)


@transaction.atomic
def sign_up_openly(slot: Slot, *, name: str, phone: str, now: datetime) -> tuple[Participation, str]:
    """Without an account, with consent; returns the code of their page too. Of the code only a keyed hash is kept.

    A volunteer whom we know by name and number gets a volunteer's place, and the same answer as everybody.
    """
    code = "".join(secrets.choice("0123456789") for _n in range(_DIGITS))
    return _take(slot, called(name, phone, slot=slot), code_hash=_hash(code), now=now, by=None), spaced(code)


def _take(slot: Slot, who: Who, *, code_hash: str, now: datetime, by: Person | None) -> Participation:
    activity = locked(slot.activity_id)
    still_on(activity)
    if now >= activity.sign_up_until:
        until = date_format(timezone.localtime(activity.sign_up_until), "DATETIME_FORMAT")
        raise SignUpClosed(title=activity.title, until=until)
    slot = activity.slots.get(pk=slot.pk)
    if slot.for_whom == ForWhom.VOLUNTEERS and who.person:
        raise NotAVolunteer(name=who.person.name)
    if slot.participations.signed_up().filter(who.rows()).exists():
        raise SignedUpAlready
    row = Participation.objects.create(
        slot=slot,
        **who.columns,
        state=PlaceState.PLACED if is_free(slot) else PlaceState.WAITING,
        code_hash=code_hash,
        consented_at=now,
        recorded_by=by,
    )
    touch("activities")
    return row


def is_free(slot: Slot) -> bool:
    """Whether a place is left; for whoever holds the activity's lock."""
    return slot.places is None or slot.participations.placed().count() < slot.places


@transaction.atomic
def sign_off(row: Participation, *, now: datetime) -> Participation:
    """Give a place back, or leave the waiting list; the next one moves up. A second time changes nothing.

    Raises ActivityBegun, CameAlready.
    """
    activity = locked(row.slot.activity_id)
    row = Participation.objects.select_related("slot", "volunteer__person", "person").get(pk=row.pk)
    if row.state == PlaceState.CANCELLED:
        return row
    if row.came_at:
        raise CameAlready(name=row.who)
    if now >= (row.slot.starts_at or activity.starts_at) and activity.state != ActivityState.CANCELLED:
        raise ActivityBegun
    row.state, row.cancelled_at = PlaceState.CANCELLED, now
    row.save(update_fields=["state", "cancelled_at", "updated_at"])
    _move_up(activity, row.slot, now)
    touch("activities")
    return row


@transaction.atomic
def change_places(slot: Slot, places: int | None, *, now: datetime) -> int:
    """So many places from now on. More of them: the waiting move up in their order. Fewer: whoever has a place keeps
    it. Returns how many have one too many."""
    activity = locked(slot.activity_id)
    slot = activity.slots.get(pk=slot.pk)
    slot.places = places
    slot.save(update_fields=["places", "updated_at"])
    _move_up(activity, slot, now)
    touch("activities")
    return 0 if places is None else max(0, slot.participations.placed().count() - places)


def _move_up(activity: Activity, slot: Slot, now: datetime) -> None:
    """Free places go to those who have waited longest, as long as they can still come."""
    if activity.state == ActivityState.CANCELLED or now >= (slot.ends_at or activity.ends_at):
        return
    waiting = slot.participations.waiting()
    if slot.places is not None:
        free = max(0, slot.places - slot.participations.placed().count())
        waiting = waiting[:free]
    moved = [row.pk for row in waiting]
    if moved:
        Participation.objects.filter(pk__in=moved).update(
            state=PlaceState.PLACED, moved_up_at=now, updated_at=timezone.now()
        )
        reminders.look_again()


@transaction.atomic
def leave_everything(volunteer: Volunteer, *, now: datetime) -> int:
    """Somebody took back their consent: give back all places in what is still to come. Returns how many.

    Activities are locked before volunteers, here as everywhere: call it before the volunteer is locked.
    """
    ahead = Q(slot__starts_at__gt=now) | Q(slot__starts_at=None, slot__activity__starts_at__gt=now)
    theirs = Participation.objects.signed_up().filter(ahead, volunteer=volunteer, came_at=None)
    rows = list(theirs.select_related("slot").order_by("slot__activity_id", "pk"))
    for row in rows:
        sign_off(row, now=now)
    return len(rows)


@transaction.atomic
def take_back_consent(row: Participation, *, now: datetime) -> Participation:
    """Whoever signed up without an account wants nothing kept: off the list if it is still to come, and the name and
    number are gone; that somebody came stays counted."""
    activity = locked(row.slot.activity_id)
    row = Participation.objects.select_related("slot").get(pk=row.pk)
    begins = row.slot.starts_at or activity.starts_at
    if row.state != PlaceState.CANCELLED and row.came_at is None and now < begins:
        row = sign_off(row, now=now)
    if row.volunteer_id is None and row.person_id is None:
        row.name, row.phone = TAKEN_BACK, ""
    row.consented_at = None
    row.save(update_fields=["name", "phone", "consented_at", "updated_at"])
    return row


def forget_numbers(now: datetime) -> int:
    """Numbers that residents left for one activity are gone a month after it. Returns how many went; again: none."""
    old = Participation.objects.filter(slot__activity__ends_at__lt=now - NUMBERS_KEPT, volunteer=None, person=None)
    return old.exclude(phone="").update(phone="", updated_at=now)


def find(code: str) -> Participation | None:
    """The place behind a code, typed with or without spaces; or None."""
    digits = re.sub(r"[\s-]", "", code)
    if not re.fullmatch(rf"[0-9]{{{_DIGITS}}}", digits):
        return None
    rows = Participation.objects.select_related("slot__activity__venue")
    return rows.filter(code_hash=_hash(digits)).first()


def spaced(code: str) -> str:
    """The code as it is read and written: three groups of four."""
    return " ".join(code[n : n + 4] for n in range(0, _DIGITS, 4))


def _hash(code: str) -> str:
    # Twelve digits are few enough to try them all against a plain hash, not against one keyed by the installation.
    return salted_hmac("volunteers.place", code, algorithm="sha256").hexdigest()
