"""Recounting one compound: figures equal a direct count, whatever comes in between."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.jobs import nightly
from compounds.jobs.working import work_next
from compounds.organisation.models import PostKind
from compounds.oversight import keeping, lag, recount, tasks
from compounds.oversight.figures import FIGURES, SOURCES, Figure, Good, Kind, Over, Source, Value
from compounds.oversight.models import CompoundFigures, OpenItem, Outbox, Recount
from compounds.oversight.outbox import touch
from compounds.registry.context import CompoundNotThere, compound_context
from compounds.registry.models import Compound, CompoundState
from compounds.registry.opening import open_compound
from consultation.models import Openness, StepRecord
from consultation.services import flow
from consultation.steps import Step
from tests.factories import HouseholdFactory, IssueFactory, PersonFactory


def figures_of(compound):
    return CompoundFigures.objects.get(compound=compound, day=timezone.localdate()).figures


def test_a_recount_writes_what_is_there(north):
    HouseholdFactory()
    IssueFactory()
    IssueFactory(step=Step.CLOSED)

    recount.recount("c_north")

    found = figures_of(north)
    assert (found["households"], found["open"], found["closed"]) == (Value(1), Value(1), Value(1))
    assert not Outbox.objects.filter(schema_name="c_north").exists()


def test_one_row_a_day_which_is_written_anew(north):
    recount.recount("c_north")
    IssueFactory()

    recount.recount("c_north")

    assert CompoundFigures.objects.filter(compound=north).count() == 1
    assert figures_of(north)["open"] == Value(1)


def test_the_other_compound_is_left_alone(north, south):
    IssueFactory()

    recount.recount("c_north")

    assert not CompoundFigures.objects.filter(compound=south).exists()
    assert not OpenItem.objects.filter(compound=south).exists()


def test_nothing_said_costs_no_recount(north):
    Outbox.objects.all().delete()

    assert recount.recount_if_changed("c_north") is None
    assert not Recount.objects.exists()


def test_only_a_ready_compound_is_counted(db, south):
    Compound.objects.filter(pk=south.pk).update(state=CompoundState.ARCHIVED)

    with pytest.raises(CompoundNotThere):
        recount.recount("c_south")


def test_what_an_archived_compound_said_wakes_nobody(db, south):
    with compound_context("c_south"):
        touch("issues")
    Compound.objects.filter(pk=south.pk).update(state=CompoundState.ARCHIVED)

    assert not Outbox.objects.of_ready().exists()


def test_a_figure_that_raises_leaves_the_others_alone(north, monkeypatch):
    def fail(on: date) -> dict[str, Value]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column")
        raise AssertionError("not reached")

    broken = Figure("broken", "Broken", "…", Kind.COUNT, Good.DOWN, Over.NOW)
    monkeypatch.setattr("compounds.oversight.recount.SOURCES", [Source((broken,), fail), *SOURCES])
    HouseholdFactory()

    row = recount.recount("c_north")

    assert row.figures["households"] == Value(1)
    assert list(row.errors) == ["broken"]
    assert row.errors["broken"].startswith("ProgrammingError")


def test_what_is_kept_of_an_error_names_nobody(north, monkeypatch):
    def fail(on: date) -> dict[str, Value]:
        raise ValueError("cannot read 张三, 13812345678")

    broken = Figure("broken", "Broken", "…", Kind.COUNT, Good.DOWN, Over.NOW)
    monkeypatch.setattr("compounds.oversight.recount.SOURCES", [Source((broken,), fail)])

    row = recount.recount("c_north")

    assert row.errors == {"broken": "ValueError: cannot read …, …"}


def test_the_register_holds_what_is_open_and_nothing_confidential(north):
    lift = IssueFactory(title="电梯夜里异响")
    IssueFactory(title="楼上楼下吵架", openness=Openness.CONFIDENTIAL)
    IssueFactory(step=Step.CLOSED)

    recount.recount("c_north")

    item = OpenItem.objects.get(compound=north)
    assert (item.number, item.title, item.category, item.category_en) == (
        lift.number,
        "电梯夜里异响",
        "电梯设备",
        lift.category.name_en,
    )
    assert (item.step, item.due_on, item.on_hold) == (Step.VISIT, lift.due_on, False)
    assert figures_of(north)["open"] == Value(2), "counted all the same"


def test_the_register_follows(north):
    secretary = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    first, second = IssueFactory(), IssueFactory()
    recount.recount("c_north")

    flow.advance(first, Step.PROPOSE, by=secretary)
    flow.advance(second, Step.CLOSED, outcome="withdrawn", by=secretary)
    recount.recount("c_north")

    item = OpenItem.objects.get(compound=north)
    assert (item.number, item.step, item.party, item.owned) == (first.number, "propose", "branch", True)


def test_what_nobody_owns_is_said(north):
    IssueFactory(step=Step.PROPOSE)

    recount.recount("c_north")

    assert OpenItem.objects.get(compound=north).owned is False
    assert figures_of(north)["unowned"] == Value(1)


def test_a_recount_costs_the_same_for_one_matter_and_for_sixty(north):
    IssueFactory()
    recount.recount("c_north")
    with CaptureQueriesContext(connection) as one:
        recount.recount("c_north")

    for _ in range(59):
        IssueFactory()
    recount.recount("c_north")
    with CaptureQueriesContext(connection) as sixty:
        recount.recount("c_north")

    assert len(sixty) == len(one)


def test_after_midnight_yesterday_is_counted_once_more_and_today_begins(north):
    evening = datetime(2026, 9, 30, 23, 30, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(evening, tick=False):
        IssueFactory()
        recount.recount("c_north")
    with time_machine.travel(evening + timedelta(minutes=29), tick=False):
        IssueFactory()

    with time_machine.travel(evening + timedelta(minutes=40), tick=False):
        tasks.recount_of_night("c_north", "2026-10-01")
        tasks.recount_of_night("c_north", "2026-10-01")

    rows = {row.day: row.figures for row in CompoundFigures.objects.filter(compound=north)}
    assert rows[date(2026, 9, 30)]["opened"] == Value(2)
    assert rows[date(2026, 10, 1)]["opened"] == Value(0), "a new quarter"
    assert rows[date(2026, 10, 1)]["open"] == Value(2)


def test_what_comes_back_after_a_quarter_is_told_of_that_quarter(north):
    last_evening = datetime(2026, 9, 30, 20, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(last_evening, tick=False):
        solved = IssueFactory(step=Step.CLOSED)
        moved = {"issue": solved, "moved_by": solved.recorded_by}
        StepRecord.objects.create(from_step=Step.EVALUATE, to_step=Step.CLOSED, at=timezone.now(), **moved)
        recount.recount("c_north")
    CompoundFigures.objects.filter(compound=north).update(errors={"households": "gone", "inside": "gone"})

    with time_machine.travel(last_evening + timedelta(days=20), tick=False):
        StepRecord.objects.create(from_step=Step.CLOSED, to_step=Step.PROPOSE, at=timezone.now(), **moved)
        IssueFactory()
        tasks.recount_of_night("c_north", "2026-10-20")

    row = CompoundFigures.objects.get(compound=north, day=date(2026, 9, 30))
    assert row.figures["reopened"] == Value(1, 1)
    assert row.figures["open"] == Value(0), "what stood then stays"
    assert row.errors == {"households": "gone"}
    assert timezone.localdate(row.computed_at) == date(2026, 9, 30)

    with time_machine.travel(last_evening + timedelta(days=40), tick=False):
        CompoundFigures.objects.filter(pk=row.pk).update(values={})
        tasks.recount_of_night("c_north", "2026-11-09")
    row.refresh_from_db()
    assert row.values == {}, "after five weeks it is settled"


def test_a_night_that_is_made_up_for_later_leaves_the_days_between_alone(north):
    evening = datetime(2026, 8, 3, 23, 30, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(evening, tick=False):
        recount.recount("c_north")

    with time_machine.travel(evening + timedelta(days=3), tick=False):
        IssueFactory()
        tasks.recount_of_night("c_north", "2026-08-04")

    rows = {row.day: row.figures["open"] for row in CompoundFigures.objects.filter(compound=north)}
    assert rows == {date(2026, 8, 3): Value(0), date(2026, 8, 6): Value(1)}


def test_the_lag_is_a_figure(north):
    now = timezone.now()
    Outbox.objects.all().delete()
    with time_machine.travel(now - timedelta(seconds=90), tick=False):
        touch("issues")
    assert 89 < lag.of_last_day(now).waiting < 91

    recount.recount("c_north")

    found = lag.of_last_day(timezone.now())
    assert (found.recounts, found.waiting, found.is_within_target) == (1, None, False)
    assert 89 < found.p95 < 100


def test_what_was_said_before_a_long_archiving_is_counted(north):
    with time_machine.travel(timezone.now() - timedelta(days=400), tick=False):
        touch("issues")

    recount.recount("c_north")

    assert not Outbox.objects.exists()
    assert lag.of_last_day(timezone.now()).p95 > timedelta(days=24).total_seconds()


def test_a_year_of_days_is_kept_and_of_older_months_the_last(north):
    now = timezone.now()
    today = timezone.localdate(now)
    old = [date(2020, 1, 30), date(2020, 1, 31), date(2020, 2, 3), today - timedelta(days=5), today]
    CompoundFigures.objects.bulk_create(CompoundFigures(compound=north, day=day, computed_at=now) for day in old)
    recount.recount("c_north")

    keeping.forget_old(now + timedelta(days=4))

    assert not Recount.objects.exists()
    assert list(CompoundFigures.objects.order_by("day").values_list("day", flat=True)) == old[1:]


def test_a_past_day_is_counted_as_far_as_dates_tell_and_only_once(north):
    IssueFactory()
    past = date(2020, 3, 31)

    recount.count_past("c_north", [past, timezone.localdate()])
    row = CompoundFigures.objects.get(compound=north, day=past)
    recount.count_past("c_north", [past])

    assert "open" not in row.figures
    assert row.figures["opened"] == Value(0)
    assert {FIGURES[key].over for key in row.figures} <= {Over.DAYS_30, Over.MONTH, Over.QUARTER}
    assert CompoundFigures.objects.get(compound=north, day=timezone.localdate()).figures["opened"] == Value(1)
    assert CompoundFigures.objects.get(compound=north, day=past).computed_at == row.computed_at


def test_a_new_compound_says_that_it_is_there(committing):
    community = Compound.objects.get(slug="yard").community

    open_compound(slug="fresh", name="新苑", community=community)

    assert Outbox.objects.of_ready().filter(schema_name="c_fresh", kind="opened").exists()


def test_the_night_counts_every_ready_compound(committing):
    now = datetime(2026, 11, 27, 0, 15, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(now):
        nightly.catch_up(now)
        while work_next(timezone.now()):
            pass

    counted = CompoundFigures.objects.filter(day=date(2026, 11, 27)).values_list("compound__slug", flat=True)
    assert set(counted) == {"north", "south", "yard"}
