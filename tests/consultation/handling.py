"""Matters in steps 4 and 5, as their tests begin with them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from consultation.models import Assignment, AssignmentState, BodyKind, Issue, ReturnAnswer, Voice
from consultation.services import flow, returns, step4_handle
from consultation.steps import Step
from tests.factories import BodyFactory, HouseholdFactory, IssueFactory, PersonFactory
from tests.pictures import a_picture

SOLVED = "已更换减震垫，试运行三晚。"


def task_at(
    state: AssignmentState, *, due_on: date | None = None, body_kind: str = BodyKind.PROPERTY_COMPANY, **issue: Any
) -> Assignment:
    """A task brought to ``state`` by the services, of a new matter with these fields."""
    by = secretary()
    matter: Issue = IssueFactory(step=Step.PROPOSE, **issue)
    body = BodyFactory(kind=body_kind)
    due_on = due_on or timezone.localdate() + timedelta(days=7)
    matter = flow.advance(matter, Step.HANDLE, body=body, due_on=due_on, by=by)
    task = Assignment.objects.create(issue=matter, body=body, task="更换减震垫", due_on=due_on)
    if state == AssignmentState.HANDED_OUT:
        return task
    if state in {AssignmentState.RETURNED, AssignmentState.WITHDRAWN}:
        returned = returns.give_back(task, reason="不归我们管", by=by)
        if state == AssignmentState.WITHDRAWN:
            returns.take_back(returned, answer=ReturnAnswer.MEET, note="再议", by=by)
        return Assignment.objects.select_related("issue").get(pk=task.pk)
    task = step4_handle.accept(task, by=by)
    if state == AssignmentState.ACCEPTED:
        return task
    task = step4_handle.report_done(task, report=SOLVED, photos=[a_picture()], by=by)
    if state == AssignmentState.DONE:
        return task
    step4_handle.verify(task, passed=True, note="", photo=a_picture(), by=by)
    return Assignment.objects.select_related("issue").get(pk=task.pk)


def secretary() -> Person:
    """The branch secretary: only one person holds the post."""
    known = Person.objects.filter(posts__kind=PostKind.BRANCH_SECRETARY).first()
    return known or PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


def voice_of(issue: Issue, *, name: str = "王桂花", household: Any = None, person: Person | None = None) -> Voice:
    """One more voice, with a household of its own unless told otherwise."""
    person = person or PersonFactory(name=name)
    return Voice.objects.create(
        issue=issue, person=person, household=household or HouseholdFactory(), recorded_by=issue.recorded_by
    )
