"""The compound's figures against rows laid out by hand, and what the page costs."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.models import Level, PostKind, Unit
from compounds.oversight.figures import Value
from compounds.oversight.periods import Period, last_day_of_previous_quarter, quarter_to
from consultation.figures.matters import reported_in_time, reported_late
from consultation.figures.promises import by_body
from consultation.figures.year import of_year
from consultation.models import (
    Assignment,
    BodyKind,
    Category,
    Issue,
    MandatoryReport,
    Outcome,
    Rating,
    RatingChannel,
    StepRecord,
)
from consultation.promises import KEPT, LATE
from consultation.steps import Step
from tests.consultation.handling import secretary, voice_of
from tests.factories import BodyFactory, HouseholdFactory, IssueFactory, PersonFactory

YEAR = 2021


def at(day, hour=0):
    """A moment of January in the year that is counted."""
    return datetime(YEAR, 1, 1, hour, tzinfo=timezone.get_current_timezone()) + timedelta(days=day)


def told(*moves, outcome="", category="电梯设备"):
    """A matter whose history is ``moves``: (step, moment). Written by hand, since history is never changed."""
    serial = Issue.objects.count() + 1
    closed = moves[-1][0] == Step.CLOSED
    matter = Issue.objects.create(
        number=f"{YEAR}-{serial:04d}",
        year=YEAR,
        serial=serial,
        title="电梯夜里异响",
        said="响",
        category=Category.objects.get(name=category),
        recorded_by=secretary(),
        step=moves[-1][0],
        owner_unit=None if closed else Unit.objects.get(level=Level.BRANCH),
        outcome=outcome,
        closed_at=moves[-1][1] if closed else None,
    )
    before = ""
    for step, moment in moves:
        StepRecord.objects.create(
            issue=matter,
            from_step=before,
            to_step=step,
            moved_by=secretary(),
            at=moment,
            outcome=outcome if step == Step.CLOSED else "",
        )
        before = step
    Issue.objects.filter(pk=matter.pk).update(created_at=moves[0][1])
    return matter


def test_the_median_of_each_step(north):
    for days in (1, 2, 9):
        told((Step.VISIT, at(0)), (Step.PROPOSE, at(days)), (Step.MEET, at(days + 4)))

    stays = {stay.step: (stay.median, stay.stays) for stay in of_year(YEAR).stays}

    assert stays[Step.VISIT] == (2.0, 3)
    assert stays[Step.PROPOSE] == (4.0, 3)
    assert stays[Step.MEET] == (None, 0), "what has not left a step yet does not count"


def test_a_stay_counts_in_the_year_in_which_it_ends_by_local_dates(north):
    told((Step.VISIT, at(-3)), (Step.PROPOSE, at(0) - timedelta(seconds=1)), (Step.MEET, at(0)))

    before, after = ({stay.step: stay.stays for stay in of_year(year).stays} for year in (YEAR - 1, YEAR))

    assert (before[Step.VISIT], before[Step.PROPOSE]) == (1, 0)
    assert (after[Step.VISIT], after[Step.PROPOSE]) == (0, 1)


def test_settled_inside_the_compound(north):
    way = [(Step.VISIT, at(0)), (Step.PROPOSE, at(1))]
    end = (Step.CLOSED, at(9))
    told(*way, end, outcome=Outcome.SOLVED)
    told(*way, end, outcome=Outcome.SOLVED)
    told(*way, end, outcome=Outcome.PARTLY)
    told(*way, (Step.REFERRED, at(3)), end, outcome=Outcome.SOLVED)
    told(*way, (Step.CLOSED, at(3)), (Step.PROPOSE, at(5)), end, outcome=Outcome.SOLVED)
    told(*way, end, outcome=Outcome.DUPLICATE)
    told(*way, end, outcome=Outcome.WITHDRAWN)
    told(*way, end, outcome=Outcome.SOLVED, category="燃气泄漏")
    told(*way)

    found = of_year(YEAR)

    assert (found.inside.value, found.inside.number) == (Value(2, 5), 40.0)
    assert found.reopened.value == Value(1, 6), "what must be reported counts here"


def test_satisfaction_and_what_went_back_before_closing(north):
    matter = told((Step.VISIT, at(0)), (Step.EVALUATE, at(2)), (Step.HANDLE, at(3)), (Step.EVALUATE, at(5)))
    for stars in (2, 5):
        household = HouseholdFactory()
        Rating.objects.create(
            issue=matter,
            household=household,
            stars=stars,
            reason="还响",
            channel=RatingChannel.MEMBER,
            given_by=voice_of(matter, household=household).person,
        )
    Rating.objects.update(updated_at=at(6))

    found = of_year(YEAR)

    assert (found.satisfaction.value, found.satisfaction.number, found.taken_up) == (Value(7, 2), 3.5, 1)


def test_reported_in_time(north):
    for hours in (23, 25, None):
        matter = told((Step.VISIT, at(0)), category="燃气泄漏")
        if hours:
            MandatoryReport.objects.create(
                issue=matter,
                reported_to="街道",
                due_at=at(1),
                reported_at=at(0) + timedelta(hours=hours),
                recorded_by=secretary(),
            )

    found = of_year(YEAR)

    assert found.reported.value == Value(1, 3)


@pytest.mark.parametrize(("query", "status"), [("", 200), (f"?year={YEAR}", 200), ("?year=x", 422), ("?year=1", 422)])
def test_the_page_for_every_member(web, query, status):
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    assert web(steward).get(f"/figures/{query}").status_code == status


def test_the_page_costs_the_same_for_one_matter_and_for_sixty(web):
    client = web(secretary())
    told((Step.VISIT, at(0)), (Step.PROPOSE, at(1)), (Step.CLOSED, at(9)), outcome=Outcome.SOLVED)
    client.get(f"/figures/?year={YEAR}")
    with CaptureQueriesContext(connection) as one:
        of_one = headline(client.get(f"/figures/?year={YEAR}"))

    for day in range(60):
        told((Step.VISIT, at(0)), (Step.PROPOSE, at(day + 1)), (Step.CLOSED, at(day + 2)), outcome=Outcome.SOLVED)
    with CaptureQueriesContext(connection) as sixty:
        of_sixty_one = headline(client.get(f"/figures/?year={YEAR}"))

    assert len(sixty) == len(one)
    # One matter is no share of anything: how many is said instead.
    assert "%" not in of_one
    assert "1" in of_one
    assert "100.0 %" in of_sixty_one


def headline(response):
    return response.content.decode().partition("<h1>")[2].partition("</h1>")[0]


def test_what_was_never_reported_is_told_until_it_is(north):
    """Written down on the last day of a quarter, its hours end in the next; who looks there later finds it."""
    last_day, quarter = at(89, hour=10), Period(at(0).date(), at(89).date())
    told((Step.VISIT, last_day), category="燃气泄漏")
    late = told((Step.VISIT, last_day), category="燃气泄漏")
    due, done = last_day + timedelta(hours=24), last_day + timedelta(hours=25)
    MandatoryReport.objects.create(
        issue=late, reported_to="街道", due_at=due, reported_at=done, recorded_by=secretary()
    )

    assert reported_in_time(quarter) == Value(0, 2)
    assert reported_late(quarter) == Value(2)
    assert reported_late(quarter_to(timezone.localdate())) == Value(1)


def test_a_promise_that_nobody_kept_stays_late_when_its_quarter_is_over(north):
    today = timezone.localdate()
    last = last_day_of_previous_quarter(today)
    body = BodyFactory(kind=BodyKind.PROPERTY_COMPANY)
    for reported_at in (None, timezone.now(), timezone.now() - timedelta(days=200)):
        done = {"state": "done", "accepted_at": reported_at, "reported_at": reported_at} if reported_at else {}
        issue = IssueFactory(step=Step.HANDLE)
        Assignment.objects.create(issue=issue, body=body, task="修", due_on=last, **done)

    now, then = by_body(quarter_to(today), today), by_body(quarter_to(last), today)

    assert (now[KEPT][body.kind], now[LATE][body.kind]) == (0, 1)
    assert (then[KEPT][body.kind], then[LATE][body.kind]) == (1, 2)
