"""Requests that meet: the same key while the first still runs, a client or a database that goes away."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import psycopg
import pytest
from django.db import connection, connections
from django.utils import timezone

from compounds.organisation.models import Person
from compounds.partners.models import Client, Event, KeptAnswer
from compounds.registry.context import compound_context
from consultation.models import Issue, StepRecord
from tests.committing import YARD
from tests.partnering import Api, a_client, token_for

GOOD = {"title": "电梯夜里异响", "said": "半夜咣当响。", "category": 1}
MOUNT = "/c/yard/api/v1"


class Partner(NamedTuple):
    client: Client
    token: str

    @property
    def api(self) -> Api:
        return Api(self.token, MOUNT)

    def bring(self, key: str = "one") -> Any:
        return self.api.post("issues/", GOOD, Idempotency_Key=key)


@pytest.fixture
def partner(committing) -> Partner:
    client, secret = a_client(committing)
    return Partner(client, token_for(client, secret))


@pytest.fixture
def held(committing) -> Iterator[Callable[[], None]]:
    """Nobody can write down a move in the compound; ``held()`` waits until somebody tries."""
    said = connection.settings_dict
    where = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"], "password": said["PASSWORD"]}
    with psycopg.connect(**where, dbname=said["NAME"]) as other:
        other.execute(f"LOCK TABLE {YARD}.{StepRecord._meta.db_table} IN ACCESS EXCLUSIVE MODE")

        def wait() -> None:
            ends = time.monotonic() + 30
            asked = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
            while not other.execute(asked, [f"{YARD}.{StepRecord._meta.db_table}"]).fetchone():
                assert time.monotonic() < ends, "nobody came"
                time.sleep(0.01)

        wait.release = other.rollback  # type: ignore[attr-defined]
        yield wait


class Meanwhile:
    """One request in a thread of its own."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self.answer: Any = None
        self._ask = ask
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.answer = self._ask()
        finally:
            connections.close_all()

    def end(self) -> Any:
        self._thread.join(timeout=30)
        assert not self._thread.is_alive()
        return self.answer


def made() -> int:
    with compound_context(YARD):
        return Issue.objects.count()


def test_the_same_key_while_the_first_request_runs_is_told_to_come_again(partner, held):
    first = Meanwhile(partner.bring)
    held()

    second, another = partner.bring(), Meanwhile(lambda: partner.bring("another"))
    held.release()

    assert (second.status_code, second.json()["code"]) == (409, "idempotency_key_in_use")
    assert second.headers["Retry-After"] == "1"
    assert first.end().status_code == another.end().status_code == 201
    again = partner.bring()
    assert (again.content, again.headers["Idempotent-Replayed"]) == (first.answer.content, "true")
    assert made() == 2


def test_who_looked_just_before_the_first_request_ended_is_told_to_come_again_and_nothing_is_done_twice(partner, held):
    second = Meanwhile(partner.bring)
    held()

    # As if the first had ended when the second had looked for its answer and had not got the lock yet.
    KeptAnswer.objects.create(
        owner=partner.client.owner_key, schema_name=YARD, key="one", status=201, body=b"{}", created_at=timezone.now()
    )
    held.release()

    answer = second.end()
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_in_use")
    assert answer.headers["Retry-After"] == "1"
    assert made() == 0


def test_a_client_that_is_deleted_in_mid_call_is_answered_and_what_it_brought_is_kept(partner, held):
    first = Meanwhile(partner.bring)
    held()

    Client.objects.filter(pk=partner.client.pk).delete()
    held.release()

    assert first.end().status_code == 201
    with compound_context(YARD):
        issue = Issue.objects.select_related("recorded_by").get()
        assert issue.number == first.answer.json()["number"]
        assert issue.recorded_by.user_id == partner.client.user_id
    assert Event.objects.get(schema_name=YARD).brought_by is None
    assert partner.bring().json()["code"] == "invalid_token"
    assert made() == 1


def test_what_is_cut_off_in_mid_call_has_changed_nothing_and_is_done_by_the_next(partner, held):
    """Its connection to the database is lost, as when the machine goes down."""
    first = Meanwhile(partner.bring)
    held()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
            [f"{YARD}.{StepRecord._meta.db_table}"],
        )
    held.release()

    answer = first.end()
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert made() == KeptAnswer.objects.count() == 0
    with compound_context(YARD):
        assert not Person.objects.filter(user_id=partner.client.user_id).exists()
    assert partner.bring().status_code == 201


def test_who_waits_too_long_is_told_to_come_again_and_nothing_has_changed(partner, held, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "options", "-c lock_timeout=50ms")

    answer = Meanwhile(partner.bring).end()
    held.release()

    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.headers["Retry-After"] == "2"
    assert made() == KeptAnswer.objects.count() == 0
    assert partner.bring().status_code == 201
