"""Every operation that writes, found in the documents, with a request that is right; so that it can be made wrong."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from compounds.partners.documents import documents

MOUNTS = {"compound": "/c/north", "district": ""}
JSON = "application/json"
# Eight grey dots by eight.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGM4AQUMlDEACLEyAaio5RMAAAAASUVORK5CYII="
)
_NOTHING: dict[str, Any] = {"content": {JSON: {}}}


@dataclass(frozen=True)
class Operation:
    """One method of one address that takes JSON; ``example`` is the document's own, ``shape`` its schema."""

    name: str
    method: str
    path: str
    shape: dict[str, Any]
    example: dict[str, Any] = field(hash=False)

    def fields(self, *types: str) -> list[str]:
        """The names of those fields that take one of these types."""
        return [name for name, said in self.shape.get("properties", {}).items() if said.get("type") in types]

    def __str__(self) -> str:
        return self.name


def operations() -> list[Operation]:
    return [
        Operation(told["operationId"], method.upper(), MOUNTS[name] + path, *_taken(told, made))
        for name, one in documents().items()
        for made in [one.made()]
        for path, methods in made["paths"].items()
        for method, told in methods.items()
        if method in {"post", "put", "patch", "delete"} and JSON in told.get("requestBody", _NOTHING)["content"]
    ]


def _taken(told: dict[str, Any], made: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = told.get("requestBody", _NOTHING)["content"][JSON]
    shape = made["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]] if content else {}
    return shape, next(iter(content.get("examples", {}).values()), {"value": {}})["value"]


def rows() -> dict[str, int]:
    """How many rows each table of the compound holds, and what was answered and told."""
    labels = {name.rsplit(".", 1)[-1] for name in settings.TENANT_APPS} | {"partners"}
    tables = sorted({model._meta.db_table for model in apps.get_models() if model._meta.app_label in labels})
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
        return dict(cursor.fetchall())


def as_json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
