"""What schemathesis works with: the two documents against the product, a budget, and what a document cannot say.

``FUZZ_EXAMPLES`` asks for more examples than a run in CI has (``script/fuzz``), and for others each time.
"""

import os
import uuid
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS, load_all_checks

from compounds.partners.documents import documents
from compounds.partners.models import Client
from consultation.models import BodyKind, Category
from tests.factories import BuildingFactory, EntranceFactory
from tests.partnering import a_client, token_for
from tests.partners.serving import application
from tests.partners.writing import MOUNTS, PNG

load_all_checks()
HOUSE, ENTRANCE = 9001, 2
# Fields of bodies that take some words only.
_CHOICES = {"openness", "grant_type"}
_ASKED = int(os.environ.get("FUZZ_EXAMPLES", "0"))
# After ``with_what_is_there``: schemathesis looks at what was changed anew, and takes a picture's bytes for a fault.
LEFT_OUT_OF_GOOD_ONES = [CHECKS.get_one("negative_data_rejection")]


def budget(examples: int, **more: Any) -> settings:
    """So many examples, the same each time; or as many as were asked for, by the seed that pytest is given."""
    return settings(
        max_examples=_ASKED or examples,
        derandomize=not _ASKED,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        # What was found is told as it is: making it smaller takes minutes.
        phases=[Phase.generate],
        **more,
    )


def schema_of(name: str) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_dict(documents()[name].made())
    schema.app = application
    # A document cannot forbid the null character everywhere; test_bad_input sends it.
    schema.config.generation.update(allow_x00=False)
    # Who names a version that is none is told so, whatever else they say.
    checks = schema.config.checks
    for check in (checks.positive_data_acceptance, checks.negative_data_rejection):
        check.expected_statuses = [*check.expected_statuses, "412"]
    schema.config.update(base_url=f"http://testserver{MOUNTS[name]}")
    return schema


def bearer(place: Any) -> dict[str, str]:
    """The header of a new client with a grant at that place and all scopes, to whom no limit comes near."""
    token = token_for(*a_client(place, handles=BodyKind.values))
    Client.objects.update(per_minute=1_000_000_000)
    return {"Authorization": f"Bearer {token}"}


def a_house() -> None:
    """What ``with_what_is_there`` names."""
    EntranceFactory(building=BuildingFactory(number=HOUSE), number=ENTRANCE)


def only_what_is_required(case: schemathesis.Case) -> None:
    """Of the query: a list without filters has more to go on from; a reason is asked for all the same."""
    told = case.operation.definition.raw.get("parameters", [])
    required = {one["name"] for one in told if one["in"] == "query" and one.get("required")}
    case.query = {name: said for name, said in case.query.items() if name in required}


def with_what_is_there(case: schemathesis.Case) -> None:
    """What a document cannot say: a cursor is ours, a key is new, category, building and entrance are there, a photo
    is a picture, and a text holds something that can be seen."""
    case.query.pop("cursor", None)
    if isinstance(case.query.get("reason"), str):
        case.query["reason"] = f"字{case.query['reason'][1:]}"
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if "If-Match" in case.headers and not case.headers["If-Match"].startswith('"'):
        case.headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        case.body = {
            name: f"字{said[1:]}" if isinstance(said, str) and name not in _CHOICES else said
            for name, said in case.body.items()
        }
        _put_there(case.body)


def _put_there(body: dict[str, Any]) -> None:
    """Any category, a house with its entrance, pictures."""
    if "category" in body:
        known = list(Category.objects.order_by("pk").values_list("pk", flat=True))
        body["category"] = known[int(body["category"]) % len(known)]
    if "entrance" in body or "building" in body:
        body["building"] = HOUSE
    if "entrance" in body:
        body["entrance"] = ENTRANCE
    if "photos" in body:
        body["photos"] = [PNG] * min(len(body["photos"]), 2)
