"""Links of the documents (OpenAPI 3.1, Link Object): from what an answer says to where one goes on with it.

They are not written by hand. The parameter of an address below a list names a field of that list's rows: whoever has
a row can go there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

type Told = dict[str, Any]
_JSON = "application/json"


@dataclass(frozen=True)
class _Target:
    """An operation below one row of a list, and which field of the row leads to it."""

    operation: str
    component: str
    field: str
    # What the list is called in the singular: other rows name one of its rows by a field of this name.
    noun: str
    reads_row: bool
    needs_version: bool


def add(made: Told) -> None:
    """Write them into each answer that one can go on from."""
    targets = list(_targets(made))
    for methods in made["paths"].values():
        for told in methods.values():
            for status, answer in told["responses"].items():
                if status.startswith("2") and (found := dict(_links(made, told, answer, targets))):
                    answer["links"] = found


def _targets(made: Told) -> Iterator[_Target]:
    for path, methods in made["paths"].items():
        above, opened, rest = path.partition("{")
        field, _closed, below = rest.partition("}")
        component, many = _component(made["paths"].get(above, {}).get("get", {}).get("responses", {}).get("200", {}))
        if not opened or "{" in below or not many or field not in _fields(made, component):
            continue
        for method, told in methods.items():
            yield _Target(
                told["operationId"],
                component,
                field,
                noun=above.rstrip("/").rpartition("/")[2].removesuffix("s").replace("-", "_"),
                reads_row=method == "get" and below == "/",
                needs_version=any(said["name"] == "If-Match" for said in told.get("parameters", [])),
            )


def _links(made: Told, told: Told, answer: Told, targets: list[_Target]) -> Iterator[tuple[str, Told]]:
    component, many = _component(answer)
    row = "$response.body#/0" if many else "$response.body#"
    for target in targets:
        if target.operation == told["operationId"] or (many and target.needs_version):
            continue
        if target.component == component:
            named: Told = {target.field: f"{row}/{target.field}"}
        elif target.reads_row and target.noun in _fields(made, component):
            named = {target.field: f"{row}/{target.noun}"}
        else:
            continue
        if target.needs_version:
            named["If-Match"] = "$response.header.ETag"
        yield target.operation, {"operationId": target.operation, "parameters": named}


def _component(answer: Told) -> tuple[str, bool]:
    """The name of the schema that is answered, and whether it is a list of them; no name where it is none."""
    schema = answer.get("content", {}).get(_JSON, {}).get("schema", {})
    many = schema.get("type") == "array"
    return (schema["items"] if many else schema).get("$ref", "").rpartition("/")[2], many


def _fields(made: Told, component: str) -> Told:
    found: Told = made["components"]["schemas"].get(component, {}).get("properties", {})
    return found
