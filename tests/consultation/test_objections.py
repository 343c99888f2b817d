"""Objections to what is posted: received within the period, answered once, told by a code."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.workdays import calendar
from consultation.errors import ObjectionAnswered
from consultation.models import Assignment, AssignmentState, Issue
from consultation.services import objections, step4_handle, step5_evaluate
from consultation.steps import Step
from notices import objections as receiving
from notices.models import Objection, Posting
from tests.consultation.handling import SOLVED, secretary, task_at
from tests.factories import PersonFactory

WORDS = {"text": "导靴没有换，夜里还响", "name": ""}


@pytest.fixture
def posting(north):
    task = task_at(AssignmentState.VERIFIED)
    return step4_handle.post_completion(task, text=SOLVED, by=secretary())


def object_to(posting):
    return receiving.receive(posting, channel="board", text=WORDS["text"], name="", today=timezone.localdate(), by=None)


def test_anybody_objects_at_the_board_and_reads_the_answer_by_the_code(anyone, web, posting):
    made = anyone.post(f"/board/postings/{posting.pk}/objection/", WORDS)
    objection = Objection.objects.get()
    assert objection.due_on == calendar.after(timezone.localdate(), 3).day
    code = made.context["code"]
    assert objection.code_hash not in made.text
    assert "not answered yet" in anyone.get(f"/board/objections/?code={code}").text

    branch = web(secretary())
    assert "an objection to be answered" in branch.get("/").text
    answer = {"verdict": "dismiss", "answer": "已复查，三晚无异响"}
    assert branch.post(f"/objections/{objection.pk}/", answer | {"answer": ""}).status_code == 422
    assert branch.post(f"/objections/{objection.pk}/", answer).status_code == 302

    assert "已复查，三晚无异响" in anyone.get(f"/board/objections/?code={code.lower().replace('-', ' ')}").text
    assert objections.issue_of(posting).step == Step.EVALUATE, "what is dismissed moves nothing"


def test_upheld_the_matter_goes_back_to_the_branch(posting):
    objection, _code = object_to(posting)

    objections.uphold(objection, answer="确实没换", by=secretary())

    assert objections.issue_of(posting).step == Step.PROPOSE
    with pytest.raises(ObjectionAnswered):
        objections.dismiss(objection, answer="不成立", by=secretary())


def test_upheld_a_body_puts_it_right(posting):
    objection, _code = object_to(posting)
    body = Assignment.objects.get().body

    objections.uphold_for_rework(
        objection, answer="三日内更换", body=body, due_on=timezone.localdate() + timedelta(days=3), by=secretary()
    )

    assert objections.issue_of(posting).step == Step.HANDLE
    assert Assignment.objects.unfinished().get().task == "三日内更换"


def test_upheld_during_the_work_its_tasks_are_taken_back(north):
    task = task_at(AssignmentState.ACCEPTED)
    posting = Posting.objects.create(
        kind="result",
        title="结果",
        text="更换",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        posted_by=secretary(),
    )
    Assignment.objects.filter(pk=task.pk).update(result_posting=posting)
    objection, _code = object_to(posting)

    objections.uphold(objection, answer="程序有误", by=secretary())

    assert Issue.objects.get().step == Step.PROPOSE
    assert Assignment.objects.get().state == AssignmentState.WITHDRAWN


def test_after_the_period_the_page_says_so(anyone, posting):
    day = timezone.localdate()
    Posting.objects.filter(pk=posting.pk).update(starts_on=day - timedelta(days=9), ends_on=day - timedelta(days=1))

    for answer in (
        anyone.get(f"/board/postings/{posting.pk}/objection/"),
        anyone.post(f"/board/postings/{posting.pk}/objection/", WORDS),
    ):
        assert answer.status_code == 410
        assert "The time for objections is over" in answer.text
    assert not Objection.objects.exists()


def test_a_steward_takes_one_down(web, posting):
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    made = web(steward).post(f"/postings/{posting.pk}/objection/", WORDS)

    objection = Objection.objects.get()
    assert made.status_code == 200
    assert (objection.channel, objection.recorded_by) == ("steward", steward)


def test_from_one_place_only_so_many_are_taken(anyone, posting):
    answers = [anyone.post(f"/board/postings/{posting.pk}/objection/", WORDS).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]
    assert Objection.objects.count() == 5


def test_a_matter_is_not_closed_while_an_objection_waits(posting):
    objection, _code = object_to(posting)
    issue = objections.issue_of(posting)
    assert [hindrance.code for hindrance in step5_evaluate.hindrances(issue)] == ["objection_open"]

    objections.dismiss(objection, answer="不成立", by=secretary())

    assert step5_evaluate.hindrances(issue) == []


def test_a_matter_that_is_not_public_takes_no_objection_at_the_board(anyone, posting):
    Issue.objects.update(openness="members")

    assert anyone.get(f"/board/postings/{posting.pk}/objection/").status_code == 404
