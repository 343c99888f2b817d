"""A whole quarter and the scoring after it, night by night, with Spring Festival and worked Saturdays inside.

Every night comes, some of them twice, as messages may. In the end each reminder, level up, round, posting and award is
there once, on the day that a neighbour would find on the calendar of 2026: 15 to 23 February free, Saturdays 14 and 28
worked.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation.models import (
    Attendance,
    AttendanceKind,
    Award,
    Escalation,
    Invitation,
    InvitedAs,
    Meeting,
    Party,
    RoundState,
    ScoringRound,
    ScoringSubject,
)
from consultation.services import flow, scoring
from consultation.services.scoring_life import turn
from consultation.steps import Step
from notices.models import Digest, Posting, PostingKind, Reminder
from tests.consultation.days import at, days_of, look, on, told
from tests.consultation.scoring import lines
from tests.factories import BodyFactory, IssueFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("north")
FIRST, LAST = date(2026, 2, 2), date(2026, 4, 30)


def test_each_thing_happens_once_and_on_its_day():
    by = PersonFactory(name="书记", posts=[PostKind.BRANCH_SECRETARY])
    PersonFactory(name="总支", posts=[PostKind.GENERAL_SECRETARY])
    scorers = [PersonFactory(name=f"打分人{n}", posts=[PostKind.RESIDENTS_REP]) for n in range(6)]
    sat = [PersonFactory(name=f"议事员{n}") for n in range(2)]

    day = FIRST
    while day <= LAST:
        if day == date(2026, 2, 11):
            late_in_the_end(by)
        if day == date(2026, 3, 2):
            a_meeting_ahead(by, sat)
        if day == date(2026, 4, 8):
            all_but_one_score(day)
        nights = [f"{day} 00:10", f"{day} 00:10", f"{day} 12:00"] if day.day % 4 == 1 else [f"{day} 00:10"]
        for moment in nights:
            with on(moment):
                turn(day)
            look(moment)
        # Meetings are told of by the hour.
        if day in {date(2026, 3, 18), date(2026, 3, 19)}:
            look(f"{day} 18:00")
            look(f"{day} 19:00")
        day += timedelta(days=1)

    # Promised for the 13th; the worked Saturday is the first day late, then the festival counts for nothing.
    assert days_of("issue_overdue") == ["02-14"]
    assert {level: Escalation.objects.filter(level=level).count() for level in ("branch", "general", "office")} == {
        "branch": 1,
        "general": 1,
        "office": 1,
    }
    levels = [f"{timezone.localdate(row.at):%m-%d}" for row in Escalation.objects.order_by("at", "pk")]
    assert not {f"02-{n}" for n in range(15, 24)} & set(levels), levels
    assert Counter(kind for _name, kind in told() if kind.startswith("meeting")) == {
        "meeting_day": 3,
        "meeting_hour": 3,
    }
    # Six at first, who waited again near the end and on the last day: ten working days from 1 April, less Qingming.
    assert days_of("scoring_open") == ["04-01"] * 6 + ["04-13", "04-16"]
    the_round_went_its_way(scorers, sat)
    assert nothing_twice()


def late_in_the_end(by) -> None:
    with on("2026-02-11"):
        issue = IssueFactory(step=Step.PROPOSE, recorded_by=by)
        flow.advance(issue, Step.HANDLE, body=BodyFactory(), due_on=date(2026, 2, 13), by=by)


def a_meeting_ahead(by, sat) -> None:
    with on("2026-03-02 10:00"):
        meeting = Meeting.objects.create(number=1, starts_at=at("2026-03-19 19:00"), venue="活动室", convened_by=by)
    for person in sat:
        Invitation.objects.create(meeting=meeting, person=person, invited_as=InvitedAs.DELIBERATOR)
        Attendance.objects.create(
            meeting=meeting, person=person, kind=AttendanceKind.DELIBERATOR, party=Party.RESIDENTS, signed_in_by=by
        )


def all_but_one_score(day: date) -> None:
    with on(f"{day} 20:00"):
        for scorer in ScoringRound.objects.get().scorers.exclude(person__name="打分人0").select_related("round"):
            scoring.submit(scorer, lines(scorer, {"议事员0": 5, "议事员1": 3}), today=day)


def the_round_went_its_way(scorers, sat) -> None:
    round_ = ScoringRound.objects.get()
    assert (round_.label, round_.state) == ("2026-Q1", RoundState.AWARDED)
    assert (round_.opened_on, round_.closes_on) == (date(2026, 4, 1), date(2026, 4, 16))
    assert (round_.scorers.count(), round_.sheets) == (len(scorers), len(scorers) - 1)
    assert ScoringSubject.objects.counted().count() == 2 + len(sat)
    assert Posting.objects.filter(kind=PostingKind.SCORING).count() == 1
    assert [str(award.person) for award in Award.objects.all()] == ["议事员0"]


def nothing_twice() -> bool:
    reminders = list(Reminder.objects.values_list("kind", "key", "person"))
    digests = list(Digest.objects.values_list("person", "day"))
    return len(reminders) == len(set(reminders)) and len(digests) == len(set(digests))
