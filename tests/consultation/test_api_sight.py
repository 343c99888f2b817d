"""What a partner's system reads of a matter, through every address: the column ``pt`` of the openness matrix."""

import pytest

from compounds.oversight.models import OpenItem
from compounds.oversight.recount import recount
from compounds.partners.scopes import Scope
from consultation import policies
from consultation.models import Issue, IssueList, Meeting, Minutes, Openness, Report
from consultation.services import flow
from consultation.steps import Step
from tests.consultation.handling import secretary
from tests.consultation.test_openness_matrix import MARKS, drawn, matter
from tests.factories import EntranceFactory, IssueFactory, PersonFactory
from tests.partnering import api_of

READS = [Scope.ISSUES_READ, Scope.MEMBERS_READ, Scope.NOTICES_READ]


def everything(api, issue):
    """All that the API says of a matter, and what each address answered."""
    task = issue.assignments.first()
    paths = [
        f"issues/{issue.number}/",
        f"issues/{issue.number}/steps/",
        f"issues/{issue.number}/evaluation/",
        f"assignments/{task.pk}/" if task else "assignments/",
        *("issues/", "assignments/", "postings/", "meetings/", "meetings/7/", "issue-lists/"),
    ]
    answers = {path: api.get(path) for path in paths}
    assert {one.status_code for one in answers.values()} <= {200, 404}
    return "".join(one.content.decode() for one in answers.values() if one.status_code == 200)


@pytest.mark.parametrize("openness", list(Openness))
def test_the_api_tells_what_the_table_says_and_nothing_else(north, openness):
    issue, _entrance = matter(openness)
    table = drawn()

    said = everything(api_of(north, scopes=READS), issue)

    seen = {field: mark in said for field, mark in MARKS.items()} | {"row": issue.number in said}
    assert seen == {field: table[openness, field, "pt"] for field in seen}


def test_without_the_scope_for_it_only_what_hangs_on_the_board_is_told(north):
    api = api_of(north, scopes=[Scope.ISSUES_READ])
    board, early, members = (
        IssueFactory(step=step, openness=openness)
        for step, openness in (
            (Step.MEET, Openness.PUBLIC),
            (Step.PROPOSE, Openness.PUBLIC),
            (Step.MEET, Openness.MEMBERS),
        )
    )

    assert [one["number"] for one in api.get("issues/").json()] == [board.number]
    assert [api.get(f"issues/{one.number}/").status_code for one in (early, members)] == [404, 404]
    wider = api_of(north, scopes=READS)
    assert {one["number"] for one in wider.get("issues/").json()} == {board.number, early.number, members.number}


def test_the_register_tells_titles_of_what_the_matters_themselves_are_told_of(north):
    for step, openness in (
        (Step.MEET, Openness.PUBLIC),
        (Step.PROPOSE, Openness.PUBLIC),
        (Step.HANDLE, Openness.MEMBERS),
        (Step.MEET, Openness.CONFIDENTIAL),
    ):
        IssueFactory(step=step, openness=openness)
    Report.objects.create(issue=IssueFactory(), entrance=EntranceFactory(), tracking_hash="x")

    recount("c_north")

    for scopes, column in (([Scope.ISSUES_READ], "on_board"), (READS, "for_members")):
        told = {one["number"] for one in api_of(north, scopes=scopes).get("issues/").json()}
        assert told == set(OpenItem.objects.filter(**{column: True}).values_list("number", flat=True))
    assert OpenItem.objects.count() == 4


def test_of_its_own_matter_too_the_branchs_notes_are_not_for_it(north):
    api = api_of(north)
    number = api.post("issues/", {"title": "灯", "said": "楼道黑", "category": 1}).json()["number"]
    flow.advance(Issue.objects.get(number=number), Step.PROPOSE, note="来电人情绪激动", by=secretary())

    steps = api.get(f"issues/{number}/steps/").json()

    assert [(one["to_step"], one["note"]) for one in steps] == [("visit", None), ("propose", None)]
    assert api.get(f"issues/{number}/").json()["said"] == "楼道黑"


def test_not_even_its_own_matter_is_told_once_it_is_confidential(north):
    api = api_of(north)
    number = api.post("issues/", {"title": "吵架", "said": "x", "category": 1}).json()["number"]
    Issue.objects.filter(number=number).update(openness=Openness.CONFIDENTIAL)

    assert api.get(f"issues/{number}/").status_code == 404
    assert api.patch(f"issues/{number}/", {"reason": "x", "title": "y"}, If_Match="*").status_code == 404


def test_the_branch_too_reads_no_confidential_matter_through_the_api(web, north):
    issue = IssueFactory(openness=Openness.CONFIDENTIAL)
    client = web(secretary())

    assert client.get(f"/issues/{issue.number}/").status_code == 200
    assert client.get(f"/api/v1/issues/{issue.number}/").status_code == 404


def test_decisions_are_told_once_the_minutes_are_issued(north):
    issue, _entrance = matter(Openness.PUBLIC)
    api = api_of(north, scopes=READS)

    told = api.get("meetings/7/").json()

    assert (told["agenda"], told["decisions"], told["minutes_issued_at"]) == ([issue.number], [], None)
    Minutes.objects.create(meeting=Meeting.objects.get(number=7), drawn_up_on="2026-03-01", drawn_up_by=PersonFactory())
    assert api.get("meetings/7/").json()["decisions"] == []


def test_a_draft_list_is_nobodys_business(north):
    IssueList.objects.create(edition=1)

    assert api_of(north).get("issue-lists/").json() == []
    assert api_of(north).get("issue-lists/1/").status_code == 404


def test_the_partner_is_in_the_matrix():
    assert policies.PARTNER in policies.FIELDS[Openness.PUBLIC]["row"]
    assert policies.PARTNER not in policies.FIELDS[Openness.CONFIDENTIAL]["row"]
