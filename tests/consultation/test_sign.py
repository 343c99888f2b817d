"""The sign of the five steps says of each whether the matter came through it."""

import pytest

from consultation.models import AssignmentState, Outcome
from consultation.services import step5_evaluate
from consultation.steps import Step
from consultation.web.sign import sign_of
from tests.consultation.handling import secretary, task_at
from tests.factories import IssueFactory


def states(issue):
    return [circle.state for circle in sign_of(issue)]


@pytest.mark.parametrize(
    ("step", "shown"),
    [(Step.VISIT, ["now", "", "", "", ""]), (Step.MEET, ["done", "done", "now", "", ""])],
)
def test_what_is_behind_it_is_done_and_what_is_to_come_is_empty(north, step, shown):
    assert states(IssueFactory(step=step)) == shown


def test_what_was_handed_out_at_once_met_no_four_parties(north):
    assert states(task_at(AssignmentState.ACCEPTED).issue) == ["done", "done", "skipped", "now", ""]


def test_what_is_closed_without_work_was_never_worked_on(north, web):
    issue = IssueFactory(step=Step.PROPOSE)
    step5_evaluate.close(issue, outcome=Outcome.PLANNED, note="", by=secretary())
    issue.refresh_from_db()

    assert states(issue) == ["done", "done", "skipped", "skipped", "skipped"]
    assert "not needed" in web(secretary()).get(f"/issues/{issue.number}/").text
