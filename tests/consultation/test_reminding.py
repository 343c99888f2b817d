"""Of what people are told about matters, meetings, minutes, doors, postings and terms, and when: through the weeks."""

from datetime import date

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation.models import Category, HoldReason, Invitation, InvitedAs, Meeting, Minutes, Party
from consultation.services import flow, hold, outside, supervision
from consultation.services.escalation import _office_above
from consultation.steps import Step
from notices.models import Reminder
from tests.consultation.branch import at_branch
from tests.consultation.days import a_steward, at, days_of, look, look_daily, on, told, words
from tests.consultation.handling import secretary
from tests.factories import (
    BodyFactory,
    IssueFactory,
    PersonFactory,
)

pytestmark = pytest.mark.usefixtures("north")
ISSUE = ("issue_soon", "issue_due", "issue_overdue")


class TestMatters:
    def test_before_due_on_due_and_overdue_once_each_through_spring_festival_2026(self):
        steward = a_steward()
        secretary()
        with on("2026-02-12"):
            issue = IssueFactory(recorded_by=steward)
        # 13 and 14 (a Saturday) are worked, then nothing until Tuesday 24.
        assert issue.due_on == date(2026, 2, 24)

        look_daily("2026-02-12", "2026-02-27")

        assert [told(kind) for kind in ISSUE] == [[("楼栋长", kind)] for kind in ISSUE]
        assert [days_of(kind) for kind in ISSUE] == [["02-14"], ["02-24"], ["02-25"]]
        assert words("issue_soon")[0] == "“电梯夜里异响” is due soon: 24 Feb."
        assert "已逾期" in words("issue_overdue", "zh-hans")[0]

    def test_a_year_that_is_not_published_yet_is_told_by_what_is_known(self):
        steward = a_steward()
        with on("2027-02-03"):
            issue = IssueFactory(recorded_by=steward)
        assert issue.due_provisional

        look_daily("2027-02-03", "2027-02-16")

        assert [len(days_of(kind)) for kind in ISSUE] == [1, 1, 1]

    def test_what_moves_to_another_day_is_told_anew(self):
        with on("2026-03-02"):
            issue = at_branch()
            secretary()
        look_daily("2026-03-02", "2026-03-06")
        with on("2026-03-06 15:00"):
            row = hold.put(issue, reason=HoldReason.SEASON, question="开春", by=secretary())
        look_daily("2026-03-07", "2026-03-11")
        with on("2026-03-11 15:00"):
            hold.end(row, answer="好", by=secretary())

        look_daily("2026-03-12", "2026-03-18")

        # Due on 9 March; three working days waited, so due on 12 March.
        assert days_of("issue_soon") == ["03-06", "03-12"]
        assert days_of("issue_overdue") == ["03-13"]

    def test_a_body_with_people_here_is_told_itself_and_the_branch_for_the_others(self):
        clerk = PersonFactory(name="物业", posts=[PostKind.PROPERTY_STAFF])
        by = secretary()
        for kind in ("property_company", "utility"):
            issue = IssueFactory(step=Step.PROPOSE)
            flow.advance(issue, Step.HANDLE, body=BodyFactory(kind=kind), due_on=date(2026, 3, 9), by=by)

        look("2026-03-09 00:10")

        assert sorted(told("issue_due")) == sorted([(clerk.name, "issue_due"), (by.name, "issue_due")])

    def test_what_is_confidential_is_told_to_the_branch_only(self):
        by, steward = secretary(), a_steward()
        with on("2026-03-02"):
            IssueFactory(recorded_by=steward, openness="confidential")

        look_daily("2026-03-02", "2026-03-10")

        assert {name for name, kind in told() if kind in ISSUE} == {by.name}

    def test_a_clock_in_hours_is_told_of_at_once_two_hours_before_and_when_it_is_over(self):
        secretary()
        with on("2026-03-02 09:00"):
            IssueFactory(category=Category.objects.get(name="燃气泄漏"))

        for moment in ("10:59", "11:00", "12:59", "13:00", "14:00"):
            look(f"2026-03-02 {moment}")

        rows = Reminder.objects.filter(kind__in=["issue_soon", "issue_overdue"]).order_by("pk")
        assert [(row.kind, row.out_at, row.urgent) for row in rows] == [
            ("issue_soon", at("2026-03-02 11:00"), True),
            ("issue_overdue", at("2026-03-02 13:00"), True),
        ]

    def test_an_outside_deadline_is_told_of_like_any_clock_in_hours(self):
        secretary()
        with on("2026-03-02 09:00"):
            issue = at_branch()
            outside.record(
                issue,
                source="hotline",
                order_number="1",
                contact_by=None,
                answer_by=at("2026-03-03 17:00"),
                by=secretary(),
            )

        look("2026-03-03 00:10")
        look("2026-03-03 15:00")

        assert [kind for _name, kind in told() if kind.startswith("issue")] == ["issue_due", "issue_soon"]
        assert words("issue_soon") == ["“电梯夜里异响” is due soon: 3 Mar 2026, 17:00."]

    def test_one_level_up_and_the_demand_of_the_office_above(self):
        by, general = secretary(), PersonFactory(name="总支书记", posts=[PostKind.GENERAL_SECRETARY])
        with on("2026-03-02"):
            issue = at_branch()
        look_daily("2026-03-10", "2026-03-17")

        assert told("escalated") == [(general.name, "escalated")]
        assert told("supervision") == [(by.name, "supervision")]
        assert Reminder.objects.get(kind="supervision").target[0] == "supervision_answer"
        assert issue.title in words("escalated")[0]
        look_daily("2026-03-18", "2026-03-24")
        assert len(told("supervision")) == 2, "asked, and due"

    def test_a_demand_that_somebody_makes_by_hand_is_told_at_once(self):
        by = secretary()
        issue = at_branch()
        with on("2026-03-02 10:00"):
            row = supervision.demand(issue, question="进展？", working_days=3, by=_office_above())
            type(row).objects.update(created_at=timezone.now())

        look("2026-03-02 10:01")

        assert (told("supervision"), Reminder.objects.get(kind="supervision").urgent) == (
            [(by.name, "supervision")],
            True,
        )

    def test_a_hold_to_be_reviewed(self):
        by = secretary()
        with on("2026-03-02"):
            row = hold.put(at_branch(), reason=HoldReason.SEASON, question="开春再修？", by=by)

        look_daily("2026-03-02", "2026-03-18")
        with on("2026-03-18 15:00"):
            hold.keep_on(row, by=by)
        look_daily("2026-03-19", "2026-04-03")

        assert days_of("hold_review") == ["03-16", "04-01"]
        assert "开春再修？" in words("hold_review", "zh-hans")[0]


class TestMeetings:
    def test_a_day_and_an_hour_before_for_those_invited_and_the_branch(self):
        by, guest = secretary(), PersonFactory(name="居民代表")
        meeting = Meeting.objects.create(number=1, starts_at=at("2026-03-05 19:00"), venue="活动室", convened_by=by)
        Invitation.objects.create(meeting=meeting, person=guest, invited_as=InvitedAs.DELIBERATOR)

        for moment in ("03-04 18:59", "03-04 19:00", "03-05 17:59", "03-05 18:00", "03-05 19:00"):
            look(f"2026-{moment}")

        rows = Reminder.objects.filter(kind__startswith="meeting").order_by("pk").values_list("kind", "out_at")
        expected = [("meeting_day", at("2026-03-04 19:00"))] * 2 + [("meeting_hour", at("2026-03-05 18:00"))] * 2
        assert list(rows) == expected
        assert {name for name, kind in told("meeting_hour")} == {by.name, guest.name}
        assert words("meeting_day")[0] == "Four-party meeting no. 1: 5 Mar 2026, 19:00, 活动室."

    def test_one_that_is_over_or_cancelled_is_not_told_of(self):
        by = secretary()
        Meeting.objects.create(number=1, starts_at=at("2026-03-05 19:00"), venue="活动室", convened_by=by)
        Meeting.objects.create(
            number=2,
            starts_at=at("2026-03-06 19:00"),
            venue="活动室",
            convened_by=by,
            cancelled_at=at("2026-03-01 19:00"),
            cancelled_by=by,
            cancel_reason="下雨",
        )

        look("2026-03-06 18:30")

        assert not Reminder.objects.filter(kind__startswith="meeting").exists()

    def test_minutes_not_confirmed_after_three_working_days(self):
        by, resident = secretary(), PersonFactory(name="居民")
        meeting = Meeting.objects.create(number=1, starts_at=at("2026-02-12 19:00"), venue="活动室", convened_by=by)
        meeting.attendances.create(person=resident, kind="deliberator", party=Party.RESIDENTS, signed_in_by=by)
        Minutes.objects.create(meeting=meeting, drawn_up_on=date(2026, 2, 12), drawn_up_by=by)

        look_daily("2026-02-12", "2026-02-27")

        # 13, 14 and 24 February are the three.
        assert days_of("minutes_unconfirmed") == ["02-25", "02-25"]
        assert {name for name, _kind in told("minutes_unconfirmed")} == {by.name, resident.name}
