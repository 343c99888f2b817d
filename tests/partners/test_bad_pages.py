"""Pages of a list that cannot be: too many rows, a cursor that is none of ours, a moment without a zone."""

import pytest

from compounds.partners.documents import documents
from tests.partnering import api_of
from tests.partners.writing import MOUNTS


def lists(parameter: str) -> list[tuple[str, str]]:
    """Names and addresses of what is read by page, and takes this parameter."""
    return [
        (told["operationId"], MOUNTS[name] + path)
        for name, one in documents().items()
        for path, methods in one.made()["paths"].items()
        for told in methods.values()
        if parameter in {said["name"] for said in told.get("parameters", [])} and "{" not in path
    ]


@pytest.mark.parametrize("parameter", ["limit", "cursor", "updated_since"])
def test_pages_that_cannot_be_are_refused_on_every_list(north, parameter):
    api = api_of(north)
    issues = api.get("issues/?updated_since=2026-01-01T00:00:00Z").headers["Link"]
    cursor = issues.partition("cursor=")[2].partition("%3E")[0].partition(">")[0]
    wrong = {
        "limit": ["0", "201", "9" * 30, "1e3", "", "%00"],
        "cursor": [cursor[:-1], cursor.upper(), "x" * 301, "%00", "电"],
        "updated_since": ["2026-03-01T08:00:00", "20260301", "%00", "2026-02-30T00:00:00Z"],
    }[parameter]

    for name, path in lists(parameter):
        since = "updated_since=2026-01-01T00:00:00Z&" if "updated_since" in path else ""
        for value in wrong if parameter != "cursor" or name == "issues" else [*wrong, cursor]:
            answer = api.get(f"{path}?{since}{parameter}={value}")
            told = answer.json()
            code = told["code"] if "errors" not in told else [one["parameter"] for one in told["errors"]]
            expected = ("cursor_invalid", ["cursor"]) if parameter == "cursor" else ([parameter],)
            assert (answer.status_code, code in expected) == (400, True), (name, value, answer.content)
