"""Meetings of the four parties, who came to them, and the editions of the list."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from compounds.oversight.periods import Period
from consultation.models import Attendance, IssueList, Meeting, PartySeat
from consultation.models.step3_meet import SEATED

MEETINGS = Figure(
    key="meetings",
    name=_("Four-party meetings"),
    definition=_("Meetings that began this quarter and whose minutes are drawn up."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.QUARTER,
    family=_("Meetings"),
)
ATTENDANCE = Figure(
    key="attendance",
    name=_("Parties present"),
    definition=_(
        "Seats for which somebody sat, of all seats that were not vacant on the day, over the quarter's meetings whose "
        "minutes are drawn up."
    ),
    kind=Kind.PERCENT,
    good=Good.UP,
    over=Over.QUARTER,
    unit="%",
    fewest_cases=4,
    family=_("Meetings"),
)
EDITIONS = Figure(
    key="editions",
    name=_("List editions"),
    definition=_("Editions of the issue list published this quarter."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.QUARTER,
    family=_("Meetings"),
)


def attendance(period: Period) -> Value:
    """Taken seats of all seats to be taken. A party with no seat row on the day counts as absent only if it had one."""
    held = Meeting.objects.held().filter(starts_at__gte=period.start, starts_at__lt=period.end)
    days = {pk: timezone.localdate(at) for pk, at in held.values_list("pk", "starts_at")}
    sat = set(Attendance.objects.filter(meeting__in=days, kind__in=SEATED).values_list("meeting", "party"))
    seats = list(PartySeat.objects.filter(vacant=False, starts_on__lte=period.last))
    expected = {
        (meeting, seat.party)
        for meeting, day in days.items()
        for seat in seats
        if seat.starts_on <= day and (seat.ends_on is None or day <= seat.ends_on)
    }
    return Value(len(expected & sat), len(expected))


def _count(on: date) -> dict[str, Value]:
    quarter = periods.quarter_to(on)
    held = Meeting.objects.held().filter(starts_at__gte=quarter.start, starts_at__lt=quarter.end)
    editions = IssueList.objects.filter(published_at__gte=quarter.start, published_at__lt=quarter.end)
    return {
        MEETINGS.key: Value(held.count()),
        ATTENDANCE.key: attendance(quarter),
        EDITIONS.key: Value(editions.count()),
    }


register(MEETINGS, ATTENDANCE, EDITIONS, count=_count)
