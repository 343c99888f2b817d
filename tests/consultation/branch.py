"""The branch at work: its secretary, sheets, matters that lie with it."""

from typing import Any

from consultation.models import Issue, ListEntry
from consultation.services import step2_propose
from consultation.steps import Step
from tests.consultation.handling import secretary
from tests.factories import IssueFactory

SHEET: dict[str, Any] = {
    "urgency": "can_wait",
    "concerns": "anyone",
    "served": "several",
    "working_days": 5,
    "difficulty": "moderate",
    "suggestion": "四方商议",
    "seen": None,
}
SIMPLE = SHEET | {"served": "one_body", "difficulty": "simple"}


def at_branch(**facts: Any) -> Issue:
    return IssueFactory(step=Step.PROPOSE, **facts)


def sorted_so(sheet: dict[str, Any] | None = None, **facts: Any) -> Issue:
    issue = at_branch(**facts)
    step2_propose.propose(issue, **(sheet or SHEET), by=secretary())
    return issue


def listed(sheet: dict[str, Any] | None = None, **facts: Any) -> ListEntry:
    return step2_propose.put_on_list(sorted_so(sheet, **facts), by=secretary())
