"""The minutes as a reader may read them: nothing is stored as text, every line comes from a row."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from compounds.kernel.words import listed
from compounds.organisation.models import Person
from consultation import danger, meetings, seats
from consultation.models import Assignment, AttendanceKind, Issue, Minutes, MinutesConfirmation, SignUp


@dataclass(frozen=True)
class Seated:
    """One line of the list of those present: a party, its people, what fills its seat; or why it is vacant."""

    label: str | Promise
    filled_by: str
    vacancy: str
    people: str


@dataclass(frozen=True)
class Paper:
    """What the minutes say, in the order of the 纪要 form: who was there, who was not, what became of each item."""

    present: list[Seated]
    excused: str
    observers: str
    lines: list[meetings.AgendaLine]
    promises: meetings.EarlierPromises
    done_first: list[Assignment]
    read_out: list[SignUp]


def paper(minutes: Minutes, person: Person | None) -> Paper:
    """The minutes as this reader may read them."""
    meeting = minutes.meeting
    present = [Seated(s.label, s.filled_by, s.vacancy, s.people) for s in seats.for_meeting(meeting)]
    names: dict[str, list[str]] = defaultdict(list)
    for attendance in meeting.attendances.select_related("person"):
        names[attendance.kind].append(attendance.person.name)
    return Paper(
        present,
        listed(names[AttendanceKind.EXCUSED]),
        listed(names[AttendanceKind.OBSERVER]),
        meetings.agenda(meeting, person),
        meetings.earlier_promises(meeting, person, minutes.drawn_up_on),
        danger.done_first(meeting, person),
        list(meeting.sign_ups.filter(read_out_at__isnull=False)),
    )


@dataclass(frozen=True)
class SeatAnswered:
    """One party and its answer to the minutes: None while it has not answered; a vacant seat is not asked."""

    label: str | Promise
    vacancy: str
    answer: MinutesConfirmation | None


def answers_to(minutes: Minutes) -> list[SeatAnswered]:
    """The four parties' answers."""
    given = {row.party: row for row in minutes.confirmations.select_related("person", "recorded_by")}
    return [SeatAnswered(s.label, s.vacancy, given.get(s.party)) for s in seats.for_meeting(minutes.meeting)]


def seen_tasks(tasks: QuerySet[Assignment], person: Person | None) -> list[Assignment]:
    """Those of the tasks whose matter this reader may know of, with what is posted about them."""
    visible = Issue.objects.visible_to(person)
    return list(tasks.filter(issue__in=visible).select_related("issue", "body", "result_posting"))
