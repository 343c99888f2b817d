"""Every page about a compound × everybody of the district: the scope and the level decide, and each look is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.admin import compound_pages, list_pages
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, CompoundState, District, StaffEntry, StaffLevel, Street
from tests.factories import PersonFactory
from tests.organisation.district.conftest import compound
from tests.registry.scopes import signed_in, staff

PAGES = sorted(compound_pages._pages)
LISTS = sorted(list_pages._pages)
INSIDE = ("district", "street", "community")
# What stands for an argument of an address; the rows are not there, so those who may get a 404 at most.
ARGUMENTS = {"number": "2026-0001", "sheet": 1, "post": 1, "demand": 1}


def of(name: str, slug: str = "north") -> str:
    route = compound_pages._pages[name].route
    arguments = {key: value for key, value in ARGUMENTS.items() if f":{key}>" in route}
    return compound_pages.address(name, compound(slug).pk, **arguments)


def status(client: Client, name: str) -> int:
    """Of the page, or of the one that it leads to."""
    return client.get(of(name), follow=True).status_code


def in_its_state(name: str) -> None:
    """Pages for archived compounds are asked about an archived one."""
    if CompoundState.READY not in compound_pages._pages[name].states:
        Compound.objects.filter(slug="north").update(state=CompoundState.ARCHIVED)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scope", INSIDE)
def test_who_administers_reaches_every_page(above, name, scope):
    in_its_state(name)

    assert status(above.client("administer", scope), name) in {200, 404}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scope", INSIDE)
def test_who_reads_reaches_what_is_for_readers_only(above, name, scope):
    in_its_state(name)
    for_readers = compound_pages._pages[name].level == StaffLevel.READ

    assert status(above.client("read", scope), name) == (200 if for_readers else 403)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_scope_there_is_no_such_compound(above, name, method):
    in_its_state(name)
    far = District.objects.create(name="外区")
    scopes = {
        "district": far,
        "street": Street.objects.create(district=above.district, name="另一街道"),
        "community": Community.objects.create(district=above.district, name="另一社区"),
    }

    answers = {
        getattr(signed_in(staff(scope, "administer", **{scope: row})), method)(of(name)).status_code
        for scope, row in scopes.items()
    }

    assert answers == {404}
    assert not StaffEntry.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_members_and_strangers_are_refused(above, name):
    with compound_context("c_north"):
        secretary = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    flagged = User.objects.create(username="flag", display_name="只有标记", is_staff=True)

    member = signed_in(User.objects.get(pk=secretary.user_id)).get(of(name))
    stranger = Client().get(of(name))

    assert member.status_code in {302, 403}
    assert stranger.status_code == 302
    assert signed_in(flagged).get(of(name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_each_look_is_kept_once(above, name):
    in_its_state(name)
    client = above.client("administer", "district")

    client.get(of(name))

    kept = list(StaffEntry.objects.values_list("path", flat=True))
    assert kept == ([of(name)] if compound_pages._pages[name].enters else [])


@pytest.mark.parametrize("name", LISTS)
def test_pages_beside_the_list_are_for_those_who_administer(above, name):
    arguments = {"pk": 1} if "<int:pk>" in list_pages._pages[name].route else {}
    address = reverse(f"admin:registry_compound_{name}", kwargs=arguments)

    assert above.client("administer", "community").get(address).status_code in {200, 302, 404}
    assert above.client("read", "district").get(address).status_code == 403


def test_the_compounds_page_offers_what_one_may_do(above):
    change = f"/admin/registry/compound/{compound('north').pk}/change/"

    administers = above.client("administer", "street").get(change).context["beside"]
    reads = above.client("read", "street").get(change).context["beside"]

    assert [url.rstrip("/").rpartition("/")[2] for _title, url in administers] == [
        "secretaries",
        "rows",
        "demands",
        "archive",
        "figures",
    ]
    assert [url.rstrip("/").rpartition("/")[2] for _title, url in reads] == ["demands", "figures"]


@pytest.mark.parametrize("path", ["99999999999999999999/demands/", "0/demands/", "x/demands/"])
def test_hostile_addresses_are_answered(above, admin, path):
    assert admin.get(f"/admin/registry/compound/{path}").status_code in {302, 404}


def test_archiving_asks_first_shuts_the_compound_and_is_taken_back(above, admin):
    asked = admin.get(of("archive"))
    before = compound("north").state
    admin.post(of("archive"))
    shut = Client().get("/c/north/board/").status_code
    again = admin.post(of("archive")).status_code
    admin.post(of("restore"))

    assert "Yes, archive it" in asked.text
    assert before == CompoundState.READY
    assert (shut, again) == (404, 404)
    assert compound("north").state == CompoundState.READY


def test_forms_need_the_token_of_the_page(above):
    client = Client(enforce_csrf_checks=True)
    client.force_login(above.user("administer", "district"))

    assert client.post(of("archive")).status_code == 403
    assert compound("north").state == CompoundState.READY
