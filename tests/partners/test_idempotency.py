"""A POST that is sent again is done once, and answered as the first time, byte for byte."""

from datetime import timedelta

import time_machine
from django.db import connection
from django.utils import timezone

from compounds.partners.idempotency import forget_old
from compounds.partners.models import KeptAnswer
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from consultation.models import Issue
from tests.committing import YARD, at_once
from tests.partnering import Api, a_client, api_of, token_for

GOOD = {"title": "电梯夜里异响", "said": "半夜咣当响。", "category": 1}


def test_the_same_key_and_body_give_the_same_answer_byte_for_byte(north):
    api = api_of(north)

    first, second = (api.post("issues/", GOOD, Idempotency_Key="one") for _n in range(2))

    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert [first.headers[name] for name in ("Location", "ETag")] == [
        second.headers[name] for name in ("Location", "ETag")
    ]
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Issue.objects.count() == 1


def test_another_body_or_address_with_the_same_key_is_refused(north):
    api = api_of(north)
    api.post("issues/", GOOD, Idempotency_Key="one")

    answer = api.post("issues/", GOOD | {"title": "别的"}, Idempotency_Key="one")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Issue.objects.count() == 1


def test_a_key_is_asked_for(north):
    api = api_of(north)

    without = api.send("POST", "issues/", GOOD)
    empty = api.send("POST", "issues/", GOOD, Idempotency_Key="")
    long = api.send("POST", "issues/", GOOD, Idempotency_Key="x" * 256)

    assert [without.json()["code"], empty.json()["code"], long.json()["code"]] == [
        "idempotency_key_missing",
        "idempotency_key_invalid",
        "idempotency_key_invalid",
    ]
    assert Issue.objects.count() == 0


def test_a_refusal_is_not_kept_since_it_changed_nothing(north):
    api = api_of(north)

    refused = api.post("issues/", GOOD | {"category": 999}, Idempotency_Key="one")
    mended = api.post("issues/", GOOD, Idempotency_Key="one")

    assert (refused.status_code, mended.status_code) == (422, 201)


def test_keys_of_two_clients_have_nothing_to_do_with_each_other(north):
    answers = [api_of(north).post("issues/", GOOD, Idempotency_Key="one") for _n in range(2)]

    assert answers[0].json()["number"] != answers[1].json()["number"]


def test_a_key_is_forgotten_after_a_day(north):
    client, secret = a_client(north)
    Api(token_for(client, secret)).post("issues/", GOOD, Idempotency_Key="one")

    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        again = Api(token_for(client, secret)).post("issues/", GOOD, Idempotency_Key="one")
        assert forget_old(timezone.now()) == 0

    assert "Idempotent-Replayed" not in again.headers
    assert Issue.objects.count() == 2
    assert forget_old(timezone.now() + timedelta(days=3)) == 1
    assert KeptAnswer.objects.count() == 0


def test_fifty_identical_requests_at_once_make_one_matter(committing):
    client, secret = a_client(Compound.objects.get(slug="yard"))
    token = token_for(client, secret)
    with compound_context(YARD):
        before = Issue.objects.count()

    answers = at_once(50, lambda _n: Api(token, "/c/yard/api/v1").post("issues/", GOOD, Idempotency_Key="one"))

    with compound_context(YARD):
        assert Issue.objects.count() == before + 1
    made = [one for one in answers if one.status_code == 201]
    told = [one for one in answers if one.status_code == 409]
    assert len(made) + len(told) == 50, [getattr(one, "content", one) for one in answers]
    assert len({one.content for one in made}) == 1
    assert {one.json()["code"] for one in told} <= {"idempotency_key_in_use"}
    assert {one.headers["Retry-After"] for one in told} <= {"1"}
    again = Api(token, "/c/yard/api/v1").post("issues/", GOOD, Idempotency_Key="one")
    assert again.content == made[0].content
    assert connection.schema_name == "public"
