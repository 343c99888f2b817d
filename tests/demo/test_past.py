"""The years before: seats as they were then, meetings and problems with their whole story, and what is open today."""

import itertools
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from compounds.organisation.models import Post
from compounds.photos.models import Photo
from compounds.workdays.calendar import works_nationally
from consultation import seats
from consultation.models import (
    AgendaItem,
    Assignment,
    AssignmentState,
    Attendance,
    DecisionOutcome,
    Deliberator,
    Hold,
    Issue,
    IssueList,
    Meeting,
    Minutes,
    Openness,
    Outcome,
    OwnersVote,
    Party,
    PartySeat,
    Reopening,
    StepRecord,
    VoteResult,
)
from consultation.quarters import Quarter
from consultation.steps import OPEN, Step
from demo.plans import COMMITTEE_FOUNDED, COMPANY_CHANGED
from demo.stories import xijun_bodies as bodies
from demo.stories.office_days import moved
from demo.stories.reading import read
from demo.stories.stage import Stage
from demo.stories.xijun import LIVE, PAST
from demo.stories.xijun_council import MEETINGS, PUBLISHED, STOOD_IN_SINCE
from notices.models import Objection, PlaceKind, Posting
from volunteers.models import Activity, ActivityKind

pytestmark = pytest.mark.xdist_group("demo")

# What the report names; each was solved, by a word of its title.
NAMED = ("围栏", "门禁", "架空层", "车库", "电梯", "产权证", "绿化")


def _held():
    return [(meeting, timezone.localdate(meeting.starts_at)) for meeting in Meeting.objects.held()]


# --- The tables, without a database ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*PAST, LIVE])
def test_the_same_day_reads_the_same_stories(name):
    today = date(2026, 11, 26)

    assert read(name, today) == read(name, today)


def test_no_two_matters_have_one_title_and_nobody_says_the_same_twice():
    tales = [tale for name in (*PAST, LIVE) for tale in read(name, date(2026, 11, 26))]
    said = [tale.matter.said for tale in tales] + [voice.said for tale in tales for voice in tale.matter.voices]
    agreed = [talk.result.text for tale in tales for talk in tale.talks]
    ends = [work.report for tale in tales for work in tale.handlings if work.report]

    for words in ([tale.matter.title for tale in tales], said, agreed, ends):
        assert len(words) == len(set(words))


ANY_DAYS = [date(2026, 11, 1) + timedelta(days=23 * n) for n in range(32)]


@pytest.mark.parametrize("day", ANY_DAYS)
def test_on_whatever_day_it_is_loaded_no_matter_goes_back_in_time_or_ahead_of_today(day):
    for tale in read(LIVE, day):
        moments = list(_moments(tale))
        assert moments == sorted(moments, key=lambda moment: (-moment[0], moment[1])), tale.key
        assert all(days_ago >= 1 for days_ago, _clock in moments), tale.key


@pytest.mark.parametrize("day", ANY_DAYS)
def test_on_whatever_day_it_is_loaded_no_edition_and_no_meeting_is_on_a_day_without_work(day):
    stage = Stage(day).at_work()
    told = [
        moment for tale in read(LIVE, day) for moment in (tale.listed, *(talk.held for talk in tale.talks)) if moment
    ]
    kept = [stage.at(moment) for moment in (*PUBLISHED, *(meeting.held for meeting in MEETINGS if meeting.held))]

    days = {day - timedelta(days=days_ago) for days_ago, _clock in told} | {timezone.localdate(at) for at in kept}
    days.add(timezone.localdate(stage.coming_friday("19:30")))

    assert [on for on in sorted(days) if not works_nationally(on)] == []


def test_two_days_of_a_story_stay_two_and_in_their_order():
    for today in (date(2026, 10, 8) + timedelta(days=n) for n in range(7)):
        days = [moved(written, today) for written in range(-30, 120)]
        assert days == sorted(set(days))
        assert moved(2, today) == 2


def _moments(tale):
    """When things happened to a matter, in the order in which they must have."""
    matter = tale.matter
    yield matter.recorded
    yield from (when for when in (matter.handed_over, matter.sorting and matter.sorting.when, tale.listed) if when)
    yield from (talk.held for talk in tale.talks)
    if tale.direct:
        yield tale.direct.when
    for work in tale.handlings:
        ticked, known = work.result_ticked, work.completion_ticked
        yield from (when for when in (work.accepted, ticked and ticked.when) if when)
        yield from (when for when, _words in work.progress)
        yield from (when for when in (work.reported, work.verified, work.posted, known and known.when) if when)
        yield from (rating.when for rating in work.ratings)
        if work.closed:
            yield work.closed


# --- Seats -----------------------------------------------------------------------------------------------------------


def test_every_party_has_a_seat_today_or_it_is_vacant_with_a_reason(compound):
    today = timezone.localdate()

    assert {seat.party for seat in PartySeat.objects.on(today)} == set(Party)


def test_before_the_owners_committee_was_there_its_seat_was_vacant_with_a_reason(xijun):
    history = list(PartySeat.objects.filter(party=Party.OWNERS_COMMITTEE))

    assert [seat.vacant for seat in history] == [True, False, False]
    assert history[0].vacancy_reason
    assert all(a.ends_on + timedelta(days=1) == b.starts_on for a, b in itertools.pairwise(history))


def test_deliberators_of_all_parties_serve_and_none_before_their_post(xijun):
    today = timezone.localdate()
    council = list(Deliberator.objects.serving(today))

    assert 13 <= len(council) <= 20
    assert {term.party for term in council} == set(Party)
    for term in council:
        assert Post.objects.filter(person=term.person, starts_on__lte=term.starts_on).exists()


def test_every_agreement_was_made_with_every_party_there_whose_seat_was_not_vacant(compound):
    for item in AgendaItem.objects.filter(decision__outcome="consensus").select_related("meeting", "decision"):
        assert [seat.party for seat in seats.for_item(item) if seat.is_missing] == []
        filled = seats.filled_parties(timezone.localdate(item.meeting.starts_at))
        assert {answer.party for answer in item.decision.answers.all()} == set(filled)


def test_at_every_meeting_sat_whoever_filled_the_seats_on_that_day(xijun):
    for meeting, day in _held():
        sat = set(meeting.attendances.exclude(party="").exclude(kind="excused").values_list("party", flat=True))

        assert sat == set(seats.filled_parties(day))
        assert (Party.OWNERS_COMMITTEE in sat) == (day >= STOOD_IN_SINCE)


def test_where_the_residents_committee_stood_in_somebody_of_the_community_sat(xijun):
    between = [meeting for meeting, day in _held() if STOOD_IN_SINCE <= day < COMMITTEE_FOUNDED]

    assert between
    for meeting in between:
        (person,) = [row.person for row in meeting.attendances.filter(party=Party.OWNERS_COMMITTEE)]
        assert set(person.posts.values_list("kind", flat=True)) == {"community_worker"}


def test_nobody_sat_before_their_post_began_or_after_it_ended(xijun):
    terms = {}
    for person, starts_on, ends_on in Post.objects.values_list("person", "starts_on", "ends_on"):
        terms.setdefault(person, []).append((starts_on, ends_on or date.max))

    for row in Attendance.objects.exclude(party="").select_related("meeting", "person"):
        day = timezone.localdate(row.meeting.starts_at)
        assert any(first <= day <= last for first, last in terms[row.person_id]), (row.meeting, row.person)


def test_what_was_agreed_before_the_company_changed_lies_with_the_earlier_one(xijun):
    for task in Assignment.objects.filter(body__kind="property_company", decision__isnull=False):
        day = timezone.localdate(task.decision.item.meeting.starts_at)
        assert (task.body.name == bodies.EARLIER_COMPANY) == (day < COMPANY_CHANGED)


def test_every_edition_came_out_and_everybody_met_on_a_working_day(xijun):
    published = {timezone.localdate(row.published_at) for row in IssueList.objects.published()}

    days = published | {timezone.localdate(meeting.starts_at) for meeting in Meeting.objects.all()}

    assert [day for day in sorted(days) if not works_nationally(day)] == []


# --- Fifty meetings, ten problems ------------------------------------------------------------------------------------


def test_every_quarter_since_the_branch_was_founded_has_an_edition_of_the_list(xijun):
    published = {Quarter.of(timezone.localdate(row.published_at)) for row in IssueList.objects.published()}
    last = max(published)
    years = range(2021, last.year + 1)

    told = {Quarter(year, n) for year, n in itertools.product(years, range(1, 5))}
    assert {quarter for quarter in told if Quarter(2021, 2) <= quarter <= last} == published


@pytest.mark.parametrize("word", NAMED)
def test_each_problem_that_the_report_names_was_solved_with_its_whole_story(xijun, word):
    solved = Issue.objects.filter(outcome=Outcome.SOLVED, title__contains=word)

    assert any(
        issue.voices.count() > 1
        and issue.list_entries.exists()
        and issue.agenda_items.filter(decision__isnull=False).exists()
        and issue.ratings.exclude(reason="").exists()
        and issue.follow_ups.exclude(note="").exists()
        for issue in solved
    )


def test_minutes_tell_who_said_what_and_every_meeting_has_them_issued_or_on_the_way(xijun):
    assert Minutes.objects.filter(issued_at=None).count() <= 1
    for meeting in Meeting.objects.held():
        for item in meeting.items.filter(decision__outcome=DecisionOutcome.CONSENSUS).select_related("decision"):
            assert item.decision.text


def test_promises_were_kept_and_some_were_late(xijun):
    done = [task.kept for task in Assignment.objects.filter(state=AssignmentState.VERIFIED)]

    assert done.count(False) >= 5
    assert done.count(True) > 3 * done.count(False)


def test_one_matter_was_done_again_for_a_household_that_was_not_satisfied(xijun):
    again = Reopening.objects.filter(state="taken_up").get()

    assert again.issue.outcome == Outcome.SOLVED
    assert [record.to_step for record in again.issue.records.all()].count(Step.HANDLE) == 2


def test_an_objection_was_answered_and_one_waits(xijun):
    assert set(Objection.objects.values_list("state", flat=True)) == {"dismissed", "open"}


def test_the_owners_have_voted_once_and_are_voting(xijun):
    assert set(OwnersVote.objects.values_list("result", flat=True)) == {VoteResult.PASSED, ""}


def test_a_posting_has_proof_at_the_board_and_in_the_group(xijun):
    for posting in Posting.objects.filter(assignment_of_completion__issue__step=Step.CLOSED):
        assert posting.places.filter(kind=PlaceKind.NOTICE_BOARD, ticked_at__isnull=False, proof__isnull=False).exists()
        assert posting.places.filter(kind=PlaceKind.WECHAT_GROUP, ticked_at__isnull=False).exists()


# --- Today -----------------------------------------------------------------------------------------------------------


def test_forty_matters_are_open_over_all_steps_some_late_some_confidential_some_waiting(xijun):
    today = timezone.localdate()
    live = Issue.objects.open()

    assert live.count() >= 40
    assert min(live.filter(step=step).count() for step in OPEN) >= 3
    assert live.overdue(today).count() >= 4
    assert live.filter(openness=Openness.CONFIDENTIAL).count() >= 3
    assert Hold.objects.active().count() >= 3


def test_what_happened_to_a_matter_stands_in_the_order_in_which_it_happened(xijun):
    for issue in Issue.objects.prefetch_related("records"):
        times = [record.at for record in issue.records.all()]
        assert times == sorted(times)
    assert not StepRecord.objects.filter(at__lt=F("issue__created_at")).exists()


def test_activities_have_drawn_photos_and_visits_to_homes_have_none(xijun):
    shown = Activity.objects.exclude(photos=[])

    assert shown.filter(kind=ActivityKind.CLINIC).count() >= 18
    assert not shown.filter(kind=ActivityKind.CARE).exists()
    assert Photo.objects.filter(pk__in=shown.latest("starts_at").photos).exists()
