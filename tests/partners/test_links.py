"""The links of the documents lead where they say, from every answer that there is."""

from collections import defaultdict
from typing import Any

import pytest

from compounds.partners.documents import documents
from consultation.models import AssignmentState, BodyKind
from tests.consultation.handling import task_at
from tests.factories import BuildingFactory
from tests.partnering import api_of
from tests.partners.writing import MOUNTS, as_json, operations

OPERATIONS = {
    told["operationId"]: (method.upper(), path, told)
    for path, methods in documents()["compound"].made()["paths"].items()
    for method, told in methods.items()
}
BODIES = {one.name: one.example for one in operations()}
LINKS = {
    name: [link for answer in told["responses"].values() for link in answer.get("links", {}).values()]
    for name, (_method, _path, told) in OPERATIONS.items()
}


def value(expression: str, answer: Any) -> Any:
    """A runtime expression of OpenAPI, as far as the documents use them."""
    where, _dot, name = expression.removeprefix("$response.").partition(".")
    if where == "header":
        return answer.headers[name]
    found = answer.json()
    for step in where.removeprefix("body#/").split("/"):
        found = found[int(step) if isinstance(found, list) else step]
    return found


@pytest.fixture
def follow(north):
    """``follow(operation, {parameter: value})`` sends it with the example of the document."""
    for number in (3, 5):
        BuildingFactory(number=number)
    api = api_of(north, handles=BodyKind.values)

    def send(name: str, said: dict[str, Any]) -> Any:
        method, path, _told = OPERATIONS[name]
        version = {"If_Match": str(said["If-Match"])} if "If-Match" in said else {}
        ask = api.post if method == "POST" else lambda *given, **headers: api.send(method, *given, **headers)
        return ask(
            MOUNTS["compound"] + path.format_map(defaultdict(lambda: 1, said)), as_json(BODIES.get(name, {})), **version
        )

    return send


def test_what_is_brought_in_can_be_read_corrected_and_followed_and_a_task_taken_over_and_done():
    ways = {(name, link["operationId"]) for name, links in LINKS.items() for link in links}

    assert ways >= {
        *(("issue_create", "issue"), ("issue_create", "issue_correct"), ("issue_create", "issue_steps")),
        *(("issue", "issue_correct"), ("issues", "issue"), ("assignments", "assignment"), ("assignment", "issue")),
        *(("assignment", "assignment_accept"), ("assignment_accept", "assignment_progress")),
        *(("assignment_progress", "assignment_done"), ("meetings", "meeting"), ("issue_lists", "issue_list")),
    }


def test_each_link_leads_where_it_says(follow):
    issue, task = follow("issue_create", {}).json()["number"], task_at(AssignmentState.HANDED_OUT).pk
    followed = set()

    # One of each kind: what answers the same has the same links.
    for name in ("issue_create", "issues", "issue", "assignment_accept", "assignments", "assignment"):
        begun = follow(name, {"number": issue, "id": task, "If-Match": "*"})
        for link in LINKS[name]:
            there = {parameter: value(said, begun) for parameter, said in link["parameters"].items()}
            answer = follow(link["operationId"], there)
            # A task that is taken over is not taken over again, and has another version after each step.
            assert answer.status_code in {200, 201, 409, 412}, (name, link, answer.content)
            followed.add((name, link["operationId"]))

    assert len(followed) > 15
