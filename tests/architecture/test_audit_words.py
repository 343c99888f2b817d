"""Every audit entry is shown in words: each action that any service writes down has a name for people."""

import ast
from pathlib import Path

from django.conf import settings

from compounds.organisation.audit_words import WORDS

APPS = ("compounds", "consultation", "notices", "volunteers")


def actions() -> set[str]:
    found = set()
    for path in (file for app in APPS for file in Path(settings.BASE_DIR, app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                name = node.args[0]
                assert isinstance(name, ast.Constant), f"{path}: the action stands there as a word"
                found.add(name.value)
    return found


def test_each_action_has_words():
    assert len(actions()) > 20
    assert actions() - set(WORDS) == set()
