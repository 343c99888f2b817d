"""The branch's inbox: what came in, oldest first, by category, sorted or not; my day counts what is unsorted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compounds.organisation.models import PostKind
from consultation.models import Category, StepRecord
from consultation.services import flow
from consultation.steps import Step
from tests.consultation.branch import at_branch, listed, sorted_so
from tests.consultation.handling import secretary
from tests.factories import IssueFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("north")


def titles(client, query: str = "") -> list[str]:
    return [issue.title for issue in client.get(f"/inbox/{query}").context["rows"]]


def test_shows_what_lies_with_the_branch_by_the_day_it_came_in(web):
    late, early = IssueFactory(title="后到"), IssueFactory(title="先到")
    for issue in (early, late):
        flow.advance(issue, Step.PROPOSE, by=secretary())
    IssueFactory(title="还在走访")
    IssueFactory(title="已上会", step=Step.MEET)

    assert titles(web(secretary())) == ["先到", "后到"]
    assert StepRecord.objects.filter(to_step=Step.PROPOSE).count() == 3


def test_by_category_and_sorted_or_not(web):
    leaks = Category.objects.get(name="渗水漏水")
    at_branch(title="电梯")
    at_branch(title="漏水", category=leaks)
    sorted_so(title="已理")
    client = web(secretary())

    assert titles(client, "?state=unsorted") == ["电梯", "漏水"]
    assert titles(client, "?state=sorted") == ["已理"]
    assert titles(client, f"?category={leaks.pk}") == ["漏水"]
    assert titles(client, f"?state=sorted&category={leaks.pk}") == []
    assert client.get("/inbox/?state=nonsense").status_code == 422


def test_one_tap_sorts_and_leads_back(web):
    issue, client = at_branch(), web(secretary())
    sheet = {
        "urgency": "soon",
        "concerns": "anyone",
        "served": "several",
        "working_days": 5,
        "difficulty": "moderate",
        "suggestion": "四方商议",
    }

    assert f"/issues/{issue.number}/proposal/?from=inbox" in client.get("/inbox/").content.decode()
    answer = client.post(f"/issues/{issue.number}/proposal/?from=inbox", sheet)

    assert answer["Location"].endswith("/inbox/")


def test_my_day_counts_the_unsorted_for_the_branch_only(web):
    at_branch()
    listed()
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    assert web(secretary()).get("/").context["unsorted"] == 1
    assert web(steward).get("/").context["unsorted"] is None
    assert web(steward).get("/inbox/").status_code == 403


def test_costs_the_same_for_two_and_for_thirty(web):
    client = web(secretary())
    at_branch()
    sorted_so()
    with CaptureQueriesContext(connection) as few:
        client.get("/inbox/")
    for _ in range(14):
        at_branch()
        sorted_so()

    with CaptureQueriesContext(connection) as many:
        client.get("/inbox/")

    assert len(many) == len(few)
