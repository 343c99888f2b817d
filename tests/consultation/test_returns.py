"""A task given back (退单), reports that stay, urging, and the promise ledger."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from compounds.organisation.models import AuditEntry, PostKind
from consultation import promises
from consultation.errors import BodyRetired, BodyStillWorks, MoveNotAllowed, NothingToUrge, NotThisState, ReturnAnswered
from consultation.models import (
    Assignment,
    AssignmentReport,
    AssignmentState,
    BodyKind,
    Issue,
    ResponsibleBody,
    ReturnAnswer,
)
from consultation.services import bodies, nudges, returns, step4_handle, work_reports
from consultation.steps import Step
from tests.consultation.handling import secretary, task_at
from tests.factories import BodyFactory, PersonFactory
from tests.pictures import a_picture

pytestmark = pytest.mark.usefixtures("north")


def next_week():
    return timezone.localdate() + timedelta(days=7)


def test_a_returned_task_is_handed_out_again_to_another_body_with_a_new_day():
    task = task_at(AssignmentState.ACCEPTED)
    first, other = task.body, BodyFactory(kind=BodyKind.LIFT_MAINTAINER)
    returned = returns.give_back(task, reason="归维保单位", by=secretary())

    returns.hand_out_again(returned, body=other, due_on=next_week(), note="请维保单位办", by=secretary())

    task = Assignment.objects.select_related("issue").get(pk=task.pk)
    assert (task.state, task.body, task.accepted_at) == (AssignmentState.HANDED_OUT, other, None)
    assert (task.issue.step, task.issue.owner_body, task.issue.due_on) == (Step.HANDLE, other, next_week())
    returned.refresh_from_db()
    assert (returned.body, returned.answer, returned.answered_by) == (first, ReturnAnswer.AGAIN, secretary())


@pytest.mark.parametrize(("answer", "step"), [(ReturnAnswer.PROPOSE, Step.PROPOSE), (ReturnAnswer.MEET, Step.MEET)])
def test_a_returned_task_goes_back_with_its_matter(answer, step):
    task = task_at(AssignmentState.HANDED_OUT)
    other = Assignment.objects.create(issue=task.issue, body=task.body, task="另一件", due_on=task.due_on)
    returned = returns.give_back(task, reason="做不了", by=secretary())

    returns.take_back(returned, answer=answer, note="重新商议", by=secretary())

    assert Issue.objects.get(pk=task.issue_id).step == step
    assert {t.state for t in Assignment.objects.filter(pk__in=[task.pk, other.pk])} == {AssignmentState.WITHDRAWN}


def test_a_return_is_decided_once():
    returned = returns.give_back(task_at(AssignmentState.HANDED_OUT), reason="做不了", by=secretary())
    returns.take_back(returned, answer=ReturnAnswer.PROPOSE, note="重新提议", by=secretary())

    with pytest.raises(ReturnAnswered):
        returns.take_back(returned, answer=ReturnAnswer.MEET, note="再议", by=secretary())


def test_a_retired_body_gets_nothing_new():
    returned = returns.give_back(task_at(AssignmentState.HANDED_OUT), reason="做不了", by=secretary())
    idle = bodies.retire(BodyFactory(), by=secretary())

    with pytest.raises(BodyRetired):
        returns.hand_out_again(returned, body=idle, due_on=next_week(), note="", by=secretary())
    returned.refresh_from_db()
    assert returned.answered_at is None


def test_a_body_with_unfinished_tasks_is_not_retired():
    with pytest.raises(BodyStillWorks):
        bodies.retire(task_at(AssignmentState.ACCEPTED).body, by=secretary())


def test_what_is_done_with_bodies_is_written_down_without_the_phone():
    body = bodies.add(
        name="电力公司", kind=BodyKind.UTILITY, contact_name="钱工", contact_phone="13912345678", by=secretary()
    )
    bodies.change(body, contact_phone="13912340000", by=secretary())
    bodies.retire(body, by=secretary())

    entries = list(AuditEntry.objects.filter(action__startswith="body.").order_by("pk"))
    assert [entry.action for entry in entries] == ["body.add", "body.change", "body.retire"]
    assert "1391234" not in str([entry.facts for entry in entries])


def test_a_failed_look_erases_no_report():
    task = task_at(AssignmentState.ACCEPTED)
    work_reports.progress(task, text="配件已到", photos=[a_picture()], by=secretary())
    step4_handle.report_done(task, report="已更换", by=secretary())
    step4_handle.verify(task, passed=False, note="还在响", photo=a_picture(), by=secretary())
    step4_handle.report_done(task, report="已调校", by=secretary())

    assert [r.text for r in task.reports.all()] == ["配件已到", "已更换", "已调校"]
    with pytest.raises(DatabaseError), transaction.atomic():
        AssignmentReport.objects.update(text="改写")


def test_progress_is_reported_while_the_work_goes_on_only():
    with pytest.raises(NotThisState):
        work_reports.progress(task_at(AssignmentState.DONE), text="还在做", by=secretary())


def test_urging_is_counted_while_somebody_works_on_it(web):
    task = task_at(AssignmentState.ACCEPTED)
    nudges.urge(task, by=None)
    nudges.urge(task, words="老人等着用电梯", by=secretary())

    page = web(PersonFactory(posts=[PostKind.PROPERTY_STAFF])).get(f"/assignments/{task.pk}/").text
    assert "老人等着用电梯" in page
    assert "urged 2 times" in page
    with pytest.raises(NothingToUrge):
        nudges.urge(task_at(AssignmentState.VERIFIED), by=None)


def test_the_board_urges_once_an_hour_from_one_place(anyone):
    task = task_at(AssignmentState.ACCEPTED)
    url = f"/board/{task.issue.number}/nudges/{task.pk}/"

    answers = [anyone.post(url).status_code for _ in range(2)]

    assert answers == [302, 429]
    assert task.nudges.count() == 1


def test_the_ledger_counts_what_its_rows_show(web):
    today = timezone.localdate()
    body = BodyFactory()
    for state, days in [(AssignmentState.DONE, 3), (AssignmentState.DONE, -3), (AssignmentState.ACCEPTED, -1)]:
        task = task_at(state, due_on=today + timedelta(days=days))
        Assignment.objects.filter(pk=task.pk).update(body=body)
    taken_back = task_at(AssignmentState.WITHDRAWN)

    lines = {line.body: line for line in promises.ledger(secretary(), today)}

    assert (lines[body.pk].kept, lines[body.pk].late, lines[body.pk].open) == (1, 2, 0)
    assert taken_back.body_id not in lines
    page = web(secretary()).get(f"/promises/{body.pk}/?show=late").text
    assert page.count('href="/c/north/assignments/') == 2


class TestPages:
    def test_the_company_gives_back_and_the_branch_decides(self, web):
        task = task_at(AssignmentState.HANDED_OUT)
        company, branch = web(PersonFactory(posts=[PostKind.PROPERTY_STAFF])), web(secretary())

        assert company.post(f"/assignments/{task.pk}/return/", {"reason": ""}).status_code == 422
        assert company.post(f"/assignments/{task.pk}/return/", {"reason": "归维保单位"}).status_code == 302
        assert "归维保单位" in branch.get(f"/assignments/{task.pk}/return/decision/").text
        decision = {"answer": "again", "body": task.body_id, "due_on": "2020-01-01"}
        assert branch.post(f"/assignments/{task.pk}/return/decision/", decision).status_code == 422
        decision["due_on"] = next_week().isoformat()
        assert branch.post(f"/assignments/{task.pk}/return/decision/", decision).status_code == 302
        assert Assignment.objects.get(pk=task.pk).state == AssignmentState.HANDED_OUT

    def test_bodies_are_kept_by_the_branch(self, web):
        branch = web(secretary())
        new = {"name": "供水公司", "kind": "utility", "contact_name": "", "contact_phone": "12"}

        assert branch.post("/bodies/new/", new).status_code == 422
        assert branch.post("/bodies/new/", new | {"contact_phone": "13912345678"}).status_code == 302
        body = ResponsibleBody.objects.get(name="供水公司")
        page = branch.get("/bodies/").text
        assert "139****5678" in page
        assert "13912345678" not in page
        assert branch.post(f"/bodies/{body.pk}/retirement/").status_code == 302
        assert not ResponsibleBody.objects.get(pk=body.pk).active


def test_a_closed_way_is_refused_and_changes_nothing():
    task = task_at(AssignmentState.HANDED_OUT)
    returned = returns.give_back(task, reason="做不了", by=secretary())
    Issue.objects.filter(pk=task.issue_id).update(step=Step.EVALUATE)

    with pytest.raises(MoveNotAllowed):
        returns.take_back(returned, answer=ReturnAnswer.MEET, note="再议", by=secretary())
    returned.refresh_from_db()
    assert returned.answer == ""
