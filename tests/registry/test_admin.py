"""/admin/ for the district: what a row of Staff lets one see and do, and nothing beyond its scope."""

import pytest
from django.contrib import admin
from django.db import connection
from django_tenants.utils import schema_exists

from compounds.accounts.invitations import open_account
from compounds.accounts.models import User
from compounds.registry.context import compound_context
from compounds.registry.models import Compound, Membership, Staff, StaffEntry
from compounds.workdays.models import DayOverride
from tests.organisation.district.conftest import work_everything
from tests.registry.scopes import change, listed, signed_in, staff

PUBLIC_APPS = {"accounts", "workdays", "registry", "jobs", "partners"}


def test_the_admin_holds_public_models_only():
    ours = {model._meta.app_label for model in admin.site._registry if model.__module__.startswith("compounds")}

    assert ours == PUBLIC_APPS
    assert {model._meta.app_label for model in admin.site._registry} - PUBLIC_APPS <= {"account"}


def test_signing_in_to_the_admin_goes_through_the_one_login(client, db):
    response = client.get("/admin/login/?next=/admin/")

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_a_member_of_a_compound_is_no_staff(scopes):
    member = open_account("成员")
    Membership.objects.create(user=member, compound=scopes.compounds[scopes.inside])

    assert signed_in(member).get("/admin/", follow=True).status_code == 403


def test_an_account_without_a_staff_row_sees_nothing_even_with_the_flag(db):
    user = User.objects.create(username="flag-only", display_name="只有标记", is_staff=True)

    client = signed_in(user)

    assert client.get("/admin/").context["app_list"] == []
    assert client.get("/admin/registry/compound/").status_code == 403


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("district", {"inside", "beside"}), ("street", {"inside"}), ("community", {"inside"})],
)
def test_staff_see_what_lies_inside_their_scope(scopes, scope, expected):
    row = {"district": scopes.here, "street": scopes.street, "community": scopes.inside}[scope]

    client = signed_in(staff("s", "read", **{scope: row}))

    assert {compound.slug for compound in listed(client, Compound)} == expected


def test_a_superuser_sees_all(scopes):
    boss = User.objects.create_superuser("boss", password="x", display_name="总")

    assert {c.slug for c in listed(signed_in(boss), Compound)} >= {"inside", "beside", "elsewhere"}


@pytest.mark.parametrize(
    "path",
    [
        "registry/district/add/",
        "registry/street/add/",
        "registry/community/add/",
        "registry/compound/add/",
        "registry/staff/add/",
        "registry/membership/add/",
        "registry/staffentry/add/",
        "accounts/user/add/",
        "accounts/invitation/add/",
        "workdays/dayoverride/add/",
    ],
)
def test_a_reader_adds_nothing(scopes, path):
    client = signed_in(staff("reader", "read", district=scopes.here))

    assert client.get(f"/admin/{path}").status_code == 403


def test_a_reader_sees_rows_and_changes_none(scopes):
    client = signed_in(staff("reader", "read", district=scopes.here))

    for row in (scopes.here, scopes.street, scopes.inside, scopes.compounds[scopes.inside]):
        assert row in listed(client, type(row))
        assert change(client, row, name="anders").status_code == 403
        row.refresh_from_db()
        assert row.name != "anders"


def test_an_administrator_changes_inside_the_scope_and_nowhere_else(scopes):
    client = signed_in(staff("admin", "administer", street=scopes.street))

    inside = change(client, scopes.compounds[scopes.inside], name="新名")
    beside = change(client, scopes.compounds[scopes.beside], name="新名")

    assert inside.status_code == 302
    assert beside.url == "/admin/"
    assert list(Compound.objects.filter(name="新名")) == [scopes.compounds[scopes.inside]]


def test_one_who_reads_a_district_and_administers_a_community_changes_that_community_only(scopes):
    user = staff("both", "read", district=scopes.here)
    Staff.objects.create(user=user, level="administer", community=scopes.beside)
    client = signed_in(user)

    assert change(client, scopes.compounds[scopes.beside], name="新名").status_code == 302
    assert change(client, scopes.compounds[scopes.inside], name="新名").status_code == 403
    offered = client.get("/admin/registry/compound/add/").context["adminform"].form.fields["community"].queryset
    assert list(offered) == [scopes.beside]


@pytest.mark.parametrize("model", ["district", "street", "community", "compound", "membership", "staffentry"])
def test_nobody_deletes(scopes, model):
    boss = User.objects.create_superuser("boss", password="x", display_name="总")
    client = signed_in(boss)
    rows = {
        "district": scopes.here,
        "street": scopes.street,
        "community": scopes.inside,
        "compound": scopes.compounds[scopes.inside],
        "membership": Membership.objects.create(user=boss, compound=scopes.compounds[scopes.inside]),
        "staffentry": StaffEntry.objects.create(user=boss, compound=scopes.compounds[scopes.inside], path="/tree/"),
    }

    response = client.post(f"/admin/registry/{model}/{rows[model].pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert type(rows[model]).objects.filter(pk=rows[model].pk).exists()


def test_the_calendar_is_corrected_by_those_who_administer_a_district(scopes):
    data = {"day": "2027-01-04", "works": "", "reason": "区里放假"}

    refused = signed_in(staff("c", "administer", community=scopes.inside)).post(
        "/admin/workdays/dayoverride/add/", data
    )
    signed_in(staff("d", "administer", district=scopes.here)).post("/admin/workdays/dayoverride/add/", data)

    assert refused.status_code == 403
    assert DayOverride.objects.get().reason == "区里放假"


@pytest.mark.parametrize("slug", ["admin", "Big", "1st", "a", "inside", "a_b", "x" * 41])
def test_a_bad_address_is_answered_beside_the_field(scopes, slug):
    client = signed_in(staff("admin", "administer", district=scopes.here))

    response = client.post(
        "/admin/registry/compound/add/", {"name": "新小区", "slug": slug, "community": scopes.inside.pk, "built_on": ""}
    )

    assert response.status_code == 200
    assert response.context["errors"]
    assert not Compound.objects.filter(name="新小区").exists()


def test_adding_a_compound_has_it_opened_with_its_tree(scopes):
    client = signed_in(staff("admin", "administer", community=scopes.inside))

    response = client.post(
        "/admin/registry/compound/add/",
        {"name": "新小区", "slug": "new-yard", "community": scopes.inside.pk, "built_on": "2020-05-01"},
    )
    work_everything()

    assert response.status_code == 302
    compound = Compound.objects.get(slug="new-yard")
    assert (compound.state, compound.schema_name) == ("ready", "c_new_yard")
    assert schema_exists("c_new_yard")
    with compound_context("c_new_yard"), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM organisation_unit ORDER BY level")
        assert [name for (name,) in cursor.fetchall()] == ["街内社区党总支", "新小区党支部"]


@pytest.mark.parametrize(
    "path",
    [
        "registry/compound/?q=%00",
        "accounts/user/?q=%00",
        "autocomplete/?app_label=registry&model_name=staff&field_name=user&term=%00",
        "registry/compound/99999999999999999999999/change/",
        "registry/compound/x/change/",
        "registry/staffentry/?entered_at__year=9999999",
        "accounts/user/99999999999999999999999/change/",
    ],
)
def test_hostile_addresses_are_answered(scopes, path):
    client = signed_in(staff("admin", "administer", district=scopes.here))

    assert client.get(f"/admin/{path}").status_code in {200, 302, 400, 403, 404}
