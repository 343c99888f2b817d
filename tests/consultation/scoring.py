"""A compound that has met, and its quarter's scoring, as tests begin with them."""

from datetime import date, datetime, time, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from consultation.models import Attendance, AttendanceKind, Meeting, Party, Scorer, ScoringRound
from consultation.quarters import Quarter
from consultation.services import scoring
from tests.consultation.handling import secretary
from tests.factories import IssueFactory, PersonFactory

QUARTER = Quarter(2026, 1)
# The first working day after it is 2026-04-01; scored until the 16th (the 6th is a holiday), counted on the 17th.
OPENS = date(2026, 4, 1)
CLOSES = date(2026, 4, 17)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def met(*people: Person, on: date = date(2026, 3, 20)) -> Meeting:
    """A meeting on that day in which these people sat as deliberators; the compound had begun by then."""
    by = secretary()
    with time_machine.travel(noon(on), tick=False):
        IssueFactory()
        number = Meeting.objects.count() + 1
        meeting = Meeting.objects.create(number=number, starts_at=noon(on), venue="活动室", convened_by=by)
        for person in people:
            Attendance.objects.create(
                meeting=meeting,
                person=person,
                kind=AttendanceKind.DELIBERATOR,
                party=Party.RESIDENTS,
                signed_in_by=by,
            )
    return meeting


def opened(*, scorers: int = 8, deliberators: int = 3, today: date = OPENS) -> ScoringRound:
    """An open round: so many scorers besides the deliberators, who hold no post that scores."""
    sat = [PersonFactory(name=f"议事员{n}") for n in range(deliberators)]
    met(*sat)
    for n in range(scorers):
        PersonFactory(name=f"打分人{n:02}", posts=[PostKind.RESIDENTS_REP])
    made = scoring.open_round(QUARTER, today=today)
    assert made is not None
    return made


def lines(scorer: Scorer, value: int | dict[str, int] = 4, **by_kind: Any) -> dict[int, int]:
    """The same value for everything; or by name of the subject, 0 for the others."""
    subjects = scoring.subjects_for(scorer)
    if isinstance(value, int):
        return {subject.pk: value for subject in subjects}
    return {subject.pk: value.get(str(subject), 0) for subject in subjects}


def score(row: ScoringRound, values: list[int], *, today: date = OPENS) -> None:
    """One scorer after another gives everything the same value."""
    for scorer, value in zip(row.scorers.filter(scored=False), values, strict=False):
        scoring.submit(scorer, lines(scorer, value), today=today)


def day_after(day: date, days: int = 1) -> date:
    return day + timedelta(days=days)
