"""schemathesis sends what the documents allow and what they do not: no 5xx, no undocumented answer, no crossing.

A fixed, small budget, the same each time; ``FUZZ_EXAMPLES`` asks for more.
"""

import os
import uuid
from itertools import product

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from compounds.partners.documents import documents
from compounds.partners.models import Client
from consultation.models import AssignmentState, BodyKind
from tests.consultation.handling import task_at
from tests.partnering import a_client, token_for

load_all_checks()
BUDGET = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "8")),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
# Another request without the token, for each example: test_grants and test_tokens ask that of every address.
LEFT_OUT = [CHECKS.get_one("ignored_auth")]
SERVED = get_wsgi_application()
MOUNTS = {"compound": "/c/north", "district": ""}


def application(environ, start_response):
    """As it is served, but for the connection: closed after a request, it would take the test's transaction along."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        answer = SERVED(environ, start_response)
        body = b"".join(answer)
        answer.close()
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
    return [body]


def schema_of(name: str) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_dict(documents()[name].made())
    schema.app = application
    # A document cannot forbid the null character everywhere; test_problems sends it.
    schema.config.generation.update(allow_x00=False)
    schema.config.update(base_url=f"http://testserver{MOUNTS[name]}")
    return schema


OPERATIONS = {(name, found.ok().label): found.ok() for name in MOUNTS for found in schema_of(name).get_all_operations()}
# What takes nothing can be given nothing wrong.
CASES = [
    (key, mode)
    for key, mode in product(OPERATIONS, GenerationMode)
    if mode == GenerationMode.POSITIVE or OPERATIONS[key].definition.raw.get("parameters")
]
INSIDE = [key for key in OPERATIONS if key[0] == "compound"]


def bearer(place) -> dict[str, str]:
    token = token_for(*a_client(place, handles=BodyKind.values))
    Client.objects.update(per_minute=1_000_000)
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(("key", "mode"), CASES, ids=str)
def test_every_answer_is_a_documented_one(north, key, mode):
    task_at(AssignmentState.HANDED_OUT)
    headers = bearer(north)

    @given(case=OPERATIONS[key].as_strategy(generation_mode=mode))
    @BUDGET
    def one(case):
        if mode == GenerationMode.POSITIVE:
            _with_what_is_there(case)
        case.call_and_validate(headers=headers, excluded_checks=LEFT_OUT)

    one()


def _with_what_is_there(case):
    """What a document cannot say: a cursor is ours, a key is new, a category is there; photos and places are not."""
    case.query.pop("cursor", None)
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        case.body = {name: said for name, said in case.body.items() if name not in {"building", "entrance", "photos"}}
        if "category" in case.body:
            case.body["category"] = 1


@pytest.mark.parametrize("key", INSIDE, ids=str)
def test_who_has_a_grant_elsewhere_reaches_nothing(north, south, key):
    headers = bearer(south)

    @given(case=OPERATIONS[key].as_strategy())
    @BUDGET
    def one(case):
        answer = case.call(headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "no_grant")

    one()
