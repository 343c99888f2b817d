"""Who sends a body slowly, and who comes when the database has just gone away."""

import io
import uuid
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import connection
from django.test import Client as Browser

from compounds.partners.views import LARGEST_BODY
from compounds.registry.context import compound_context
from consultation.models import Issue
from tests.committing import YARD
from tests.partnering import Api, a_client, token_for
from tests.partners.writing import PNG, as_json

GOOD = {"title": "电梯夜里异响", "said": "半夜咣当响。", "category": 1}
PARTS = "multipart/form-data; boundary=----"
MOUNT = "/c/yard/api/v1"


class Slow(io.BytesIO):
    """A body on its way. Notes whether a connection to the database is held while it is waited for."""

    def __init__(self, body, meanwhile=lambda: None):
        super().__init__(body)
        self.held, self.meanwhile = [], meanwhile

    def read(self, *args):
        self.held.append(connection.connection is not None)
        if len(self.held) == 1:
            self.meanwhile()
            connection.close()
        return super().read(*args)


def in_parts(photo):
    fields = [
        f'------\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n' for name, said in GOOD.items()
    ]
    file = (
        '------\r\nContent-Disposition: form-data; name="photos"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    )
    return "".join([*fields, file]).encode() + photo + b"\r\n--------\r\n"


@pytest.fixture
def partner(committing):
    return a_client(committing)


def sent(partner, body, kind, meanwhile=lambda: None):
    headers = {"Authorization": f"Bearer {token_for(*partner)}", "Idempotency-Key": str(uuid.uuid4())}
    connection.close()
    slow = Slow(body, meanwhile)
    browser = Browser(raise_request_exception=False)
    answer = browser.generic(
        "POST", f"{MOUNT}/issues/", body, kind, headers=headers | {"accept-language": "en"}, **{"wsgi.input": slow}
    )
    return answer, slow.held


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (as_json(GOOD), "application/json"),
        (in_parts(PNG), PARTS),
        (in_parts(PNG + b" " * LARGEST_BODY), PARTS),
    ],
    ids=["JSON", "a small photo", "a large photo"],
)
def test_nothing_of_the_database_is_held_while_a_body_comes_in(partner, body, kind):
    answer, held = sent(partner, body, kind)

    assert answer.status_code == 201, answer.content
    assert set(held) == {False}


def test_nor_while_a_form_of_open311_comes_in(partner):
    _client, secret = partner
    said = {"api_key": secret, "service_code": 1, "description": "按钮不亮。", "address_string": "电梯厅"}
    body = urlencode(said).encode()
    connection.close()
    slow = Slow(body)

    answer = Browser().generic(
        "POST",
        "/c/yard/open311/v2/requests.json",
        body,
        "application/x-www-form-urlencoded",
        **{"wsgi.input": slow},
    )

    assert answer.status_code == 201, answer.content
    assert set(slow.held) == {False}


def test_what_was_taken_away_while_photos_came_in_is_gone(partner):
    client, _secret = partner

    answer, _held = sent(partner, in_parts(PNG + b" " * LARGEST_BODY), PARTS, client.grants.all().delete)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_grant")
    with compound_context(YARD):
        assert not Issue.objects.exists()


def test_where_the_connection_is_lost_before_any_view_one_is_told_to_come_again(partner):
    api, page = Api(token_for(*partner), MOUNT), Browser(raise_request_exception=False)
    said = connection.settings_dict
    where = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"], "password": said["PASSWORD"]}

    def cut(ask):
        connection.ensure_connection()
        with psycopg.connect(**where, dbname=said["NAME"]) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
        return ask()

    told, shown = cut(lambda: api.get("issues/")), cut(lambda: page.get("/c/yard/board/"))

    assert (told.status_code, told.json()["code"]) == (503, "unavailable")
    assert told.headers["Content-Type"] == "application/problem+json"
    assert shown.status_code == 503
    assert "请稍等片刻再试" in shown.text
    assert {told.headers["Retry-After"], shown.headers["Retry-After"]} == {"5"}
    assert [api.get("issues/").status_code, page.get("/c/yard/board/").status_code] == [200, 200]
