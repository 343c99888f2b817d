"""Every address outside the compounds, the district's admin above all × everybody who has no business there."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.plugin import DjangoDbBlocker

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, District, Staff, StaffEntry
from tests.architecture import addresses
from tests.architecture.addresses import Address
from tests.factories import IssueFactory, PersonFactory

OUTSIDE = addresses.outside()
# What stands for a login, or is for anybody. The rest of the addresses outside asks who it is.
OPEN = {
    "short_link",
    "invitation",
    "account_login",
    "account_logout",
    "account_signup",
    "account_reset_password",
    "account_inactive",
    "set_language",
    "token",
    "admin:login",
    "admin:jsi18n",
}
# Of this place, and shown to nobody else.
NAMES = ("北苑", "测试社区", "测试区", "竹里人")


@pytest.fixture
def cast(gathered: dict[str, User | None]) -> Iterator[dict[str, User | None]]:
    with transaction.atomic():
        yield gathered
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def gathered(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, User | None]]:
    """Who comes: nobody, a member, staff of another district and of another community, and readers of this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        north = Compound.objects.get(slug="north")
        with compound_context("c_north"):
            person = PersonFactory(name="竹里人", posts=[PostKind.BRANCH_SECRETARY])
            IssueFactory(recorded_by=person)
        other = District.objects.create(name="外区")
        beside = Community.objects.create(district=north.community.district, name="隔壁")
        yield {
            "nobody": None,
            "a member": User.objects.get(pk=person.user_id),
            "no scope": User.objects.create(username="flag", display_name="标记", is_staff=True),
            "another district": _staff("other", district=other, level="administer"),
            "another community": _staff("beside", community=beside, level="administer"),
            "a reader": _staff("reader", district=north.community.district, level="read"),
        }
        transaction.set_rollback(True)


def _staff(name: str, **scope: Any) -> User:
    user = User.objects.create(username=name, display_name=name, is_staff=True)
    Staff.objects.create(user=user, **scope)
    return user


def signed_in(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def path_of(address: Address) -> str:
    """With a row of north's side wherever one is asked for. The admin's last pattern takes all that is left."""
    if "(?P" in address.route:
        return "/admin/nothing/here/"
    north = Compound.objects.get(slug="north")
    model = next(
        (m for m in apps.get_models() if f"admin/{m._meta.label_lower.replace('.', '/')}/" in address.route), None
    )
    row = _row_of(model, north)
    known = {name: row for name in address.converters if name in {"object_id", "pk"}}
    known |= {"slug": "north", "number": "2026-0001", "app_label": "registry", "key": row}
    if not address.name or address.name.endswith(":"):
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(known.get(found[1], 1)), address.route)
    return address.path(known, settings.ROOT_URLCONF)


def _row_of(model: Any, north: Compound) -> Any:
    if model is None:
        return 1
    mine = {Compound: north, Community: north.community, District: north.community.district}
    row = mine.get(model) or model._base_manager.order_by("pk").first()
    return row.pk if row else 1


def walk(user: User | None, look: Callable[[Address, str, Any], str | None]) -> list[str]:
    complaints = []
    client = signed_in(user)
    for address in OUTSIDE:
        path = path_of(address)
        for method in ("GET", "POST"):
            if address.name in {"account_logout", "admin:logout"} and method == "POST":
                continue
            answer = client.generic(method, path)
            assert connection.schema_name == "public"
            complaint = "breaks" if answer.status_code >= 500 else look(address, method, answer)
            if complaint:
                complaints.append(f"{method} {path}: {complaint} ({answer.status_code})")
    return complaints


def body_of(answer: HttpResponse) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def hint_in(answer: HttpResponse) -> str | None:
    told = [name for name in NAMES if name in body_of(answer)]
    return f"tells of {told}" if told else None


def test_the_walk_leaves_out_no_address():
    def count(resolver: URLResolver) -> int:
        return sum(1 if isinstance(part, URLPattern) else count(part) for part in resolver.url_patterns)

    assert len(OUTSIDE) == count(get_resolver(settings.ROOT_URLCONF)) > 100


@pytest.mark.parametrize("who", ["nobody", "a member", "no scope"])
def test_who_oversees_nothing_is_shown_nothing(cast, who):
    def look(address: Address, method: str, answer: Any) -> str | None:
        if (
            address.name in OPEN
            or address.route.startswith("api/docs/")
            or (who != "nobody" and address.name == "home")
        ):
            return None
        if address.route.startswith("admin/") and answer.status_code == 200 and who != "no scope":
            return "is let in"
        # A member reads their own name in the menu.
        own_name = "tells of ['竹里人']" if who == "a member" else None
        told = hint_in(answer)
        return None if told == own_name else told

    assert walk(cast[who], look) == []


@pytest.mark.parametrize("who", ["another district", "another community"])
def test_staff_of_elsewhere_see_nothing_of_this_place(cast, who):
    district_is_theirs = who == "another community"

    def look(address: Address, method: str, answer: Any) -> str | None:
        told = hint_in(answer)
        return None if told == "tells of ['测试区']" and district_is_theirs else told

    assert walk(cast[who], look) == []


def test_a_reader_changes_nothing(cast):
    before = rows()

    assert walk(cast["a reader"], lambda _address, _method, _answer: None) == []

    assert rows() == before


def rows() -> dict[str, str]:
    """What stands in each public table, but for sessions and what is kept of looks and sign-ins."""
    found = {}
    for model in apps.get_models():
        table = model._meta.db_table
        if (
            model._meta.app_label in {"registry", "accounts", "workdays", "partners", "jobs"}
            and model is not StaffEntry
        ):
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT md5(coalesce(string_agg(row, '|' ORDER BY row), '')) FROM "
                    f"(SELECT (to_jsonb(t) - 'last_login')::text AS row FROM {table} AS t) AS rows"
                )
                found[table] = cursor.fetchone()[0]
    return found
