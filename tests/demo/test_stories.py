"""What has happened in the demo: every row could have come from the pages, and today there is something to do."""

import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.photos.models import Photo
from compounds.registry.context import compound_context
from consultation.models import (
    Assignment,
    AssignmentState,
    Care,
    Channel,
    Issue,
    IssueList,
    Meeting,
    Openness,
    Outcome,
    RoundState,
    ScoringRound,
    StepRecord,
)
from consultation.my_day import waiting_for
from consultation.quarters import Quarter
from consultation.steps import FIVE, MOVES, Step
from demo.holders import SHOWN_BUILDING, holders
from demo.pictures.camera import SCENES, taken
from demo.plans import PLANS
from demo.stories.quarter_topics import TOPICS
from demo.stories.reading import read
from demo.stories.stage import FRIDAY, Stage
from demo.stories.telling import tell
from demo.stories.xijun import LIVE, PAST
from demo.stories.xijun_bodies import BODIES
from demo.stories.xijun_council import FRIDAY_MEETING
from demo.stories.xijun_matters import BINS, DISPUTE, FENCE, GARAGE, MATTERS
from notices.models import Notice, NoticeKind, NoticeState, Posting, PostingPlace

pytestmark = pytest.mark.xdist_group("demo")


def _tales(today):
    return [tale for name in (*PAST, LIVE) for tale in read(name, today)]


# --- Telling ---------------------------------------------------------------------------------------------------------


def test_stories_are_told_in_the_order_of_their_moments():
    seen = []

    def story(name, *hours):
        for hour in hours:
            yield datetime(2026, 3, 2, hour, tzinfo=UTC)
            seen.append((name, timezone.now().hour))

    tell([story("a", 8, 12), story("b", 9, 10)])

    assert seen == [("a", 8), ("b", 9), ("b", 10), ("a", 12)]


def test_a_story_that_goes_back_in_time_is_refused_and_the_clock_is_right_again():
    def story():
        yield datetime(2026, 3, 2, tzinfo=UTC)
        yield datetime(2026, 3, 1, tzinfo=UTC)

    with pytest.raises(ValueError, match="goes back"):
        tell([story()])

    assert timezone.now() - datetime.now(UTC) < timedelta(minutes=1)


@pytest.mark.parametrize("day", [date(2026, 3, 2) + timedelta(days=n) for n in range(7)])
def test_the_coming_friday_is_a_friday_within_a_week_where_no_feast_is_on_it(day):
    friday = timezone.localtime(Stage(day).coming_friday("19:30"))

    assert friday.weekday() == FRIDAY
    assert day < friday.date() <= day + timedelta(days=7)
    assert friday.time() == time(19, 30)


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_drawn_the_same_each_time_and_is_not_blank(scene):
    moment = datetime(2026, 3, 2, tzinfo=UTC)

    picture = taken(scene, moment, plate="7-1")

    assert picture.body == taken(scene, moment, plate="7-1").body
    assert len(Image.open(io.BytesIO(picture.body)).getcolors(1 << 20)) > 50


def test_every_invented_company_says_so():
    real = {"西郡佳园小区党支部", "西郡佳园业主委员会", "湘湾社区居民委员会"}
    public = {"自来水公司", "供电公司", "街道办事处", "不动产登记中心"}

    assert all("虚构" in body.name for body in BODIES if body.name not in real | public)


# --- The rows --------------------------------------------------------------------------------------------------------


def test_the_history_of_every_matter_leads_to_where_it_stands(compound):
    for issue in Issue.objects.all():
        steps = [""]
        for record in issue.records.all():
            assert record.from_step == steps[-1]
            assert not record.from_step or record.to_step in MOVES[Step(record.from_step)]
            assert record.at <= timezone.now()
            steps.append(record.to_step)
        assert steps[-1] == issue.step
        assert (issue.owner is None, issue.due_on is None) == (issue.step == Step.CLOSED,) * 2


def test_numbers_have_no_gap_and_follow_the_days(compound):
    for year in set(Issue.objects.values_list("year", flat=True)):
        issues = Issue.objects.filter(year=year).order_by("serial")
        assert [issue.serial for issue in issues] == list(range(1, len(issues) + 1))
        assert [issue.pk for issue in issues] == list(issues.order_by("created_at", "pk").values_list("pk", flat=True))


def test_every_photo_lies_where_the_page_looks_for_it(compound):
    assert Photo.objects.exists()
    for photo in Photo.objects.all():
        assert (Path(settings.MEDIA_ROOT) / photo.path(compound.schema_name, "full")).is_file()


def test_something_lives_in_every_step_and_one_hard_problem_is_solved(xijun):
    quarterly = [topic.title for topic in TOPICS]
    raised = Issue.objects.filter(report=None).exclude(channel=Channel.SUGGESTION)
    assert raised.exclude(title__in=quarterly).count() == len(MATTERS) + len(_tales(timezone.localdate()))
    assert Issue.objects.get(channel=Channel.SUGGESTION).step == Step.PROPOSE
    assert Issue.objects.filter(report__completed_at=None, step=Step.VISIT).exclude(report=None).count() == 1
    assert {Step(step) for step in Issue.objects.values_list("step", flat=True)} == set(Step)
    fence = Issue.objects.get(step=Step.CLOSED, title=FENCE.title)
    assert fence.outcome == Outcome.SOLVED
    assert [record.to_step for record in fence.records.all()] == [*FIVE, Step.CLOSED]
    assert fence.voices.count() == fence.ratings.count() == 5
    assert fence.photos.count() >= 2
    assert fence.list_entries.get().issue_list.published_at is not None
    task = fence.assignments.get()
    assert task.kept
    assert task.verifications.get().passed
    for posting in (task.result_posting, task.completion_posting):
        assert not posting.places.missing().exists()


def test_the_garage_is_late_and_it_lies_with_the_property_company(xijun):
    today = timezone.localdate()

    late = Issue.objects.overdue(today).get(title=GARAGE.title)

    assert late.days_late(today) == 2
    assert late.owner_body.kind == "property_company"
    assert Assignment.objects.overdue(today).get(issue=late).kept is None


def test_a_listed_matter_is_to_be_met_on_the_coming_friday(xijun):
    meeting = Meeting.objects.ahead().get()

    assert timezone.localtime(meeting.starts_at).strftime("%w %H:%M") == "5 19:30"
    assert meeting.venue == "邻聚里党群服务站"
    assert meeting.items.count() == len(FRIDAY_MEETING.keys)
    assert all(item.issue.list_entries.get().issue_list.published_at for item in meeting.items.all())
    assert IssueList.objects.get(published_at=None).entries.exists()


def test_a_matter_under_evaluation_hangs_out_and_is_being_rated(xijun):
    issue = Issue.objects.get(step=Step.EVALUATE, title=BINS.title)

    assert issue.assignments.get().completion_posting in Posting.objects.up(timezone.localdate())
    assert issue.ratings.count() == 2


# What the newspaper page says, by kind of notice: figures, and how a false one is marked.
TOLD = {
    NoticeKind.ANTI_FRAUD: ["34.62%", "16.67%", "15.38%", "11.54%", "35.37%", "26.34%", "16.75%", "73%", "66.67%"],
    NoticeKind.LAW: ["已满12岁不满14岁", "最高人民检察院核准"],
    NoticeKind.RUMOUR: ["已辟谣", "七年"],
}


@pytest.mark.parametrize("kind", TOLD)
def test_the_newspapers_notices_hang_for_everybody(xijun, kind):
    notice = Notice.objects.up(timezone.localdate()).filter(kind=kind).latest("published_at")

    page = Client(headers={"accept-language": "zh-hans"}).get(f"/c/xijun/board/notices/{notice.pk}/").text

    assert [words for words in TOLD[kind] if words not in page] == []
    assert notice.readings > 100


def test_notices_stand_in_every_state_and_one_waits_for_the_branch(xijun, addresses):
    secretary = Stage(timezone.localdate()).secretary

    assert set(Notice.objects.values_list("state", flat=True)) == set(NoticeState) - {NoticeState.APPROVED}
    assert Notice.objects.get(replaced=True).replacements.get().is_up(timezone.localdate())
    assert Notice.objects.up(timezone.localdate()).filter(kind=NoticeKind.EMERGENCY).exists()
    draft = Notice.objects.get(state=NoticeState.DRAFT)
    assert draft.title in {row.title for row in waiting_for(secretary, timezone.localdate())}


def test_the_dispute_is_confidential_and_only_the_branch_and_its_recorder_see_it(xijun):
    dispute = Issue.objects.get(openness=Openness.CONFIDENTIAL, title=DISPUTE.title)
    lead = holders(PostKind.NEIGHBOUR_LEAD, timezone.localdate()).first()

    assert dispute.step == Step.PROPOSE
    assert dispute not in Issue.objects.visible_to(lead)


@pytest.mark.parametrize("kind", [kind for kind in PostKind if kind != PostKind.GRID_WORKER])
def test_something_waits_for_everybody_who_is_shown(xijun, addresses, kind):
    today = timezone.localdate()

    assert waiting_for(holders(kind, today).first(), today)


def test_something_waits_to_be_verified_in_the_shown_building(xijun):
    waiting = Assignment.objects.filter(state=AssignmentState.DONE)

    assert waiting.filter(issue__building__number=SHOWN_BUILDING).count() == 1


def test_some_doors_are_looked_in_on_and_one_visit_is_late(xijun):
    today = timezone.localdate()

    assert Care.objects.running().count() == 6
    assert Care.objects.overdue(today).count() == 1
    assert Care.objects.exclude(ended_on=None).count() == 1


def test_each_of_the_last_four_quarters_was_scored_and_awarded(xijun):
    today = timezone.localdate()
    rounds = list(ScoringRound.objects.filter(state__in=[RoundState.AWARDED, RoundState.SKIPPED])[:4])

    assert [row.awards.count() >= 1 for row in rounds] == [True] * 4
    assert all(0.3 < row.sheets / row.scorers.count() < 1 for row in rounds)
    assert all(row.paper_sheets.filter(counted=True).count() == 3 for row in rounds)
    assert [row.of for row in rounds] == sorted((row.of for row in rounds), reverse=True)
    assert (today - rounds[0].opened_on).days < 150
    # Where the day falls into a scoring, it is open.
    last = Quarter.before(today)
    due = last.opens_on() + timedelta(days=1) < today
    assert ScoringRound.objects.filter(year=last.year, quarter=last.number).exists() or not due


def test_the_other_compound_has_two_matters_of_its_own(demo, db):
    with compound_context("c_hupan"):
        assert Issue.objects.count() == 2


def test_no_row_is_of_tomorrow(compound):
    now = timezone.now()

    for model in (Issue, StepRecord, PostingPlace, Photo):
        field = {StepRecord: "at"}.get(model, "created_at")
        assert not model.objects.filter(**{f"{field}__gt": now}).exists()


# --- The pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [PostKind.BRANCH_SECRETARY, PostKind.BUILDING_STEWARD, PostKind.PROPERTY_STAFF])
def test_the_newest_matters_meetings_and_tasks_have_their_pages_and_some_of_the_old(demo, db, kind):
    client = Client()
    with compound_context("c_xijun"):
        member = holders(kind, timezone.localdate()).first()
        client.force_login(User.objects.get(pk=member.user_id))
        addresses = [f"issues/{issue.number}/" for issue in _some(Issue.objects.visible_to(member))]
        addresses += [f"meetings/{meeting.number}/" for meeting in _some(Meeting.objects.all())]
        addresses += [f"assignments/{task.pk}/" for task in _some(Assignment.objects.visible_to(member))]
        addresses += [f"postings/{posting.pk}/" for posting in _some(Posting.objects.all())]

    statuses = {address: client.get(f"/c/xijun/{address}").status_code for address in ["", *addresses]}

    assert {address: status for address, status in statuses.items() if status != 200} == {}


def _some(rows):
    """The dozen newest, and every ninth of all."""
    rows = list(rows.order_by("-pk"))
    return [*rows[:12], *rows[12::9]]


def test_the_plans_of_the_compounds_say_what_is_invented():
    assert all("虚构" in plan.about for plan in PLANS)
