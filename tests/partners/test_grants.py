"""A token is worth nothing in a compound without a grant: every address, every method, every kind of other grant."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.organisation.policies import RULES
from compounds.partners import clients
from compounds.partners.scopes import Scope
from compounds.partners.views import ApiView
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, District
from tests.factories import IssueFactory, PersonFactory
from tests.partnering import Api, a_client, api_of, token_for

# What stands for each argument of an address; the matter is there.
_ARGUMENTS = {
    **dict.fromkeys(("number", "pk", "edition", "voice"), 1),
    "slug": "north",
    "photo": "6f1c2f6e-6d0f-4d6a-9f0e-0d8f5a3c1b7e",
    "size": "small",
    "quarter": "2026-Q1",
}


def views(urlconf: str) -> Iterator[tuple[str, type[ApiView]]]:
    """Every address of the API in a URL configuration, with its class."""

    def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, type[ApiView]]]:
        for part in resolver.url_patterns:
            route = before + str(part.pattern)
            if isinstance(part, URLPattern):
                shown = getattr(part.callback, "cls", None)
                if shown is not None and issubclass(shown, ApiView):
                    yield route, shown
            else:
                yield from walk(part, route)

    return walk(get_resolver(urlconf), "")


INSIDE = list(views(settings.COMPOUND_URLCONF))
OUTSIDE = list(views(settings.ROOT_URLCONF))
CALLS = [
    (route, method.upper())
    for route, view in INSIDE
    for method in view.http_method_names
    if hasattr(view, method) and method != "head"
]


def path(route: str, number: str = "2026-0001") -> str:
    route = route.replace("<issue:number>", number)
    for name, value in _ARGUMENTS.items():
        for kind in ("int:", "slug:", "uuid:", "quarter:"):
            route = route.replace(f"<{kind}{name}>", str(value))
    assert "<" not in route, route
    return route


@pytest.fixture
def elsewhere(north, south):
    """Clients of every kind that have no grant in north, and who they are."""
    other = District.objects.create(name="外区")
    community = Community.objects.create(district=other, name="外社区")
    places = {"nowhere": None, "south": south, "another community": community, "another district": other}
    return {name: Api(token_for(*a_client(place))) for name, place in places.items()}


def test_there_are_addresses():
    assert len(CALLS) > 15
    assert len(OUTSIDE) == 4


def test_without_a_grant_every_address_is_refused_without_a_hint(elsewhere):
    number = IssueFactory(title="墨竹").number

    for route, method in CALLS:
        for name, api in elsewhere.items():
            answer = api.send(method, f"/c/north/{path(route, number)}", {}, Idempotency_Key="1", If_Match="*")
            assert (answer.status_code, answer.json()["code"]) == (403, "no_grant"), (route, method, name)
            assert "墨竹" not in answer.content.decode()


def test_a_grant_without_the_scope_is_refused(north):
    without = {scope: api_of(north, scopes=[one for one in Scope if one != scope]) for scope in Scope}

    for route, method in CALLS:
        api = without[dict(INSIDE)[route].scopes[method]]
        answer = api.send(method, f"/c/north/{path(route)}", {}, Idempotency_Key="1", If_Match="*")
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), (route, method)


@pytest.mark.parametrize(("route", "view"), [*INSIDE, *OUTSIDE])
def test_every_address_names_a_scope_for_each_method_and_an_action_for_each_that_writes(route, view):
    methods = {name.upper() for name in view.http_method_names if hasattr(view, name)} - {"HEAD"}

    assert set(view.scopes) == methods
    assert set(view.actions) == methods - {"GET"}
    assert set(view.actions.values()) <= set(RULES)


def test_a_grant_reaches_the_compounds_of_its_place(south):
    north = Compound.objects.get(slug="north")

    for place in (north, north.community, north.community.district):
        assert api_of(place).get("/c/north/api/v1/issues/").status_code == 200
    assert api_of(north).get("/c/south/api/v1/issues/").status_code == 403
    assert api_of(north.community).get("/c/south/api/v1/issues/").status_code == 200


def test_a_grant_that_is_taken_away_is_gone_at_once(north):
    client, secret = a_client(north)
    api = Api(token_for(client, secret))
    client.grants.all().delete()

    assert api.get("issues/").status_code == 403


def test_a_token_does_not_open_the_pages(north):
    api = api_of(north)

    assert api.get("/c/north/issues/").status_code == 302
    assert api.get("/admin/").status_code == 302


def test_a_member_of_another_compound_is_refused(south):
    with compound_context("c_north"):
        user = User.objects.get(pk=PersonFactory(posts=[PostKind.BRANCH_SECRETARY]).user_id)
    browser = Browser()
    browser.force_login(user)

    refused = browser.get("/c/south/api/v1/issues/")

    assert browser.get("/c/north/api/v1/issues/").status_code == 200
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_compound")


def test_a_client_gets_one_grant_for_one_place(north):
    client, _secret = a_client(north)

    assert str(client.grants.get()).endswith("北苑")
    assert clients.grant(client, north.community).pk
