"""Clocks: whose limit holds, hours for what is urgent, deadlines from outside, pauses, a calendar that is corrected."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError as Refused
from django.utils import timezone, translation
from holidays.countries.china import ChinaStaticHolidays

from compounds.organisation.models import AuditEntry
from compounds.workdays import calendar
from compounds.workdays.models import DayOverride, DistrictLimit
from consultation import timeline
from consultation.figures.matters import OVERDUE, _open
from consultation.models import ClockChange, ConsultationSettings, HoldReason, Issue
from consultation.open_items import _items
from consultation.services import correction, hold, recalculation, settings, step2_propose
from consultation.services.correction import Written
from consultation.steps import LIMITS, URGENT_LIMITS, Step
from tests.consultation.branch import SHEET, at_branch
from tests.consultation.clock_cases import GAS, a_category, fresh, ordered
from tests.consultation.days import at, on
from tests.consultation.handling import secretary
from tests.factories import IssueFactory

pytestmark = pytest.mark.usefixtures("north")


def set_limits(**values: int | None) -> None:
    row = ConsultationSettings.objects.get()
    settings.change_limits(seen=row.updated_at, by=secretary(), **values)


@pytest.mark.parametrize("step", list(LIMITS))
def test_each_step_takes_the_districts_working_days_unless_somebody_nearer_says_otherwise(step):
    def days() -> date:
        with on("2026-03-02"):
            issue = IssueFactory(step=step)
        return issue.due_on

    usual = days()
    DistrictLimit.objects.create(key=f"{step.value}_days", value=7)
    of_district = days()
    set_limits(**{f"{step.value}_days": 8})
    of_compound = days()
    settings.set_category_limits(a_category(), {step: 9}, by=secretary())
    of_category = days()

    expected = [calendar.after(date(2026, 3, 2), n).day for n in (LIMITS[step], 7, 8, 9)]
    assert [usual, of_district, of_compound, of_category] == expected


def test_a_compound_that_gives_its_limit_back_has_the_districts_again():
    DistrictLimit.objects.create(key="visit_days", value=2)
    set_limits(visit_days=6)
    set_limits(visit_days=None)

    with on("2026-03-02"):
        assert IssueFactory().due_on == date(2026, 3, 4)
    facts = AuditEntry.objects.filter(action="settings.clocks").order_by("pk").values_list("facts", flat=True)
    assert list(facts) == [{"visit_days": {"old": None, "new": 6}}, {"visit_days": {"old": 6, "new": None}}]


@pytest.mark.parametrize("step", list(Step))
def test_a_danger_has_clock_hours_where_hours_make_sense(step):
    with on("2026-03-02 09:00"):
        issue = IssueFactory(step=step, category=a_category(GAS))
        hours = URGENT_LIMITS.get(step)

        assert issue.due_at == (timezone.now() + timedelta(hours=hours) if hours else None)


def test_what_is_sorted_as_urgent_is_due_in_hours_from_then_and_late_to_the_minute():
    with on("2026-03-02 09:00"):
        issue = at_branch()
    with on("2026-03-03 10:00"):
        step2_propose.propose(issue, **(SHEET | {"urgency": "urgent"}), by=secretary())

    assert fresh(issue).due_at == at("2026-03-04 10:00")
    assert fresh(issue).due_on == date(2026, 3, 4)
    late = [fresh(issue).is_late(at(f"2026-03-04 {hour}")) for hour in ("09:59", "10:00")]
    assert late == [False, True]
    assert [Issue.objects.overdue(at(f"2026-03-04 {hour}")).count() for hour in ("09:59", "10:00")] == [0, 1]
    change = ClockChange.objects.get()
    assert (change.reason, change.before_on, change.after_at) == ("urgent", date(2026, 3, 9), at("2026-03-04 10:00"))


def test_what_is_no_longer_urgent_has_its_days_again():
    with on("2026-03-02 09:00"):
        issue = at_branch()
        first = step2_propose.propose(issue, **(SHEET | {"urgency": "urgent"}), by=secretary())
        step2_propose.propose(issue, **(SHEET | {"seen": first.pk}), by=secretary())

    assert (fresh(issue).due_at, fresh(issue).due_on) == (None, date(2026, 3, 9))


def test_a_corrected_category_takes_its_own_limit_and_a_danger_its_hours():
    with on("2026-03-02 09:00"):
        settings.set_category_limits(a_category("噪声扰民"), {Step.VISIT: 10}, by=secretary())
        issue = IssueFactory()
        for name, expected in (
            ("噪声扰民", (date(2026, 3, 16), None)),
            (GAS, (date(2026, 3, 2), at("2026-03-02 13:00"))),
        ):
            written = Written(issue.title, a_category(name), issue.building, issue.entrance, issue.place_note)
            issue = correction.correct(issue, written, reason="分错类", by=secretary())
            assert (fresh(issue).due_on, fresh(issue).due_at) == expected


def test_one_definition_of_late_for_pages_figures_and_register(web):
    with on("2026-03-02 09:00"):
        issue = IssueFactory(category=a_category(GAS))
    for moment, late in (("2026-03-02 12:59", False), ("2026-03-02 13:00", True)):
        with on(moment):
            now = timezone.now()
            assert Issue.objects.overdue(now).exists() is late
            assert fresh(issue).is_late(now) is late
            assert bool(_open(timezone.localdate())[OVERDUE.key].part) is late
    assert [item.due_at for item in _items()] == [at("2026-03-02 13:00")]


class TestPauses:
    def test_the_pause_is_in_the_history_with_its_working_days(self):
        # Spring Festival 2026: 14 and 28 February are worked, 15 to 23 are not.
        with on("2026-02-12"):
            issue = at_branch()
            row = hold.put(issue, reason=HoldReason.RESIDENT, question="等答复", by=secretary())
        assert issue.due_on == date(2026, 2, 26)

        with on("2026-02-25"):
            hold.end(row, answer="同意", by=secretary())

        change = ClockChange.objects.get()
        assert (change.reason, change.waited_days) == ("hold", 4)
        assert fresh(issue).due_on == change.after_on == date(2026, 3, 3)
        with translation.override("en"):
            titles = [str(event.title) for event in timeline.story(issue, secretary())]
        assert "Due date moved from 26 Feb 2026 to 3 Mar 2026" in titles

    def test_clock_hours_stand_still_by_the_hour(self):
        with on("2026-03-02 09:00"):
            issue = IssueFactory(category=a_category(GAS))
            row = hold.put(issue, reason=HoldReason.RESIDENT, question="等答复", by=secretary())
            hold.Hold.objects.update(created_at=timezone.now())
        with on("2026-03-02 11:30"):
            hold.end(row, answer="好", by=secretary())

        assert fresh(issue).due_at == at("2026-03-02 15:30")

    def test_history_is_added_never_edited(self):
        issue = IssueFactory()
        ordered(issue, answer="2026-03-04 18:00")
        for change in ("UPDATE consultation_clockchange SET reason = 'hold'", "DELETE FROM consultation_clockchange"):
            with pytest.raises(Refused, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)


class TestCalendar:
    def test_a_year_that_is_not_published_is_provisional_and_counted_again_when_it_is(self, monkeypatch):
        with on("2026-12-28"):
            issue = IssueFactory(step=Step.MEET)
        assert (issue.due_on, issue.due_provisional) == (date(2027, 1, 26), True)

        # As a new release of ``holidays`` would bring it: a Monday is free, a Sunday is worked for it.
        known = ChinaStaticHolidays.special_public_holidays
        monkeypatch.setattr(ChinaStaticHolidays, "special_public_holidays", known | {2027: ((1, 4, 1, 31),)})
        calendar._year.cache_clear()
        try:
            assert calendar.is_published(2027)
            with on("2026-12-29"):
                moved = [recalculation.run(timezone.now()) for _ in range(3)]
        finally:
            monkeypatch.undo()
            calendar._year.cache_clear()

        assert moved == [1, 0, 0]
        assert (fresh(issue).due_on, fresh(issue).due_provisional) == (date(2027, 1, 27), False)

    def test_a_day_that_the_district_corrects_moves_what_is_counted_and_not_what_was_promised(self):
        with on("2026-03-02"):
            counted, promised = at_branch(), IssueFactory(step=Step.HANDLE)
            waiting = hold.put(at_branch(), reason=HoldReason.SEASON, question="开春", by=secretary())
        before = promised.due_on
        DayOverride.objects.create(day=date(2026, 3, 4), works=False, reason="停电检修")

        with on("2026-03-03"):
            moved = [recalculation.run(timezone.now()) for _ in range(2)]

        assert moved[1] == 0
        assert fresh(counted).due_on == date(2026, 3, 10)
        assert fresh(promised).due_on == before
        waiting.refresh_from_db()
        assert waiting.review_on == date(2026, 3, 17)
        assert ClockChange.objects.filter(issue=counted, reason="calendar").count() == 1


def test_limits_on_their_page(web):
    client = web(secretary())
    seen = ConsultationSettings.objects.get().updated_at.isoformat()

    assert client.post("/settings/clocks/", {"seen": seen, "visit_days": "0"}).status_code == 422
    assert client.post("/settings/clocks/", {"seen": seen, "visit_days": "4", "escalate_hours": "6"}).status_code == 302

    row = ConsultationSettings.objects.get()
    assert (row.visit_days, row.escalate_hours, row.meet_days) == (4, 6, None)
    page = client.get("/settings/clocks/").content.decode()
    assert "District: 20 working days." in page
    category = a_category()
    assert client.post(f"/settings/clocks/{category.pk}/", {"visit": "x"}).status_code == 422
    assert client.post(f"/settings/clocks/{category.pk}/", {"visit": "2"}).status_code == 302
    assert a_category().own_limits == {Step.VISIT: 2}
    assert client.post(f"/settings/clocks/{category.pk}/", {}).status_code == 302
    assert a_category().own_limits == {}
