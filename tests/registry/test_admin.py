"""/admin/ for the district: what a row of Staff lets one see and do, and nothing beyond its scope."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tenants.utils import schema_exists

from compounds.accounts.invitations import invite, open_account
from compounds.accounts.models import Invitation, User
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, District, Membership, Staff, StaffEntry, Street
from compounds.workdays.models import DayOverride
from tests.registry.scopes import Scopes

PUBLIC_APPS = {"accounts", "workdays", "registry"}


def signed_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def staff(name, level, **scope):
    user = User.objects.create(username=name, display_name=name, is_staff=True)
    Staff.objects.create(user=user, level=level, **scope)
    return user


@pytest.fixture
def scopes(db):
    """Two districts; in the first a street with a community and a compound, and a community of no street."""
    here, there = District.objects.create(name="此区"), District.objects.create(name="彼区")
    street = Street.objects.create(district=here, name="街道")
    inside = Community.objects.create(district=here, street=street, name="街内社区")
    beside = Community.objects.create(district=here, name="街外社区")
    elsewhere = Community.objects.create(district=there, name="彼社区")
    compounds = {
        community: Compound.objects.create(
            slug=slug, schema_name=f"c_{slug}", name=f"{community.name}小区", community=community, state="archived"
        )
        for slug, community in (("inside", inside), ("beside", beside), ("elsewhere", elsewhere))
    }
    return Scopes(here, there, street, inside, beside, elsewhere, compounds)


def listed(client, model):
    response = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def change(client, row, **data):
    meta = row._meta
    return client.post(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk]), data)


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


def test_making_somebody_staff_opens_the_admin_and_the_last_row_closes_it(scopes):
    client = signed_in(staff("admin", "administer", district=scopes.here))
    user = open_account("新同事")

    added = client.post(
        "/admin/registry/staff/add/",
        {"user": user.pk, "district": "", "street": "", "community": scopes.inside.pk, "level": "read"},
    )

    assert added.status_code == 302
    user.refresh_from_db()
    assert user.is_staff
    row = Staff.objects.get(user=user)
    client.post(f"/admin/registry/staff/{row.pk}/delete/", {"post": "yes"})
    user.refresh_from_db()
    assert not user.is_staff


@pytest.mark.parametrize("scope", ["none", "two", "foreign"])
def test_a_staff_row_has_one_scope_inside_ones_own(scopes, scope):
    client = signed_in(staff("admin", "administer", district=scopes.here))
    chosen = {
        "none": {},
        "two": {"street": scopes.street.pk, "community": scopes.inside.pk},
        "foreign": {"community": scopes.elsewhere.pk},
    }[scope]
    user = open_account("新同事")

    response = client.post("/admin/registry/staff/add/", {"user": user.pk, "level": "read", **chosen})

    assert response.status_code == 200
    assert response.context["errors"]
    assert not Staff.objects.filter(user=user).exists()


def test_nobody_raises_their_own_standing(scopes):
    user = staff("admin", "administer", community=scopes.inside)
    client = signed_in(user)

    assert change(client, Staff.objects.get(user=user), district=scopes.here.pk, level="administer").status_code == 403
    response = client.post(
        "/admin/registry/staff/add/", {"user": user.pk, "level": "administer", "district": scopes.here.pk}
    )
    assert response.status_code == 200
    assert Staff.objects.filter(user=user).count() == 1


def test_an_account_is_opened_and_invited(scopes):
    client = signed_in(staff("admin", "administer", district=scopes.here))

    client.post("/admin/accounts/user/add/", {"display_name": "新同事"})
    user = User.objects.get(display_name="新同事")
    response = client.post(f"/admin/accounts/user/{user.pk}/invitation/")

    assert not user.has_usable_password()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "/invite/" in response.context["link"]
    assert Invitation.objects.filter(user=user).open(timezone.now()).count() == 1


def test_a_link_is_made_by_posting_only_and_only_where_all_that_it_opens_lies_inside(scopes):
    client = signed_in(staff("admin", "administer", community=scopes.inside))
    inside, both = open_account("里面"), open_account("两边")
    for user, community in ((inside, scopes.inside), (both, scopes.inside), (both, scopes.elsewhere)):
        Membership.objects.create(user=user, compound=scopes.compounds[community])
    above = staff("above", "administer", district=scopes.here)
    Membership.objects.create(user=above, compound=scopes.compounds[scopes.inside])
    boss = User.objects.create_superuser("boss", password="x", display_name="总")
    Membership.objects.create(user=boss, compound=scopes.compounds[scopes.inside])

    def answer(user):
        return client.post(f"/admin/accounts/user/{user.pk}/invitation/").status_code

    assert client.get(f"/admin/accounts/user/{inside.pk}/invitation/").status_code == 405
    assert [answer(user) for user in (inside, both, above, boss)] == [200, 403, 403, 404]


def test_closing_an_account_calls_its_links_back_and_it_is_never_deleted(scopes):
    client = signed_in(staff("admin", "administer", district=scopes.here))
    user = open_account("离任")
    invite(user, now=timezone.now(), by="区里")

    response = change(client, user, display_name="离任")

    assert response.status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert not Invitation.objects.filter(user=user).open(timezone.now()).exists()
    assert client.post(f"/admin/accounts/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403


def test_invitations_are_called_back_in_ones_own_scope(scopes):
    client = signed_in(staff("admin", "administer", community=scopes.inside))
    inside, outside = open_account("里面"), open_account("外面")
    Membership.objects.create(user=inside, compound=scopes.compounds[scopes.inside])
    for user in (inside, outside):
        invite(user, now=timezone.now(), by="区里")

    client.post(
        "/admin/accounts/invitation/",
        {"action": "revoke", "_selected_action": list(Invitation.objects.values_list("pk", flat=True))},
    )

    assert list(Invitation.objects.open(timezone.now())) == [Invitation.objects.get(user=outside)]


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


def test_adding_a_compound_opens_it_with_its_tree(scopes):
    client = signed_in(staff("admin", "administer", community=scopes.inside))

    response = client.post(
        "/admin/registry/compound/add/",
        {"name": "新小区", "slug": "new-yard", "community": scopes.inside.pk, "built_on": "2020-05-01"},
    )

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
