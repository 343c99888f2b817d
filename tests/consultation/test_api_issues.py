"""Step 1 through the API: bring in, read, follow, correct."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from compounds.partners.scopes import Scope
from compounds.registry.models import Compound
from consultation.models import Category, Issue, Openness
from consultation.steps import Step
from tests.committing import at_once
from tests.factories import EntranceFactory, IssueFactory, PersonFactory
from tests.partnering import Api, a_client, api_of, token_for

GOOD = {"title": "电梯夜里异响", "said": "半夜咣当响。", "category": 1}


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [one["number"] for one in answer.json()]


def next_of(answer):
    return answer.headers["Link"].partition(">")[0].removeprefix("<")


def test_what_a_partner_brings_in_is_written_down_under_its_name(north):
    entrance = EntranceFactory()
    place = {"building": entrance.building.number, "entrance": entrance.number, "place_note": "门口"}

    made = api_of(north).post("issues/", GOOD | place)

    assert made.status_code == 201, made.content
    issue = Issue.objects.get(number=made.json()["number"])
    assert (issue.step, issue.entrance, issue.said) == (Step.VISIT, entrance, GOOD["said"])
    assert issue.recorded_by.name == "12345 热线"
    assert issue.recorded_by.serving == []
    assert made.json()["place"] == {"building": entrance.building.number, "entrance": entrance.number, "note": "门口"}
    assert made.json()["said"] == GOOD["said"]


def test_it_stands_under_one_name_however_much_it_brings_in(north):
    api = api_of(north)

    for _n in range(2):
        api.post("issues/", GOOD)

    assert Person.objects.filter(name="12345 热线").count() == 1


def test_where_it_was_made_it_can_be_read(north):
    api = api_of(north)
    made = api.post("issues/", GOOD)

    read = api.get(made.headers["Location"].removeprefix("http://testserver"))

    assert read.json() == made.json()
    assert read.headers["ETag"] == made.headers["ETag"]


def test_a_confidential_matter_is_taken_in_and_told_no_further(north):
    api = api_of(north)
    category = Category.objects.filter(openness=Openness.CONFIDENTIAL).first()

    made = api.post("issues/", GOOD | {"category": category.pk})

    assert (made.status_code, set(made.json())) == (202, {"number", "openness"})
    assert Issue.objects.get().openness == Openness.CONFIDENTIAL
    assert api.get(f"issues/{made.json()['number']}/").status_code == 404
    assert numbers(api.get("issues/")) == []


def test_the_list_goes_page_by_page_newest_first(north):
    made = [IssueFactory(step=Step.MEET).number for _n in range(5)]
    api = api_of(north)

    first = api.get("issues/?limit=2")
    second = api.get(next_of(first))
    third = api.get(next_of(second))

    assert numbers(first) + numbers(second) + numbers(third) == made[::-1]
    assert "Link" not in third.headers


def test_a_cursor_is_good_for_its_own_list_only(north):
    for _n in range(2):
        IssueFactory(step=Step.MEET)
    api = api_of(north)
    url = next_of(api.get("issues/?limit=1"))

    answer = api.get(url.replace("/issues/", "/assignments/"))

    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_invalid")


def test_a_list_costs_the_same_for_one_matter_and_for_sixty(north):
    api = api_of(north)
    IssueFactory(step=Step.MEET)
    api.get("issues/")
    with CaptureQueriesContext(connection) as one:
        assert len(numbers(api.get("issues/?limit=200"))) == 1
    for _n in range(59):
        IssueFactory(step=Step.MEET)
    with CaptureQueriesContext(connection) as sixty:
        assert len(numbers(api.get("issues/?limit=200"))) == 60

    assert len(sixty) == len(one)
    assert not [query for query in sixty.captured_queries if "COUNT(" in query["sql"]]


def test_a_partner_follows_changes_without_a_gap_and_without_a_double(north):
    api = api_of(north)
    start = timezone.now() - timedelta(minutes=1)
    a, b = (IssueFactory(step=Step.MEET) for _n in range(2))
    with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=True):
        first = api.get(f"issues/?limit=1&updated_since={start:%Y-%m-%dT%H:%M:%S}Z")
        second = api.get(next_of(first))
        nothing = api.get(next_of(second))
        Issue.objects.get(pk=a.pk).save()
    with time_machine.travel(timezone.now() + timedelta(seconds=30), tick=True):
        later = api.get(next_of(nothing))

    assert numbers(first) + numbers(second) == [a.number, b.number]
    assert numbers(nothing) == []
    assert numbers(later) == [a.number]


def corrected(api, made, etag=None, **said):
    headers = {} if etag == "" else {"If_Match": etag or made.headers["ETag"]}
    return api.patch(f"issues/{made.json()['number']}/", {"reason": "听错了", **said}, **headers)


def test_a_partner_corrects_what_it_brought_in(north):
    api = api_of(north)
    made = api.post("issues/", GOOD)

    changed = corrected(api, made, title="电梯门关不上")

    assert changed.status_code == 200, changed.content
    assert changed.json()["title"] == "电梯门关不上"
    assert changed.headers["ETag"] != made.headers["ETag"]


def test_a_change_names_the_version_that_it_changes(north):
    api = api_of(north)
    made = api.post("issues/", GOOD)

    without = corrected(api, made, etag="", title="甲")
    first = corrected(api, made, title="乙")
    second = corrected(api, made, title="丙")

    assert (without.status_code, without.json()["code"]) == (428, "precondition_required")
    assert first.status_code == 200
    assert (second.status_code, second.json()["code"]) == (412, "precondition_failed")
    assert Issue.objects.get().title == "乙"


def test_of_two_changes_of_one_version_one_wins(committing):
    client, secret = a_client(Compound.objects.get(slug="yard"))
    api = Api(token_for(client, secret), "/c/yard/api/v1")
    made = api.post("issues/", GOOD)
    assert made.status_code == 201, made.content

    answers = at_once(
        2, lambda n: corrected(Api(api.headers["Authorization"].split()[1], "/c/yard/api/v1"), made, title=f"改{n}")
    )

    assert sorted(one.status_code for one in answers) == [200, 412]


def test_a_partner_does_not_correct_what_came_another_way(north):
    api = api_of(north)
    issue = IssueFactory(step=Step.MEET)
    read = api.get(f"issues/{issue.number}/")

    answer = corrected(api, read, title="甲")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_its_own")


def test_nothing_changed_is_told_and_leaves_no_trace(north):
    api = api_of(north)
    made = api.post("issues/", GOOD)

    answer = corrected(api, made, title=GOOD["title"])

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_corrected")


def test_somebody_who_is_signed_in_uses_it_by_their_posts(web, north):
    steward = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))
    company = web(PersonFactory(posts=[PostKind.PROPERTY_STAFF]))
    sent = {
        "data": GOOD,
        "content_type": "application/json",
        "headers": {"Idempotency-Key": "1", "accept-language": "en"},
    }

    made, refused = steward.post("/api/v1/issues/", **sent), company.post("/api/v1/issues/", **sent)

    assert made.status_code == 201, made.content
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    number = made.json()["number"]
    assert steward.get(f"/api/v1/issues/{number}/").json()["said"] == GOOD["said"]
    assert company.get(f"/api/v1/issues/{number}/").json()["said"] is None


def test_with_a_session_what_changes_something_needs_the_csrf_token(web, north):
    client = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))
    client.handler.enforce_csrf_checks = True

    answer = client.post("/api/v1/issues/", GOOD, content_type="application/json", headers={"Idempotency-Key": "1"})

    assert answer.status_code == 403
    assert Issue.objects.count() == 0


def test_the_steps_of_a_matter_are_told_without_names(north):
    issue = IssueFactory(step=Step.EVALUATE)
    api = api_of(north, scopes=[Scope.ISSUES_READ])

    moves = api.get(f"issues/{issue.number}/steps/").json()

    assert [one["to_step"] for one in moves] == ["visit", "propose", "handle", "evaluate"]
    assert {one["note"] for one in moves} == {None}
    assert set(moves[0]) == {"from_step", "to_step", "at", "outcome", "note"}


@pytest.mark.parametrize("placed", [False, True])
def test_bringing_a_matter_in_costs_at_most_fifteen_queries_from_the_mount_to_the_kept_answer(north, placed):
    entrance = EntranceFactory()
    said = GOOD | ({"building": entrance.building.number, "entrance": entrance.number} if placed else {})
    api = api_of(north)
    api.post("issues/", said)

    with CaptureQueriesContext(connection) as one:
        assert api.post("issues/", said).status_code == 201

    # Of two that go in one trip each counts.
    sent = [part for query in one.captured_queries for part in query["sql"].split(";\n")]
    statements = [sql for sql in sent if "SAVEPOINT" not in sql]
    assert len(statements) == (15 if placed else 14), "\n".join(statements)
