"""Who may send what: every form of the pages inside a compound, outside and in the admin, each with its sender."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.forms import BaseForm, FileField
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from compounds.accounts import invitations
from compounds.accounts.models import User
from compounds.organisation.appointments import appoint
from compounds.organisation.models import Person, PostKind
from compounds.registry.context import compound_context
from tests.architecture import addresses, scenery
from tests.architecture.scenery import Scenery
from tests.factories import LONG_AGO, unit_for
from tests.safety.forms import Control, Form, of_page
from tests.volunteers import help_scenery
from tests.volunteers import scenery as volunteers

MOUNT = "/c/north"
# They would end the sender's session.
_ENDS_THE_SESSION = ("/accounts/logout/",)
# Names that views read without a form.
_ANYWAY = tuple(Control(name, "text") for name in ("reason", "note", "text", "code", "next", "state", "pk", "came"))


@dataclass
class Gathered:
    """What is to be filled in, by whom; ``pages`` that were looked at; what was wrong with them already."""

    foreign: tuple[str, ...]
    forms: list[tuple[Client, Form]] = field(default_factory=list)
    posted: set[str] = field(default_factory=set)
    pages: dict[str, tuple[int, str]] = field(default_factory=dict)


def with_scenery(mark: str) -> Scenery:
    """The scenery, with another mark in every text of the compound one stands in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenery, "MARK", mark)
        patch.setattr(volunteers, "MARK", mark)
        patch.setattr(help_scenery, "_MARK", mark)
        return scenery.build()


def count_on_from(schema_name: str, first: int) -> None:
    """Rows that are made in this schema from now on have ids that no other schema has. Taken back by a rollback."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = %s", [schema_name])
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER SEQUENCE {schema_name}.{connection.ops.quote_name(name)} RESTART WITH {first}")


def gather(built: Scenery, foreign: Scenery) -> Gathered:
    ids = {f"{value}" for row in foreign.arguments.values() for name, value in row.items() if name != "size"}
    gathered = Gathered(tuple(sorted(ids)))
    member, nobody, root = _member(built.secretary), Client(), _superuser()
    for address in addresses.of_a_compound():
        path = MOUNT + address.path(built.for_route(address.route))
        _look(gathered, nobody if address.open_to_all else member, path)
    for client, path in ((nobody, "/accounts/login/"), (nobody, _invited()), (member, "/accounts/password/change/")):
        _look(gathered, client, path)
    _look(gathered, member, "/?pick=1")
    category = built.arguments["settings/categories/"]["pk"]
    _look(gathered, nobody, f"{MOUNT}/report/{built.arguments['report/']['entrance']}/?category={category}")
    _crawl(gathered, root, "/admin/")
    for address in addresses.of_a_compound():
        if (not address.methods or "POST" in address.methods) and address.name not in gathered.posted:
            path = MOUNT + address.path(built.for_route(address.route))
            client = nobody if address.open_to_all else member
            gathered.forms.append((client, Form("", path, "POST", [*_read_by(address.view), *_ANYWAY])))
    return gathered


def _look(gathered: Gathered, client: Client, path: str) -> str:
    answer = client.get(path)
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    html = answer.content.decode() if is_page and not answer.streaming else b"".join(answer).decode(errors="replace")
    gathered.pages[f"{path} {id(client)}"] = (answer.status_code, html)
    if is_page:
        _take(gathered, client, of_page(path, html))
    return html


def _take(gathered: Gathered, client: Client, forms: list[Form]) -> None:
    there = {(id(who), view_of(form.action), form.method, form.shape) for who, form in gathered.forms}
    for form in forms:
        key = (id(client), view_of(form.action), form.method, form.shape)
        if key in there or urlsplit(form.action).path in _ENDS_THE_SESSION:
            continue
        there.add(key)
        gathered.forms.append((client, form))
        if form.method == "POST":
            gathered.posted.add(view_of(form.action))


def _read_by(view: Callable[..., Any]) -> list[Control]:
    """The fields of the forms that a view's code names."""
    code = inspect.unwrap(view).__code__
    there = inspect.unwrap(view).__globals__
    named = [there.get(name) for name in code.co_names]
    modules = [one for one in named if inspect.ismodule(one)]
    named += [getattr(module, name, None) for module in modules for name in code.co_names]
    forms = [one for one in named if inspect.isclass(one) and issubclass(one, BaseForm)]
    return [
        Control(name, "file" if isinstance(field, FileField) else getattr(field.widget, "input_type", "text"))
        for form in forms
        for name, field in getattr(form, "base_fields", {}).items()
    ]


def view_of(action: str) -> str:
    """The name of the view that a form is sent to."""
    path = urlsplit(action).path
    inside = path.startswith(MOUNT + "/")
    try:
        match = resolve(path.removeprefix(MOUNT) if inside else path, settings.COMPOUND_URLCONF if inside else None)
    except Resolver404:
        return f"nowhere: {path}"
    return match.view_name or path


def _crawl(gathered: Gathered, client: Client, start: str) -> None:
    """Every kind of page of the admin: one of each shape of address."""
    todo, seen = [start], set[str]()
    while todo:
        path = todo.pop(0)
        if (shape := re.sub(r"(?<=/)(\d+|\d{4}-\d{4,}|yard|north|south)(?=/)", "…", path)) in seen:
            continue
        seen.add(shape)
        links = re.findall(r'href="([^"#?]+)', _look(gathered, client, path))
        todo += [link for link in links if link.startswith("/admin/") and "/logout/" not in link]


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _member(secretary: Person) -> Client:
    """The secretary, with more posts besides, so that hardly a form is closed to them."""
    with compound_context("c_north"):
        for kind in (PostKind.BUILDING_STEWARD, PostKind.PARTY_MEMBER, PostKind.VOLUNTEER_LEADER):
            appoint(secretary, kind=kind, unit=unit_for(kind), starts_on=LONG_AGO, by=None)
    user = User.objects.get(pk=secretary.user_id)
    user.set_password("Yutang-2026!")
    user.save()
    return _signed_in(user)


def _superuser() -> Client:
    return _signed_in(User.objects.create(username="q7root", display_name="根", is_staff=True, is_superuser=True))


def _invited() -> str:
    user = invitations.open_account("受邀")
    return f"/invite/{invitations.invite(user, now=timezone.now(), by='北苑 · 支书')}/"
