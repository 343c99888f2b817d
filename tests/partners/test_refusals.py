"""What an operation's services may raise is found in their source, and stands in its document."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from types import FunctionType
from typing import Any

import pytest
from django.conf import settings

from compounds.kernel.errors import DomainError
from compounds.partners.refusals import refusals_of
from compounds.partners.views import ApiView
from tests.partners.test_grants import views

_OURS = tuple(name.rpartition(".")[0] or name for name in settings.TENANT_APPS)
# Nobody agrees to be rung through the API.
NEVER = {"no_number_to_ring", "other_number_known"}


class Raised:
    """The errors that a view's method may raise, by following the calls that its source names."""

    def __init__(self, view: type[ApiView]) -> None:
        self.view = view
        self.found: set[type[DomainError]] = set()
        self._seen: set[Any] = set()

    def follow(self, function: Any) -> None:
        function = inspect.unwrap(function) if callable(function) else None
        if not isinstance(function, FunctionType) or function in self._seen:
            return
        self._seen.add(function)
        if not function.__module__.startswith(_OURS):
            return
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
            for named in _named(node):
                meant = self._meant(named, function)
                if isinstance(meant, type) and issubclass(meant, DomainError):
                    self.found.add(meant)
                elif isinstance(node, ast.Call):
                    self.follow(meant)

    def _meant(self, node: ast.AST, function: FunctionType) -> Any:
        if isinstance(node, ast.Name):
            return function.__globals__.get(node.id)
        if not isinstance(node, ast.Attribute):
            return None
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            return getattr(self.view, node.attr, None)
        return getattr(self._meant(node.value, function), node.attr, None)


def _named(node: ast.AST) -> Iterator[ast.AST]:
    """What is called, raised, or handed on to be raised."""
    if isinstance(node, ast.Call):
        yield from (node.func, *node.args, *(one.value for one in node.keywords))
    elif isinstance(node, ast.Raise) and node.exc is not None:
        yield node.exc


OPERATIONS = [
    (route, view, method)
    for urlconf in (settings.COMPOUND_URLCONF, settings.ROOT_URLCONF)
    for route, view in views(urlconf)
    for method in ("get", "post", "patch")
    if hasattr(view, method)
]


def test_every_error_that_a_service_raises_is_documented_for_its_operation():
    seen: set[str] = set()
    for route, view, method in OPERATIONS:
        raised = Raised(view)
        # The acts on a task stand in methods of their own, which a common one calls.
        raised.follow(getattr(view, method))
        known = {(one.status, one.code) for one in refusals_of(view, method.upper())}
        missing = {error.code for error in raised.found if (error.status, error.code) not in known} - NEVER
        assert missing == set(), (route, method)
        seen |= {error.code for error in raised.found}

    assert {"assignment_state", "not_its_own", "nothing_corrected", "no_phone_known", "cursor_invalid"} <= seen


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_code_has_an_example_of_its_own(method):
    for _route, view, has in OPERATIONS:
        if has.upper() == method:
            for one in refusals_of(view, method):
                assert (one.example["status"], one.example["code"]) == (one.status, one.code)
                assert "%(" not in str(one.example)
