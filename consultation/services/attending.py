"""Who is at a meeting, and whether it still goes on: signing in for one party, without a seat, or asking for leave."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation import seats
from consultation.errors import (
    DecisionsRestOnIt,
    MeetingCancelled,
    MeetingIsOver,
    MeetingNotYet,
    NotOfThatParty,
    NotOnCouncil,
    SeatNotFilled,
    SignedInAlready,
    leads_to,
)
from consultation.models import (
    Attendance,
    AttendanceKind,
    Decision,
    DecisionOutcome,
    Deliberator,
    Meeting,
    Minutes,
    Party,
)
from consultation.models.step3_meet import SEATED


@transaction.atomic
def sign_in(meeting: Meeting, person: Person, *, party: Party | None, kind: AttendanceKind, by: Person) -> Attendance:
    """Somebody takes a seat for one party, attends without one (no party), or is excused.

    Who was excused and comes after all may still sign in. Raises SignedInAlready, SeatNotFilled, NotOfThatParty,
    MeetingNotYet, MeetingIsOver.
    """
    still_on(meeting)
    day = timezone.localdate(meeting.starts_at)
    if kind != AttendanceKind.EXCUSED:
        begun(meeting)
    if kind in SEATED and not seats.is_filled(meeting, party):
        raise SeatNotFilled(party=party.label if party else "", actions=way_to(meeting))
    if kind in SEATED and party and not seats.may_sit(person, party, day):
        raise NotOfThatParty(name=person.name, party=party.label, actions=way_to(meeting))
    if kind != AttendanceKind.EXCUSED:
        meeting.attendances.filter(person=person, kind=AttendanceKind.EXCUSED).delete()
    try:
        with transaction.atomic():
            attendance = Attendance.objects.create(
                meeting=meeting, person=person, party=party or "", kind=kind, signed_in_by=by
            )
    except IntegrityError as error:
        raise _signed_in(Attendance.objects.get(meeting=meeting, person=person)) from error
    touch("meetings")
    return attendance


def take_seat(meeting: Meeting, person: Person, *, by: Person) -> Attendance:
    """A deliberator signs in for the party they sit for. Raises NotOnCouncil and what ``sign_in`` raises."""
    return sign_in(meeting, person, party=_party_of(person, meeting), kind=AttendanceKind.DELIBERATOR, by=by)


@transaction.atomic
def take_seats(meeting: Meeting, people: Iterable[Person], *, by: Person) -> None:
    """Everybody who signed the sheet, all or nobody, looked up at once. Raises what ``take_seat`` raises."""
    people = list(dict.fromkeys(people))
    still_on(meeting)
    begun(meeting)
    serving = Deliberator.objects.serving(timezone.localdate(meeting.starts_at)).filter(person__in=people)
    parties = {pk: Party(party) for pk, party in serving.values_list("person", "party")}
    if stranger := next((person for person in people if person.pk not in parties), None):
        raise NotOnCouncil(name=stranger.name, actions=way_to(meeting))
    for party in set(parties.values()):
        if not seats.is_filled(meeting, party):
            raise SeatNotFilled(party=party.label, actions=way_to(meeting))
    rows = meeting.attendances.filter(person__in=people)
    if earlier := rows.exclude(kind=AttendanceKind.EXCUSED).select_related("person", "meeting").first():
        raise _signed_in(earlier)
    rows.delete()
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            person=person,
            party=parties[person.pk],
            kind=AttendanceKind.DELIBERATOR,
            signed_in_by=by,
        )
        for person in people
    )
    touch("meetings")


def excuse(meeting: Meeting, person: Person, *, by: Person) -> Attendance:
    """A deliberator asked for leave. Raises NotOnCouncil and what ``sign_in`` raises."""
    return sign_in(meeting, person, party=_party_of(person, meeting), kind=AttendanceKind.EXCUSED, by=by)


@transaction.atomic
def sign_out(attendance: Attendance, *, by: Person) -> None:
    """Undo a sign-in made by mistake. Raises MeetingIsOver, DecisionsRestOnIt."""
    still_on(attendance.meeting)
    agreed = Decision.objects.filter(item__meeting=attendance.meeting_id, outcome=DecisionOutcome.CONSENSUS)
    if attendance.kind in SEATED and agreed.filter(created_at__gte=attendance.created_at).exists():
        raise DecisionsRestOnIt(name=attendance.person.name, actions=way_to(attendance.meeting))
    attendance.recusals.all().delete()
    attendance.delete()
    touch("meetings")


def still_on(meeting: Meeting) -> Meeting:
    """The meeting under a lock. Raises MeetingIsOver, MeetingCancelled."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("cancelled_by").get(pk=meeting.pk)
    minutes = Minutes.objects.filter(meeting=meeting).select_related("meeting").first()
    if minutes:
        raise MeetingIsOver(actions=[leads_to(minutes, minutes)])
    if meeting.cancelled_by:
        raise MeetingCancelled(name=meeting.cancelled_by.name, reason=meeting.cancel_reason, actions=way_to(meeting))
    return meeting


def begun(meeting: Meeting) -> None:
    """Raises MeetingNotYet before the day of the meeting."""
    day = timezone.localdate(meeting.starts_at)
    if timezone.localdate() < day:
        raise MeetingNotYet(day=date_format(day), actions=way_to(meeting))


def _signed_in(earlier: Attendance) -> SignedInAlready:
    where = earlier.get_party_display() if earlier.kind in SEATED else earlier.get_kind_display()
    return SignedInAlready(name=earlier.person.name, party=where, actions=way_to(earlier.meeting))


def _party_of(person: Person, meeting: Meeting) -> Party:
    term = Deliberator.objects.serving(timezone.localdate(meeting.starts_at)).filter(person=person).first()
    if term is None:
        raise NotOnCouncil(name=person.name, actions=way_to(meeting))
    return Party(term.party)


def way_to(meeting: Meeting) -> list[tuple[Any, Any]]:
    """Where a refusal leads: back to the meeting."""
    return [leads_to(meeting, meeting)]
