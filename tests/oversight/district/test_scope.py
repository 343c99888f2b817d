"""Who sees which page, and what of it: by their rows of ``Staff``, and nothing beyond."""

import pytest
from django.test import Client

from compounds.accounts.models import User
from compounds.registry.models import StaffEntry
from tests.oversight.district.places import administrator, overdue, reader
from tests.registry.scopes import signed_in

PAGES = ["", "compounds/", "compounds/inside/", "overdue/", "overdue/sheet/", "comparison/", "records/"]
NAMES = {"inside": "inside小区", "beside": "beside小区", "elsewhere": "elsewhere小区"}


def scope_of(places, name):
    return {
        "district": {"district": places.inside.district},
        "street": {"street": places.inside.street},
        "community": {"community": places.inside},
    }[name]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("level", [reader, administrator])
@pytest.mark.parametrize("scope", ["district", "street", "community"])
def test_staff_of_any_scope_and_level_read_each_page(places, page, scope, level):
    client = level(**scope_of(places, scope))

    assert client.get(f"/admin/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_sent_to_sign_in(places, page):
    assert Client().get(f"/admin/{page}").status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_a_login_that_is_no_staff_is_sent_away(places, page):
    client = signed_in(User.objects.create(username="member", display_name="成员"))

    assert client.get(f"/admin/{page}").status_code == 302


@pytest.mark.parametrize(("page", "status"), [("", 200), *((page, 403) for page in PAGES[1:])])
def test_the_flag_without_a_scope_shows_nothing(places, page, status):
    client = signed_in(User.objects.create(username="flag", display_name="只有标记", is_staff=True))

    response = client.get(f"/admin/{page}")

    assert response.status_code == status
    assert not any(name in response.content.decode() for name in NAMES.values())


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_take_no_other_method(places, page):
    client = administrator(district=places.inside.district)

    assert client.post(f"/admin/{page}").status_code == 405


@pytest.mark.parametrize("page", ["", "compounds/", "overdue/", "comparison/"])
@pytest.mark.parametrize(
    ("scope", "seen"),
    [("district", {"inside", "beside"}), ("street", {"inside"}), ("community", {"inside"})],
)
def test_each_page_shows_the_own_scope_and_nothing_else(places, page, scope, seen):
    for compound in places.compounds.values():
        overdue(compound)
    client = reader(**scope_of(places, scope))

    body = client.get(f"/admin/{page}").content.decode()

    assert {slug for slug, name in NAMES.items() if name in body} == seen


def test_a_superuser_sees_all(places):
    client = signed_in(User.objects.create_superuser("boss", password="x", display_name="总"))

    body = client.get("/admin/").content.decode()

    assert all(name in body for name in NAMES.values())


@pytest.mark.parametrize("slug", ["elsewhere", "nowhere", "x%00y"])
def test_a_compound_outside_is_not_there_and_nothing_is_kept(places, slug):
    client = reader(district=places.inside.district)

    assert client.get(f"/admin/compounds/{slug}/").status_code == 404
    assert not StaffEntry.objects.exists()


def test_each_look_at_a_compound_is_kept(places):
    client = reader(community=places.inside)

    client.get("/admin/compounds/inside/")
    client.get("/admin/compounds/inside/")

    assert (
        list(StaffEntry.objects.values_list("compound__slug", "path")) == [("inside", "/admin/compounds/inside/")] * 2
    )


def test_what_an_office_may_do_is_offered_where_it_administers_only(places):
    for compound in places.compounds.values():
        overdue(compound)

    reads = reader(district=places.inside.district).get("/admin/overdue/").content.decode()
    steers = administrator(community=places.inside).get("/admin/overdue/").content.decode()

    demand = f"/admin/registry/compound/{places.compounds['inside'].pk}/matters/2026-0000/demand/"
    assert "/matters/" not in reads
    assert demand in steers
