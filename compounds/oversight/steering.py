"""What an office may do about one matter of a compound: a registration point for the apps that know matters.

    steering.register(Action("demand", title=_("Demand an answer"), …))
    steering.links(compound.pk, "2026-0007", step="handle")     # for whoever lists matters: titles and addresses

Each action is one page, ``/admin/registry/compound/<pk>/matters/<number>/<name>/``, behind the guard of the compound's
pages: within the scope, for those who administer, each call kept as a look into the compound.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from compounds.registry.admin import compound_pages
from compounds.registry.admin.compound_pages import Page, Visit, address
from compounds.registry.context import compound_context
from compounds.registry.office import Office


@dataclass(frozen=True)
class Case:
    """One matter before an office: its facts as (label, text) pairs, in the order in which they are shown."""

    heading: str
    facts: list[tuple[Any, str]]
    # What ``run`` acts on.
    subject: Any


@dataclass(frozen=True)
class Action:
    """One thing to be done about a matter. All three functions are called inside the compound.

    ``look(number, office)`` finds the matter, or raises Http404 or a DomainError. ``form(…)`` is a form class.
    ``run(case, form, office)`` does it, given a valid form, and returns what is said afterwards.
    """

    name: str
    title: Any
    button: Any
    look: Callable[[str, Office], Case]
    form: Callable[..., Form]
    run: Callable[[Case, Any, Office], str]
    # The steps of a matter at which it is offered; empty for any.
    steps: frozenset[str] = field(default_factory=frozenset)
    # Names of the page to go to afterwards, and that stands above this one.
    then: str = ""
    note: Any = ""


_actions: dict[str, Action] = {}


def register(action: Action) -> None:
    """Add an action. Raises ValueError when its name is taken."""
    if action.name in _actions:
        raise ValueError(f"{action.name} is there already")
    view = require_http_methods(["GET", "HEAD", "POST"])(partial(_answer, action=action))
    compound_pages.register(
        Page(f"matter_{action.name}", action.title, f"matters/<str:number>/{action.name}/", view, listed=False)
    )
    _actions[action.name] = action


def links(compound_pk: int, number: str, *, step: str) -> list[tuple[Any, str]]:
    """Titles and addresses of what may be done about a matter at that step, by those who administer."""
    return [
        (action.title, url(action.name, compound_pk, number))
        for action in _actions.values()
        if not action.steps or step in action.steps
    ]


def url(name: str, compound_pk: int, number: str) -> str:
    return address(f"matter_{name}", compound_pk, number=number)


def _answer(request: HttpRequest, visit: Visit, number: str, *, action: Action) -> HttpResponse:
    after = address(action.then, visit.compound.pk) if action.then else ""
    with compound_context(visit.compound.schema_name):
        case = action.look(number, visit.by)
        form = action.form(request.POST) if request.method == "POST" else action.form()
        if form.is_valid():
            said = action.run(case, form, visit.by)
            return _done(request, visit, said, after)
        above = [compound_pages.crumb(action.then, visit.compound.pk)] if action.then else []
        shown = {"case": case, "form": form, "action": action, "back": after, "above": above}
        status = 422 if request.method == "POST" else 200
        return visit.answer(request, "oversight/steering.html", status=status, **shown)


def _done(request: HttpRequest, visit: Visit, said: str, after: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(after or "admin:registry_compound_change", *([] if after else [visit.compound.pk]))
