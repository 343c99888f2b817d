"""Who gets a token, what it is worth, and how a secret is changed without standing still."""

from base64 import b64encode
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from compounds.accounts.models import User
from compounds.partners import clients, token, views
from compounds.partners.documents import documents
from compounds.partners.models import Client, Secret
from compounds.partners.scopes import Scope
from compounds.partners.token import MOST_FAILURES
from compounds.partners.token_documented import ERRORS, PATH
from tests.partnering import Api, a_client, api_of, ask_for_token, token_for

pytestmark = pytest.mark.django_db


def test_a_client_gets_a_short_token_and_nothing_of_it_is_kept_in_the_clear(south):
    client, secret = a_client(south)

    answer = ask_for_token(client.client_id, secret).json()

    assert answer["expires_in"] == 600
    assert "refresh_token" not in answer
    row = get_access_token_model().objects.get()
    assert answer["access_token"] not in row.token
    assert secret not in Client.objects.get().client_secret
    assert secret not in Secret.objects.get().secret_hash


def test_a_wrong_secret_gets_none_and_many_are_slowed_down(south):
    client, _secret = a_client(south)

    answers = [ask_for_token(client.client_id, "wrong").status_code for _n in range(MOST_FAILURES + 1)]

    assert answers == [401] * MOST_FAILURES + [429]


@pytest.mark.parametrize("grant_type", ["password", "authorization_code", "refresh_token", "x", ""])
def test_there_is_no_other_way_to_a_token(south, grant_type):
    client, secret = a_client(south)

    answer = ask_for_token(client.client_id, secret, grant_type=grant_type, username="x", password="x")

    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


@pytest.mark.parametrize("header", [None, "Basic eDp4", "Basic !!", "Basic ", "Bearer x", "Basic AAAA"])
def test_who_proves_nothing_by_a_header_is_an_unknown_client(db, header):
    said = {"grant_type": "client_credentials"}
    answer = Browser().post("/api/v1/token/", said, headers={"Authorization": header} if header else {})

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="token"'


def test_the_address_takes_no_other_method_and_sends_nobody_on(db):
    answer = Browser().get("/api/v1/token/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_the_document_says_how_a_token_is_got_and_every_refusal_is_one_of_its(south):
    told = documents()["district"].made()["paths"][PATH]["post"]
    client, secret = a_client(south, scopes=[Scope.ISSUES_READ])
    basic = "Basic " + b64encode(f"{client.client_id}:{secret}".encode()).decode()
    good = {"grant_type": "client_credentials", "scope": "issues:read"}
    asked = {
        "": (200, good, basic),
        "unsupported_grant_type": (400, {"grant_type": "password"}, basic),
        "invalid_scope": (400, good | {"scope": "issues:write"}, basic),
        "invalid_client": (401, good, None),
    }

    for error, (status, form, header) in asked.items():
        answer = Browser().post(
            PATH, urlencode(form), next(iter(told["requestBody"]["content"])), headers={"Authorization": header or ""}
        )
        assert (answer.status_code, answer.json().get("error", "")) == (status, error)
        examples = told["responses"][str(status)]["content"]["application/json"]["examples"]
        assert error in examples or set(answer.json()) == set(examples["Example"]["value"])
        assert answer.headers["Cache-Control"] == "no-store"
    assert {error for _status, error in ERRORS} == set(asked) - {""} | {"slow_down"}


@pytest.mark.parametrize("client_id", ["\x00", "x" * 300, "'; --", "🙂"])
def test_strange_names_are_refused(db, client_id):
    assert ask_for_token(client_id, "x").status_code == 401


def test_a_token_has_no_scope_that_its_client_has_not(south):
    client, secret = a_client(south, scopes=[Scope.ISSUES_READ])

    answer = ask_for_token(client.client_id, secret, scope="issues:read issues:write")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


def test_two_secrets_are_good_for_a_time(south):
    client, old = a_client(south)
    new = clients.new_secret(client, now=timezone.now())

    both = [ask_for_token(client.client_id, secret).status_code for secret in (old, new)]
    with time_machine.travel(timezone.now() + clients.OVERLAP + timedelta(minutes=1)):
        later = [ask_for_token(client.client_id, secret).status_code for secret in (old, new)]

    assert both == [200, 200]
    assert later == [401, 200]


def test_the_last_use_of_client_and_secret_is_written_down(north):
    client, secret = a_client(north)

    Api(token_for(client, secret)).get("issues/")

    client.refresh_from_db()
    assert client.last_used_at is not None
    assert client.secrets.get().last_used_at is not None


def test_an_expired_token_is_refused(north):
    api = api_of(north)

    with time_machine.travel(timezone.now() + timedelta(seconds=601)):
        answer = api.get("issues/")

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_client_that_is_switched_off_is_refused_at_once(north):
    client, secret = a_client(north)
    api = Api(token_for(client, secret))
    Client.objects.update(active=False)

    assert api.get("issues/").status_code == 401
    assert ask_for_token(client.client_id, secret).status_code == 401


def test_a_scope_that_is_taken_away_is_gone_from_tokens_that_are_out(north):
    client, secret = a_client(north)
    api = Api(token_for(client, secret))
    Client.objects.update(scopes=[Scope.ISSUES_WRITE])

    answer = api.get("issues/")

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_a_client_that_is_deleted_takes_its_tokens_along(north):
    client, secret = a_client(north)
    api = Api(token_for(client, secret))
    client.delete()

    assert api.get("issues/").status_code == 401


def test_nobody_signs_in_as_a_partner(south):
    client, _secret = a_client(south)

    user = User.objects.get(pk=client.user_id)

    assert not user.is_active
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    "value", ["Bearer", "Bearer ", "Bearer x", "Basic eDp4", "Bearer " + "x" * 9000, "Bearer \u00e9"]
)
def test_what_is_no_token_of_ours_is_refused(north, value):
    api = Api("")
    api.headers["Authorization"] = value

    assert api.get("issues/").status_code == 401


def test_without_any_token_one_is_asked_for_it(north):
    answer = Api("").get("issues/")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_requests_for_tokens_are_counted_by_address_whoever_asks(south, monkeypatch):
    monkeypatch.setattr(token, "MOST_REQUESTS", 2)
    client, secret = a_client(south)

    answers = [ask_for_token(client.client_id, secret) for _n in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "60"


@pytest.mark.parametrize("header", [None, "Bearer x"])
def test_requests_without_a_valid_token_are_counted_by_address_and_others_go_on(north, monkeypatch, header):
    monkeypatch.setattr(views, "MOST_STRANGERS", 2)
    stranger, partner = Api(""), api_of(north)
    stranger.headers |= {"Authorization": header} if header else {}

    answers = [stranger.get("issues/") for _n in range(3)]

    assert [one.status_code for one in answers] == [401, 401, 429]
    assert answers[2].json()["code"] == "too_many_requests"
    assert partner.get("issues/").status_code == 200
