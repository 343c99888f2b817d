"""Who says by themselves that they will attend a meeting (列席), and whose words are read out (domain: Seats)."""

from datetime import datetime

from django.db import transaction

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import SignUpOver
from consultation.models import Attendance, AttendanceKind, Meeting, SignUp
from consultation.services.attending import still_on


@transaction.atomic
def sign_up(meeting: Meeting, *, name: str, door: str, statement: str, now: datetime, by: Person | None) -> SignUp:
    """Anybody may say that they will attend and speak. The same person twice is one row. Raises SignUpOver.

    ``by`` is the member who wrote it down, None where nobody was signed in.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.starts_at <= now or not Meeting.objects.ahead().filter(pk=meeting.pk).exists():
        raise SignUpOver
    row, _created = SignUp.objects.update_or_create(
        meeting=meeting, name=name, door=door, read_out_at=None, defaults={"statement": statement, "recorded_by": by}
    )
    touch("meetings")
    return row


@transaction.atomic
def read_out(row: SignUp, *, now: datetime, by: Person) -> SignUp:
    """The words of somebody who could not come were read out; a second tick changes nothing."""
    row = SignUp.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.read_out_at is None and row.statement:
        row.read_out_at, row.read_out_by = now, by
        row.save(update_fields=["read_out_at", "read_out_by", "updated_at"])
    return row


@transaction.atomic
def came(row: SignUp, *, by: Person) -> SignUp:
    """Somebody who signed up is here; they attend without a seat. Raises MeetingIsOver, MeetingCancelled."""
    still_on(row.meeting)
    row = SignUp.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=row.pk)
    if row.attendance_id is None:
        person = Person.objects.create(name=row.name)
        row.attendance = Attendance.objects.create(
            meeting=row.meeting, person=person, kind=AttendanceKind.OBSERVER, signed_in_by=by
        )
        row.save(update_fields=["attendance", "updated_at"])
        touch("meetings")
    return row
