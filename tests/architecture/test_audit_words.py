"""Every audit entry is shown in words: each action that any service writes down has a name for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

import config.urls_compound  # noqa: F401 - brings the words of every app
from compounds.organisation.audit_words import _FACTS, WORDS

APPS = ("compounds", "consultation", "notices", "volunteers")


def recorded() -> Iterator[tuple[Path, ast.Call]]:
    for path in (file for app in APPS for file in Path(settings.BASE_DIR, app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                yield path, node


def actions() -> set[str]:
    found = set()
    for path, node in recorded():
        name = node.args[0]
        assert isinstance(name, ast.Constant), f"{path}: the action stands there as a word"
        found.add(name.value)
    return found


def test_each_action_has_words():
    assert len(actions()) > 20
    assert actions() - set(WORDS) == set()


def test_each_fact_has_a_name():
    told = {fact.arg for _path, node in recorded() for fact in node.keywords if fact.arg}

    assert told - set(_FACTS) == {"about", "by", "before", "after"}
