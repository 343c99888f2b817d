"""Volunteers' own entries: what they can do and when, with their consent; and what happens when they take it back."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

import structlog
from django.db import transaction
from django.utils import timezone

from compounds.accounts.models import hash_token, new_token
from compounds.organisation import audit
from compounds.organisation.models import Household, Person
from compounds.oversight.outbox import touch
from volunteers.errors.volunteers import ConsentWithdrawn, HelperLinkGone, NoSuchPerson
from volunteers.models import Team, TeamMember, Volunteer
from volunteers.services import helping, sign_up, teams

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Own:
    """What somebody says of themselves."""

    skills: list[str] = field(default_factory=list)
    about: str = ""
    free_times: list[str] = field(default_factory=list)
    takes_requests: bool = True
    # None: as it was; only they themselves say so.
    shows_identity: bool | None = None


@transaction.atomic
def enrol(person: Person, own: Own, *, on: date, by: Person) -> Volunteer:
    """With their consent of that day, somebody is a volunteer; whoever withdrew before is one again.

    Raises NoSuchPerson. Twice at once makes one entry; the second only corrects it.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.erased_at or person.letter_box:
        raise NoSuchPerson
    row = Volunteer.objects.filter(person=person).first() or Volunteer(person=person, joined_on=on)
    if row.pk is None or row.withdrawn_on:
        row.consented_on, row.withdrawn_on = on, None
        audit.record("volunteer.enrol", about=person, by=by, on=on.isoformat())
    _write(row, own)
    return row


@dataclass(frozen=True)
class Newcomer:
    """Somebody who was not known here."""

    name: str
    phone: str = ""
    household: Household | None = None


@transaction.atomic
def enrol_into(team: Team, who: Person | Newcomer, own: Own, *, starts_on: date, by: Person) -> TeamMember:
    """A volunteer of that team from that day on, whoever they were before; somebody new is written down first.

    Raises what ``enrol`` and ``teams.join`` raise.
    """
    person = Person.objects.create(**vars(who)) if isinstance(who, Newcomer) else who
    volunteer = enrol(person, own, on=min(starts_on, timezone.localdate()), by=by)
    return teams.join(team, volunteer, starts_on=starts_on, by=by)


@transaction.atomic
def say(volunteer: Volunteer, own: Own) -> Volunteer:
    """What they can do, when, and whether they may be asked, is this from now on. Raises ConsentWithdrawn."""
    row = _active(volunteer)
    _write(row, own)
    return row


@transaction.atomic
def withdraw(volunteer: Volunteer, *, now: datetime, by: Person) -> Volunteer:
    """They take their consent back: requests go to others, teams and posts of leading end, and nothing of theirs is
    shown any more. Hours and what they helped with stay in the books. Doing it twice changes nothing.
    """
    today = timezone.localdate(now)
    sign_up.leave_everything(volunteer, now=now)
    helping.free(volunteer, now=now)
    for member in volunteer.memberships.exclude(ends_on__lt=today).filter(starts_on__lte=today):
        teams.leave(member, on=today, by=by)
    # What was to begin later never does.
    volunteer.memberships.filter(starts_on__gt=today).delete()
    row = Volunteer.objects.select_for_update(of=("self",)).select_related("person").get(pk=volunteer.pk)
    if row.withdrawn_on:
        return row
    row.withdrawn_on = max(today, row.consented_on)
    row.code_hash, row.code_given_at = "", None
    audit.record("volunteer.withdraw", about=row.person, by=by, on=row.withdrawn_on.isoformat())
    _write(row, Own(takes_requests=False, shows_identity=False))
    return row


@transaction.atomic
def give_link(volunteer: Volunteer, *, now: datetime, by: Person) -> str:
    """A fresh personal link; the earlier one stops working. Returns its token. Raises ConsentWithdrawn."""
    row = _active(volunteer)
    token = new_token()
    row.code_hash, row.code_given_at = hash_token(token), now
    row.save(update_fields=["code_hash", "code_given_at", "updated_at"])
    audit.record("volunteer.give_link", about=row.person, by=by)
    return token


@transaction.atomic
def call_link_back(volunteer: Volunteer, *, by: Person) -> None:
    """The personal link works no more. Doing it twice changes nothing."""
    changed = Volunteer.objects.filter(pk=volunteer.pk).exclude(code_hash="").update(code_hash="", code_given_at=None)
    if changed:
        audit.record("volunteer.call_link_back", about=volunteer.person, by=by)


def find_by_link(token: str) -> Volunteer:
    """Whose personal link it is. Changes nothing. Raises HelperLinkGone."""
    rows = Volunteer.objects.active().select_related("person__household__entrance__building__unit")
    found = rows.filter(code_hash=hash_token(token)).first()
    if found is None:
        raise HelperLinkGone
    return found


def _active(volunteer: Volunteer) -> Volunteer:
    row = Volunteer.objects.select_for_update(of=("self",)).select_related("person").get(pk=volunteer.pk)
    if row.withdrawn_on:
        raise ConsentWithdrawn
    return row


def _write(row: Volunteer, own: Own) -> None:
    for name, value in asdict(own).items():
        if value is not None:
            setattr(row, name, value)
    row.save()
    touch("volunteers")
