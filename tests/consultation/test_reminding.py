"""Of what people are told about matters, meetings, minutes, doors, postings and terms, and when: through the weeks."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from compounds.organisation.models import Level, Person, PostKind, Unit
from consultation.models import Category, HoldReason, Invitation, InvitedAs, Meeting, Minutes, Party
from consultation.services import flow, hold, outside, supervision
from consultation.services.escalation import _office_above
from consultation.steps import Step
from notices import objections, postings, reminders
from notices.models import ObjectionChannel, PlaceKind, Posting, PostingKind, Reminder
from tests.consultation.branch import at_branch
from tests.consultation.days import at, look, on, told
from tests.consultation.handling import secretary
from tests.factories import (
    BodyFactory,
    BuildingFactory,
    EntranceFactory,
    HouseholdFactory,
    IssueFactory,
    PersonFactory,
    UnitFactory,
)
from tests.pictures import a_picture

pytestmark = pytest.mark.usefixtures("north")
ISSUE = ("issue_soon", "issue_due", "issue_overdue")


def look_daily(first: str, last: str) -> None:
    """As the night does, and again at noon."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        look(f"{day} 00:10")
        look(f"{day} 12:00")
        day += timedelta(days=1)


def days_of(kind: str) -> list[str]:
    """On which days people were told, as the digest goes out."""
    rows = Reminder.objects.filter(kind=kind).order_by("out_at", "pk").values_list("out_at", flat=True)
    return [f"{timezone.localdate(moment):%m-%d}" for moment in rows]


def words(kind: str, language: str = "en") -> list[str]:
    return [reminders.words(row, language) for row in Reminder.objects.filter(kind=kind).order_by("pk")]


def a_steward(**facts: object) -> Person:
    return PersonFactory(name="楼栋长", posts=[PostKind.BUILDING_STEWARD], **facts)


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

        assert [kind for _name, kind in told()] == ["issue_due", "issue_soon"]
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


class TestDoors:
    def test_one_line_a_week_for_each_lead_and_the_steward_where_there_is_no_lead(self):
        lead = PersonFactory(name="邻长", posts=[PostKind.NEIGHBOUR_LEAD])
        group = lead.serving[0].unit
        steward = PersonFactory(name="楼栋长")
        steward.posts.create(unit=group.parent, kind=PostKind.BUILDING_STEWARD, starts_on=date(2020, 1, 1))
        entrance = EntranceFactory(building=group.parent.building)
        leaderless = UnitFactory(parent=group.parent)
        for n in range(5):
            HouseholdFactory(entrance=entrance, group=group if n < 3 else leaderless, door=str(100 + n))

        look_daily("2026-03-02", "2026-03-10")

        assert sorted(told("doors_late")) == sorted([("邻长", "doors_late"), ("楼栋长", "doors_late")] * 2)
        assert sorted(words("doors_late")) == sorted(
            ["3 of your doors wait for a visit.", "2 of your doors wait for a visit."] * 2
        )
        assert set(days_of("doors_late")) == {"03-02", "03-09"}

    def test_in_the_week_after_spring_festival_on_its_first_working_day(self):
        lead = PersonFactory(name="邻长", posts=[PostKind.NEIGHBOUR_LEAD])
        group = lead.serving[0].unit
        HouseholdFactory(entrance=EntranceFactory(building=group.parent.building), group=group)

        look_daily("2026-02-16", "2026-03-01")

        assert days_of("doors_late") == ["02-24"]


class TestPostings:
    def posted(self, day: str = "2026-03-02") -> Posting:
        with on(day):
            return postings.put_up(
                PostingKind.RESULT, title="电梯", text="更换", today=timezone.localdate(), by=secretary()
            )

    def test_how_many_buildings_it_hangs_in_and_that_it_ends(self):
        by, steward = secretary(), a_steward()
        done, missing = BuildingFactory(), steward.serving[0].unit.building
        for building in (done, missing):
            EntranceFactory(building=building)
        posting = self.posted()
        for place in posting.places.filter(kind=PlaceKind.ENTRANCE, entrance__building=done):
            postings.tick(place, proof=a_picture(), now=timezone.now(), by=by)

        look_daily("2026-03-02", "2026-03-12")

        assert posting.ends_on == date(2026, 3, 9)
        assert words("posting_places") == ["“电梯” hangs in 1 of 2 buildings."] * 4
        assert days_of("posting_places") == ["03-03", "03-03", "03-09", "03-09"]
        assert {name for name, _kind in told("posting_places")} == {by.name, steward.name}
        assert (days_of("posting_ending"), told("posting_ending")) == (["03-09"], [(by.name, "posting_ending")])

    def test_what_hangs_everywhere_is_not_told_of(self):
        posting = self.posted()
        for place in posting.places.all():
            postings.tick(place, proof=a_picture(), now=timezone.now(), by=secretary())

        look_daily("2026-03-02", "2026-03-12")

        assert not told("posting_places")

    def test_an_objection_the_day_before_its_answer_is_due_and_that_day(self):
        posting = self.posted()
        with on("2026-03-04"):
            objections.receive(
                posting, channel=ObjectionChannel.BOARD, text="不同意", name="", today=timezone.localdate(), by=None
            )

        look_daily("2026-03-04", "2026-03-12")

        assert days_of("objection_due") == ["03-08", "03-09"]


class TestTerms:
    def test_sixty_days_before_it_ends_whoever_holds_it_and_the_secretary(self):
        by, steward = secretary(), a_steward()
        steward.posts.update(ends_on=date(2026, 6, 30))

        look_daily("2026-04-29", "2026-05-04")

        assert days_of("term_ending") == ["05-01", "05-01"]
        assert {name for name, _kind in told("term_ending")} == {by.name, steward.name}
        with override("en"):
            assert words("term_ending")[0].endswith("ends on 30 Jun.")

    def test_not_when_somebody_follows_without_a_gap(self):
        steward = a_steward()
        steward.posts.update(ends_on=date(2026, 6, 30))
        steward.posts.create(unit=steward.posts.get().unit, kind=PostKind.BUILDING_STEWARD, starts_on=date(2026, 7, 1))

        look_daily("2026-05-01", "2026-05-02")

        assert not told("term_ending")

    def test_a_secretarys_goes_to_the_general_branch(self):
        general = PersonFactory(name="总支书记", posts=[PostKind.GENERAL_SECRETARY])
        by = secretary()
        by.posts.update(ends_on=date(2026, 6, 30))

        look("2026-05-01 00:10")

        assert {name for name, _kind in told("term_ending")} == {by.name, general.name}
        assert Unit.objects.get(level=Level.GENERAL_BRANCH)
