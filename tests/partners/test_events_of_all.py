"""Each kind of event is told by the service that makes it happen, to those whose scopes let them know of it."""

import pytest
from django.utils import timezone

from compounds.partners.hooks.documented import EVENTS
from compounds.partners.models import Event, EventType
from compounds.partners.models.event import types_for
from compounds.partners.scopes import Scope
from consultation.models import AssignmentState, Issue, Meeting, Minutes, Openness, RatingChannel
from consultation.services import meeting_record, minutes, step2_propose, step3_meet, step5_evaluate, work_reports
from consultation.steps import Step
from notices.models import NoticeState, Target
from tests.consultation.branch import listed
from tests.consultation.handling import secretary, task_at, voice_of
from tests.factories import IssueFactory, PersonFactory
from tests.notices.publishing.telling import notice_in
from tests.volunteers.planning import planned, when
from volunteers.models import Activity
from volunteers.services import activities, summing_up

pytestmark = pytest.mark.django_db


def told(*words: str) -> list[tuple[str, dict]]:
    """Those whose type begins with one of these words, in order; the next call does not tell them again."""
    rows = [(row.type, row.data) for row in Event.objects.order_by("pk") if row.type.partition(".")[0] in words]
    Event.objects.all().delete()
    for kind, data in rows:
        assert set(data) == set(EVENTS[EventType(kind)][1]), "not as the document has it"
    return rows


def test_lists_meetings_and_their_minutes(north):
    by = secretary()
    edition = step2_propose.publish(listed().issue_list, by=by)
    issue = Issue.objects.get(list_entries__issue_list=edition)
    assert told("list") == [("list.published", {"edition": edition.edition})]

    off = step3_meet.convene(starts_at=timezone.now(), venue="站里", issues=[issue], by=by)
    meeting_record.cancel(off, reason="停电", by=by)
    held = step3_meet.convene(starts_at=timezone.now(), venue="站里", issues=[issue], by=by)
    # Taken back by the branch meanwhile: it holds up no minutes.
    Issue.objects.filter(pk=issue.pk).update(step=Step.PROPOSE)
    before = Meeting.objects.get(pk=held.pk).updated_at
    drawn_up = minutes.draw_up(held, by=by)
    Minutes.objects.filter(pk=drawn_up.pk).update(drawn_up_on="2020-01-02")
    minutes.issue(drawn_up, by=by)

    assert told("meeting") == [
        ("meeting.convened", {"meeting": off.number}),
        ("meeting.cancelled", {"meeting": off.number}),
        ("meeting.convened", {"meeting": held.number}),
        ("meeting.minutes_issued", {"meeting": held.number}),
    ]
    # Whoever follows meetings finds it again.
    assert Meeting.objects.get(pk=held.pk).updated_at > before


def test_progress_and_ratings_without_what_was_said(north):
    task = task_at(AssignmentState.ACCEPTED)
    work_reports.progress(task, text="配件已到", by=PersonFactory())
    told_of_task = told("assignment")[-1]
    issue = IssueFactory(step=Step.EVALUATE)
    voice = voice_of(issue)
    told()
    by = {"channel": RatingChannel.STEWARD, "given_by": voice.person, "by": PersonFactory()}
    step5_evaluate.rate(issue, household=voice.household, stars=5, reason="好", **by)

    fact = {"issue": task.issue.number, "assignment": task.pk, "state": "accepted"}
    assert told_of_task == ("assignment.reported", fact)
    assert told("issue") == [("issue.rated", {"issue": issue.number})]


def test_notices_that_hang_in_public_and_no_others(north):
    hangs = notice_in(NoticeState.WITHDRAWN)
    notice_in(NoticeState.WITHDRAWN, target=Target.POST, post="building_steward")
    notice_in(NoticeState.APPROVED)

    facts = {"notice": hangs.pk, "kind": "activity"}
    assert told("notice") == [("notice.published", facts), ("notice.withdrawn", facts)]


def test_activities_on_the_board_and_no_others(north):
    by, now = secretary(), timezone.now()
    one = planned("2031-05-10 09:00", by=by)
    activities.change(one, {"title": "义诊"}, by=by)
    activities.move(one, when("2031-05-11 09:00"), now=now, by=by)
    activities.cancel(one, why="下雨", now=now, by=by)
    held = planned("2020-05-10 09:00", by=by)
    summing_up.sum_up(held, people_served=3, elderly_served=None, summary="", now=now, by=by)
    planned("2031-06-10 09:00", by=by, in_public=False)

    assert [(kind.partition(".")[2], data["activity"], data["state"]) for kind, data in told("activity")] == [
        ("planned", one.pk, "planned"),
        ("changed", one.pk, "planned"),
        ("moved", one.pk, "planned"),
        ("cancelled", one.pk, "cancelled"),
        ("planned", held.pk, "planned"),
        ("held", held.pk, "held"),
    ]


def test_what_leaves_the_board_leaves_the_feed(north):
    by = secretary()
    one = planned("2031-05-10 09:00", by=by)

    activities.change(one, {"in_public": False}, by=by)

    assert not Activity.objects.get(pk=one.pk).in_public
    assert told("activity") == []


def test_a_confidential_matter_is_not_told_of_when_it_is_rated_or_worked_on(north):
    task = task_at(AssignmentState.ACCEPTED, openness=Openness.CONFIDENTIAL)

    work_reports.progress(task, text="配件已到", by=PersonFactory())

    assert told("assignment", "issue") == []


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope.ISSUES_READ, {"issue", "list", "meeting", "assignment"}),
        (Scope.NOTICES_READ, {"posting", "notice"}),
        (Scope.ACTIVITIES_READ, {"activity"}),
        (Scope.FIGURES_READ, set()),
    ],
)
def test_each_scope_lets_a_system_know_of_its_own_types(scope, words):
    assert {one.partition(".")[0] for one in types_for(frozenset({scope}))} == words


def test_every_type_has_a_scope():
    assert set(types_for(frozenset(Scope))) == set(EventType)
