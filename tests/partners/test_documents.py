"""The documents that are checked in are those that the code makes, and people can read them."""

import pytest
from django.core.management import call_command
from django.test import Client as Browser

from compounds.partners.documents import documents
from compounds.partners.problems import PROBLEM
from compounds.partners.token_documented import PATH

pytestmark = pytest.mark.django_db


def test_the_documents_that_are_checked_in_are_those_of_the_code(capsys):
    call_command("api_documents", check=True)

    assert "Warning" not in capsys.readouterr().err, "drf-spectacular guessed"


def test_every_address_names_its_refusals_and_every_post_its_key():
    for one in documents().values():
        for path, methods in one.made()["paths"].items():
            for method, told in methods.items():
                if path == PATH:
                    # It is OAuth's, and refuses as OAuth does.
                    continue
                assert {"400", "401", "403", "404", "429"} <= set(told["responses"]), (path, method)
                named = {parameter["name"] for parameter in told.get("parameters", [])}
                assert ("Idempotency-Key" in named) == (method == "post"), (path, method)
                changes = method == "patch" or (method == "post" and "/assignments/" in path)
                assert ("If-Match" in named) == changes == ({"412", "428"} <= set(told["responses"])), (path, method)
                assert told["summary"], (path, method)


@pytest.mark.parametrize("name", ["district", "compound"])
def test_its_pages_are_open_and_load_nothing_from_elsewhere(name):
    for page in ("", "redoc/"):
        answer = Browser().get(f"/api/docs/{name}/{page}")
        assert answer.status_code == 200
        assert "http" not in answer.text
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert Browser().get(f"/api/docs/{name}/openapi.json").json()["openapi"].startswith("3.1")


def test_there_is_a_page_that_leads_to_them_and_no_third_document():
    assert "openapi.json" in Browser().get("/api/docs/").text
    assert Browser().get("/api/docs/x/").status_code == 404
    assert Browser().get("/api/docs/x/openapi.json").status_code == 404


def test_there_is_an_example_for_every_request_and_every_answer():
    for one in documents().values():
        for path, methods in one.made()["paths"].items():
            for method, told in methods.items():
                contents = [answer.get("content", {}) for answer in told["responses"].values()]
                # Taking a task over says nothing: its body is empty.
                if not path.endswith("/acceptances/"):
                    contents.append(told.get("requestBody", {}).get("content", {}))
                without = [kind for content in contents for kind, shown in content.items() if "examples" not in shown]
                assert without == [], (path, method)


def test_every_refusal_is_an_example_by_its_code_that_the_document_holds_once():
    for one in documents().values():
        made = one.made()
        shared = made["components"]["examples"]
        for path, methods in made["paths"].items():
            for method, told in methods.items():
                for status, answer in told["responses"].items():
                    for code, example in answer.get("content", {}).get(PROBLEM, {}).get("examples", {}).items():
                        value = shared[example["$ref"].rpartition("/")[2]]["value"]
                        assert (value["code"], value["status"]) == (code, int(status)), (path, method)
