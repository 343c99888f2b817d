"""Every refusal is problem+json with a stable code, in the language of the one who asks."""

import json

import pytest
from django.test import Client as Browser

from compounds.partners.models import Client
from compounds.partners.views import LARGEST_BODY
from consultation.models import Issue
from tests.partnering import Api, a_client, api_of, ask_for_token, token_for

GOOD = {"title": "电梯夜里异响", "said": "半夜咣当响。", "category": 1}


@pytest.fixture
def api(north):
    return api_of(north)


def refusal(answer):
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content[:200]
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["type"] == f"urn:linjuli:problem:{told['code']}"
    return answer.status_code, told["code"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/c/north/api/v1/nothing/", (404, "not_found")),
        ("/c/no-such/api/v1/issues/", (404, "not_found")),
        ("/api/v1/nothing/", (404, "not_found")),
        ("issues/2026-9999/", (404, "not_found")),
        ("issues/?cursor=x", (400, "cursor_invalid")),
        ("issues/?limit=201", (400, "invalid")),
        ("issues/?limit=0", (400, "invalid")),
        ("issues/?limit=99999999999999999999", (400, "invalid")),
        ("issues/?colour=red", (400, "invalid")),
        ("issues/?step=nope", (400, "invalid")),
        ("issues/?updated_since=2026-03-01T08:00:00", (400, "invalid")),
        ("issues/?updated_since=2026-13-41T08:00:00Z", (400, "invalid")),
        ("issues/?updated_since=%00", (400, "invalid")),
        ("issues/?updated_since=0001-01-01T00:00:00%2B14:00", (400, "invalid")),
        ("issues/?category=%00", (400, "invalid")),
        ("assignments/99999999999999999999/", (404, "not_found")),
        ("meetings/99999999999999999999/", (404, "not_found")),
        ("issue-lists/99999999999999999999/", (404, "not_found")),
    ],
)
def test_what_cannot_be_read_is_told(api, path, expected):
    assert refusal(api.get(path)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", (400, "parse_error")),
        (b"\xff\xfe", (400, "parse_error")),
        (b"[" * 100_000, (400, "parse_error")),
        (b'{"title": NaN}', (400, "parse_error")),
        (b"[]", (422, "invalid")),
        (b"null", (422, "invalid")),
        (b'"x"', (422, "invalid")),
        (b"1" * 5000, (400, "parse_error")),
        (b"x" * (LARGEST_BODY + 1), (413, "body_too_large")),
        (b"x" * 10_000_000, (413, "body_too_large")),
        (json.dumps(GOOD | {"title": "a\x00b"}).encode(), (422, "invalid")),
        (b'{"title": "\\ud800", "said": "x", "category": 1}', (422, "invalid")),
        (json.dumps(GOOD | {"title": 5}).encode(), (422, "invalid")),
        (json.dumps(GOOD | {"title": "\u200b"}).encode(), (422, "invalid")),
        (json.dumps(GOOD | {"title": "x" * 81}).encode(), (422, "invalid")),
        (json.dumps(GOOD | {"category": True}).encode(), (422, "invalid")),
        (json.dumps(GOOD | {"category": 10**40}).encode(), (422, "invalid")),
        (json.dumps(GOOD | {"category": 999}).encode(), (422, "invalid")),
        (json.dumps(GOOD | {"building": 999}).encode(), (422, "invalid")),
        (json.dumps(GOOD | {"entrance": 1}).encode(), (422, "invalid")),
        (json.dumps(GOOD | {"openness": ["public"]}).encode(), (422, "invalid")),
    ],
)
def test_bodies_that_are_not_right_are_refused(api, body, expected):
    assert refusal(api.post("issues/", body)) == expected


def test_fields_are_named_by_pointers_and_unknown_ones_by_name(api):
    answer = api.post("issues/", GOOD | {"title": "", "a/b~c": 1, "colour": "red"})

    pointers = {(one["pointer"], one["code"]) for one in answer.json()["errors"]}
    assert pointers == {("/a~1b~0c", "unknown"), ("/colour", "unknown")}
    assert [one["pointer"] for one in api.post("issues/", GOOD | {"title": ""}).json()["errors"]] == ["/title"]


def test_a_zone_that_the_database_does_not_know_is_a_moment_all_the_same(api):
    """Found by schemathesis."""
    assert api.get("issues/?updated_since=7751-03-28T07:44:08%2B16:59").json() == []


@pytest.mark.parametrize("said", [{"Content_Length": "10000000"}, {"Transfer_Encoding": "chunked"}])
def test_who_only_reads_may_send_a_body_that_nobody_looks_at(api, said):
    assert api.send("GET", "issues/", **said).status_code == 200


def test_parameters_are_named(api):
    assert api.get("issues/?colour=red").json()["errors"][0]["parameter"] == "colour"


def test_another_kind_of_body_is_refused(api):
    answer = api.browser.generic(
        "POST",
        "/c/north/api/v1/issues/",
        "x",
        content_type="text/plain",
        headers=api.headers | {"Idempotency-Key": "1"},
    )

    assert refusal(answer) == (415, "unsupported_media_type")


def test_another_method_is_refused_without_a_redirect(api):
    assert refusal(api.send("DELETE", "issues/")) == (405, "method_not_allowed")
    assert refusal(api.send("PUT", "issues/", {})) == (405, "method_not_allowed")
    assert refusal(api.get("assignments/1/acceptances/")) == (405, "method_not_allowed")


def test_refusals_speak_the_language_that_is_asked_for(north):
    told = {language: Api("", language=language).get("issues/").json() for language in ("zh-CN", "en")}
    nowhere = {language: Api("", language=language).get("nothing/").json()["title"] for language in ("zh-CN", "en")}

    assert told["en"]["detail"] == "Authentication credentials were not provided."
    assert told["zh-CN"]["detail"] != told["en"]["detail"]
    assert (told["en"]["title"], told["zh-CN"]["title"]) == ("Unauthorized", "身份未确认")
    assert nowhere == {"en": "Not Found", "zh-CN": "没有找到"}


def test_emoji_and_rare_characters_are_kept(api, north):
    made = api.post("issues/", GOOD | {"title": "𠮷野家门口🙂电梯"})

    assert made.status_code == 201, made.content
    assert made.json()["title"] == "𠮷野家门口🙂电梯"


def test_the_answer_is_json_whatever_is_accepted(api):
    assert api.get("issues/", Accept="text/html").headers["Content-Type"] == "application/json"


def test_each_answer_says_how_many_requests_are_left(north):
    api = api_of(north)

    left = [api.get("issues/").headers["RateLimit"].split(";")[1] for _n in range(2)]

    assert left == ["r=599", "r=598"]


def test_where_nothing_counts_requests_none_is_taken_and_one_is_told_to_come_again(north, settings):
    client, secret = a_client(north)
    api = Api(token_for(client, secret))
    settings.CACHES = {name: cache | {"LOCATION": "redis://127.0.0.1:1/0"} for name, cache in settings.CACHES.items()}

    answers = [
        api.get("issues/"),
        api.post("issues/", GOOD),
        Api("unknown").get("issues/"),
        api.get("/api/v1/compounds/"),
        ask_for_token(client.client_id, secret),
    ]
    open311 = Browser().post("/c/north/open311/v2/requests.json", {"api_key": secret})
    page = Browser().get("/c/north/board/issues.csv")

    assert [refusal(one) for one in answers] == [(503, "unavailable")] * len(answers)
    assert open311.json()[0]["code"] == open311.status_code == page.status_code == 503
    assert {one.headers["Retry-After"] for one in [*answers, open311, page]} == {"5"}
    assert not Issue.objects.exists()


def test_too_many_requests_are_told_when_to_come_again(north):
    api = api_of(north)
    Client.objects.update(per_minute=2)

    answers = [api.get("issues/") for _n in range(3)]

    assert [one.status_code for one in answers][:2] == [200, 200]
    assert refusal(answers[2]) == (429, "too_many_requests")
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert "RateLimit" in answers[2].headers
