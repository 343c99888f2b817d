"""One level up: whom a late matter reaches by kind of owner, when, and that each level is reached once a step."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import IntegrityError as Refused
from django.utils import timezone
from django.utils.translation import override

from compounds.organisation.models import Level, Person, PostKind, Unit
from compounds.registry.models import Street
from consultation import my_day, timeline
from consultation.ladders import LADDERS, OwnerKind, ladder, owner_kind
from consultation.models import (
    BodyKind,
    Category,
    ConsultationSettings,
    Escalation,
    EscalationLevel,
    HoldReason,
    Issue,
    Openness,
    Supervision,
)
from consultation.open_items import _items
from consultation.services import escalation, flow, hold, settings, supervision
from consultation.steps import Step
from tests.consultation.branch import at_branch
from tests.consultation.clock_cases import GAS, a_lead_and_a_steward, handled, levels, run
from tests.consultation.days import at, on
from tests.consultation.handling import secretary
from tests.factories import IssueFactory, PersonFactory, UnitFactory

pytestmark = [pytest.mark.usefixtures("north"), pytest.mark.urls("config.urls_compound")]


def waits_for(person: Person, moment: str) -> list[str]:
    with on(moment), override("en"):
        person = Person.objects.get(pk=person.pk)
        return [row.title for row in my_day.waiting_for(person, timezone.localdate()) if "up to you" in str(row.what)]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (OwnerKind.LEAD, ["steward", "branch"]),
        (OwnerKind.STEWARD, ["branch"]),
        (OwnerKind.BODY, ["supervisor", "branch", "general", "office"]),
        (OwnerKind.BRANCH, ["general", "office"]),
        (OwnerKind.GENERAL_BRANCH, ["office"]),
    ],
)
def test_the_table(kind, expected):
    assert list(LADDERS[kind]) == expected
    assert set(LADDERS) == set(OwnerKind)


def test_whose_ladder_it_is():
    lead, steward = a_lead_and_a_steward()
    cases = [
        (IssueFactory(recorded_by=lead), OwnerKind.LEAD),
        (IssueFactory(recorded_by=steward), OwnerKind.STEWARD),
        (at_branch(), OwnerKind.BRANCH),
        (IssueFactory(step=Step.REFERRED), OwnerKind.GENERAL_BRANCH),
        (handled(), OwnerKind.BODY),
        (handled(kind=BodyKind.BRANCH), OwnerKind.BRANCH),
    ]

    assert [owner_kind(issue) for issue, _kind in cases] == [kind for _issue, kind in cases]


def test_a_body_without_a_supervisor_has_a_level_less_and_what_is_confidential_leaves_for_nobody_new():
    lead, _steward = a_lead_and_a_steward()

    assert ladder(handled()) == ("branch", "general", "office")
    assert ladder(IssueFactory(recorded_by=lead, openness=Openness.CONFIDENTIAL)) == ("branch",)
    assert ladder(at_branch(openness=Openness.CONFIDENTIAL)) == ("general",)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Promised for Monday 9 March; the first level after 2 working days, each further one after 3 more.
        ("2026-03-10", []),
        ("2026-03-11", ["supervisor"]),
        ("2026-03-13", ["supervisor"]),
        ("2026-03-16", ["supervisor", "branch"]),
        ("2026-03-19", ["supervisor", "branch", "general"]),
        ("2026-03-24", ["supervisor", "branch", "general", "office"]),
        ("2026-05-29", ["supervisor", "branch", "general", "office"]),
    ],
)
def test_how_far_up_follows_from_how_many_working_days_it_is_late(moment, expected):
    issue = handled(supervisor="街道房管所")

    for _ in range(2):
        run(moment)

    assert levels(issue) == expected


def test_a_look_every_day_writes_what_one_look_at_the_end_writes():
    daily, once = handled(supervisor="街道房管所"), None
    for n in range(16):
        run(f"2026-03-{9 + n:02}")
    every_day = levels(daily)
    once = handled(supervisor="街道房管所")

    run("2026-03-24")

    assert levels(once) == every_day == ["supervisor", "branch", "general", "office"]


def test_spring_festival_and_exchanged_weekends_do_not_count():
    with on("2026-02-10"):
        issue = IssueFactory()
    assert issue.due_on == date(2026, 2, 13)

    # Late by one working day on Saturday 14 (worked), by two on Tuesday 24 February.
    run("2026-02-23")
    before = levels(issue)
    run("2026-02-24")

    assert (before, levels(issue)) == ([], ["general"])


def test_a_clock_in_hours_goes_up_by_the_hour():
    with on("2026-03-07 09:00"):  # a Saturday
        issue = IssueFactory(category=Category.objects.get(name=GAS))
    with on("2026-03-07 16:59"):
        wake = escalation.run(timezone.now())
    before = levels(issue)
    run("2026-03-07 17:00")

    assert (before, levels(issue), wake) == ([], ["general"], at("2026-03-07 17:00"))


def test_limits_are_data():
    row = ConsultationSettings.objects.get()
    settings.change_limits(seen=row.updated_at, by=secretary(), escalate_first_days=1, escalate_next_days=1)
    issue = handled()

    run("2026-03-11")

    assert levels(issue) == ["branch", "general"]


def test_nothing_goes_up_on_hold_nor_once_it_has_moved_on_and_a_new_step_begins_anew():
    issue = handled()
    row = hold.put(issue, reason=HoldReason.SEASON, question="开春", by=secretary())
    run("2026-03-24")
    assert levels(issue) == []
    Issue.objects.filter(pk=issue.pk).update(due_on=date(2026, 3, 9))
    hold.Hold.objects.filter(pk=row.pk).update(ended_at=timezone.now(), ended_by=secretary(), answer="好")
    run("2026-03-12")
    with on("2026-03-12 12:00"):
        flow.advance(issue, Step.PROPOSE, by=secretary())
    run("2026-03-13")
    assert levels(issue) == ["branch"]

    run("2026-03-24")

    assert levels(issue) == ["branch", "general"]
    assert Escalation.objects.current().get().level == "general"


def test_whom_it_reaches_sees_it_in_their_day_and_the_register_says_how_far():
    lead, steward = a_lead_and_a_steward()
    with on("2026-03-02"):
        issue = IssueFactory(recorded_by=lead, title="单元门坏了")
    assert (issue.due_on, waits_for(steward, "2026-03-09")) == (date(2026, 3, 5), [])

    run("2026-03-09")
    assert (waits_for(steward, "2026-03-09"), waits_for(secretary(), "2026-03-09")) == (["单元门坏了"], [])
    run("2026-03-12")

    assert waits_for(secretary(), "2026-03-12") == ["单元门坏了"]
    assert {item.number: item.escalated for item in _items()} == {issue.number: "branch"}
    with override("en"):
        assert sum("next level" in str(event.title) for event in timeline.story(issue, secretary())) == 2


class TestTheOfficeAbove:
    def test_it_demands_an_answer_by_a_date_once(self):
        issue = handled()

        for moment in ("2026-03-19", "2026-03-19", "2026-03-20"):
            run(moment)

        demand = Supervision.objects.get()
        assert (demand.level, demand.office_name) == ("district", "测试区")
        assert demand.answer_due_on == date(2026, 3, 26)
        assert "10" in demand.question
        assert Escalation.objects.get(issue=issue, level=EscalationLevel.OFFICE).supervision == demand

    def test_the_street_where_there_is_one(self, north):
        community = north.community
        community.street = Street.objects.create(district=community.district, name="测试街道")
        community.save()
        handled()

        run("2026-03-19")

        assert (Supervision.objects.get().level, Supervision.objects.get().office_name) == ("street", "测试街道")

    def test_a_demand_that_is_open_stands_for_it(self):
        issue = handled()
        earlier = supervision.demand(issue, question="进展？", working_days=3, by=escalation._office_above())

        run("2026-03-19")

        assert Supervision.objects.get() == earlier
        assert Escalation.objects.get(level="office").supervision == earlier


def test_each_level_once_a_step_whatever_happens_and_history_stays():
    issue = handled()
    run("2026-03-12")
    row = Escalation.objects.get()

    with pytest.raises(IntegrityError, match="each_level_once_a_step"), transaction.atomic():
        Escalation.objects.create(
            issue=issue, record=row.record, level=row.level, reason="late", to_unit=row.to_unit, at=timezone.now()
        )
    for change in ("UPDATE consultation_escalation SET reason = 'nudges'", "DELETE FROM consultation_escalation"):
        with pytest.raises(Refused, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_clock_set_back_changes_nothing():
    issue = handled()
    run("2026-03-19")
    before = levels(issue)

    for moment in ("2026-03-10", "2026-02-01", "2026-03-19"):
        run(moment)

    assert levels(issue) == before


def test_a_look_costs_the_same_for_one_late_matter_and_for_twelve(django_assert_num_queries):
    handled()
    run("2026-03-12")

    def cost() -> int:
        with on("2026-03-12"), django_assert_num_queries(7):
            escalation.run(timezone.now())
        return 1

    cost()
    for _ in range(11):
        handled()
    run("2026-03-12")
    cost()


def test_the_unit_of_the_general_branch_is_reached_through_its_people():
    general = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])
    handled(title="路灯")
    UnitFactory()

    run("2026-03-16")

    assert waits_for(general, "2026-03-16") == ["路灯"]
    assert Escalation.objects.get(level="general").to_unit == Unit.objects.get(level=Level.GENERAL_BRANCH)
