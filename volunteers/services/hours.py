"""The ledger of hours: lines are added, approved, disputed and answered; what is wrong gets a line against it.

Whoever writes a line locks the volunteer first, so that a day never holds more than 24 hours, whoever else writes.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format, number_format

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from notices import reminders
from volunteers.errors.hours import (
    ApprovedAlready,
    ConsentTakenBack,
    CorrectTheFirst,
    DisputedAlready,
    DisputeOpen,
    HoursInFuture,
    NotDisputed,
    NothingToCorrect,
    OwnHours,
    TooManyHours,
)
from volunteers.models import (
    MINUTES_A_DAY,
    Activity,
    HelpOffer,
    Participation,
    ServiceRecord,
    Team,
    TeamMember,
    Volunteer,
)


@dataclass(frozen=True)
class Line:
    """One stretch of service that is to be written down, in minutes."""

    volunteer: Volunteer
    on: date
    minutes: int
    activity: Activity | None = None
    participation: Participation | None = None
    offer: HelpOffer | None = None
    reason: str = ""


@transaction.atomic
def write_down(lines: list[Line], *, now: datetime, by: Person) -> list[ServiceRecord]:
    """Add lines, which wait for approval. Costs the same number of queries for one as for sixty.

    Raises ConsentTakenBack, HoursInFuture, TooManyHours; then nothing is written.
    """
    volunteers = _locked({line.volunteer.pk for line in lines})
    for line in lines:
        if volunteers[line.volunteer.pk].withdrawn_on:
            raise ConsentTakenBack(name=str(line.volunteer))
        if line.on > timezone.localdate(now):
            raise HoursInFuture(name=str(line.volunteer))
    _within_a_day([(line.volunteer, line.on, line.minutes) for line in lines])
    teams = _teams(lines)
    made = ServiceRecord.objects.bulk_create(
        ServiceRecord(
            volunteer=line.volunteer,
            team_id=teams.get((line.volunteer.pk, line.on, line.activity.team_id if line.activity else None)),
            served_on=line.on,
            minutes=line.minutes,
            activity=line.activity,
            participation=line.participation,
            offer=line.offer,
            reason=line.reason,
            recorded_by=by,
        )
        for line in lines
    )
    _told()
    return made


def record_help(offer: HelpOffer, *, on: date, minutes: int, now: datetime, by: Person) -> ServiceRecord:
    """Help that was given to a neighbour is service too. Raises as ``write_down`` does."""
    [made] = write_down([Line(offer.volunteer, on, minutes, offer=offer)], now=now, by=by)
    return made


@transaction.atomic
def approve(rows: QuerySet[ServiceRecord], *, now: datetime, by: Person) -> int:
    """Approve all of these that can be: not one's own, and none with a dispute that is open. Returns how many."""
    theirs = _waiting(rows).exclude(volunteer__person=by).exclude(disputed_at__isnull=False, dispute_answered_at=None)
    pks = list(theirs.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    count = ServiceRecord.objects.filter(pk__in=pks, approved_at=None).update(approved_at=now, approved_by=by)
    _told()
    return count


@transaction.atomic
def approve_one(record: ServiceRecord, *, now: datetime, by: Person) -> ServiceRecord:
    """Approve a line and what corrects it. Raises OwnHours, DisputeOpen, ApprovedAlready."""
    record = _for_writing(record, by)
    if record.approved_at:
        raise ApprovedAlready
    if record.disputed_at and not record.dispute_answered_at:
        raise DisputeOpen(words=record.dispute)
    rows = ServiceRecord.objects.filter(pk=record.pk) | ServiceRecord.objects.filter(corrects=record)
    rows.filter(approved_at=None).update(approved_at=now, approved_by=by)
    _told()
    record.refresh_from_db()
    return record


@transaction.atomic
def correct(record: ServiceRecord, *, minutes: int, reason: str, now: datetime, by: Person) -> ServiceRecord:
    """From now on the line counts ``minutes``: a line against it makes the difference, approved as the line is.

    Raises OwnHours, CorrectTheFirst, NothingToCorrect, TooManyHours.
    """
    record = _for_writing(record, by)
    if record.corrects_id:
        raise CorrectTheFirst
    counts = counted(record)
    if minutes == counts:
        raise NothingToCorrect(minutes=counts)
    _within_a_day([(record.volunteer, record.served_on, minutes - counts)])
    against = ServiceRecord.objects.create(
        volunteer=record.volunteer,
        team_id=record.team_id,
        served_on=record.served_on,
        minutes=minutes - counts,
        activity_id=record.activity_id,
        corrects=record,
        reason=reason,
        recorded_by=by,
        approved_at=now if record.approved_at else None,
        approved_by=by if record.approved_at else None,
    )
    audit.record("hours.correct", about=record.volunteer.person, by=by, minutes={"old": counts, "new": minutes})
    _told()
    return against


@transaction.atomic
def dispute(record: ServiceRecord, *, words: str, now: datetime) -> ServiceRecord:
    """The volunteer says that a line is wrong, once. Raises DisputedAlready, CorrectTheFirst."""
    _locked({record.volunteer_id})
    record = ServiceRecord.objects.get(pk=record.pk)
    if record.corrects_id:
        raise CorrectTheFirst
    if record.disputed_at:
        raise DisputedAlready
    record.disputed_at, record.dispute = now, words
    record.save(update_fields=["disputed_at", "dispute"])
    _told()
    return record


@transaction.atomic
def answer(record: ServiceRecord, *, words: str, minutes: int, now: datetime, by: Person) -> ServiceRecord:
    """Answer a dispute: the line counts ``minutes`` from now on, which may be what it counts already.

    Raises OwnHours, NotDisputed, TooManyHours.
    """
    record = _for_writing(record, by)
    if record.disputed_at is None or record.dispute_answered_at:
        raise NotDisputed
    if minutes != counted(record):
        correct(record, minutes=minutes, reason=words, now=now, by=by)
    record.dispute_answer, record.dispute_answered_at, record.dispute_answered_by = words, now, by
    record.save(update_fields=["dispute_answer", "dispute_answered_at", "dispute_answered_by"])
    _told()
    return record


def counted(record: ServiceRecord) -> int:
    """How many minutes a line counts with all that corrects it."""
    against: int = record.corrections.aggregate(n=Sum("minutes"))["n"] or 0
    return record.minutes + against


def _for_writing(record: ServiceRecord, by: Person) -> ServiceRecord:
    """The line with its volunteer locked, for somebody else than the volunteer."""
    _locked({record.volunteer_id})
    record = ServiceRecord.objects.select_related("volunteer__person").get(pk=record.pk)
    if record.volunteer.person_id == by.pk:
        raise OwnHours
    return record


def _waiting(rows: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    return rows.filter(approved_at=None)


def _locked(pks: Iterable[int]) -> dict[int, Volunteer]:
    """These volunteers, locked one after the other in the order in which everybody locks them."""
    rows = Volunteer.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows}


def _within_a_day(changes: list[tuple[Volunteer, date, int]]) -> None:
    """Raises TooManyHours, once the volunteers are locked."""
    days: Any = defaultdict(int)
    there = ServiceRecord.objects.filter(
        volunteer__in={volunteer.pk for volunteer, *_rest in changes}, served_on__in={on for _v, on, _m in changes}
    )
    for line in there.order_by().values("volunteer", "served_on").annotate(n=Sum("minutes")):
        days[line["volunteer"], line["served_on"]] = line["n"]
    for volunteer, on, minutes in changes:
        days[volunteer.pk, on] += minutes
        total = days[volunteer.pk, on]
        if not 0 <= total <= MINUTES_A_DAY:
            raise TooManyHours(
                name=str(volunteer), day=date_format(on, "DATE_FORMAT"), hours=number_format(total / 60, 1)
            )


def _teams(lines: list[Line]) -> dict[tuple[int, date, int | None], int]:
    """For which team each serves: the activity's, or their squad in the activity's association; else their first one.

    By volunteer, day and the activity's team. Two queries.
    """
    parents = dict(Team.objects.values_list("pk", "parent"))
    memberships: dict[int, list[TeamMember]] = defaultdict(list)
    volunteers = {line.volunteer.pk for line in lines}
    for one in TeamMember.objects.filter(volunteer__in=volunteers).order_by("starts_on", "pk"):
        memberships[one.volunteer_id].append(one)
    found = {}
    for line in lines:
        of = line.activity.team_id if line.activity else None
        serving = [
            one.team_id
            for one in memberships[line.volunteer.pk]
            if one.starts_on <= line.on and (one.ends_on is None or one.ends_on >= line.on)
        ]
        best = sorted(serving, key=lambda team: (team != of, parents.get(team) != of))
        if best:
            found[line.volunteer.pk, line.on, of] = best[0]
    return found


def _told() -> None:
    reminders.look_again()
    touch("hours")
