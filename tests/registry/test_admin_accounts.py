"""/admin/ for the district: staff, logins and invitations, each within the scope of whoever asks."""

import pytest
from django.utils import timezone

from compounds.accounts.invitations import invite, open_account
from compounds.accounts.models import Invitation, User
from compounds.registry.models import Membership, Staff
from tests.registry.scopes import change, signed_in, staff


def test_making_somebody_staff_opens_the_admin_and_the_last_row_closes_it(scopes):
    client = signed_in(staff("admin", "administer", district=scopes.here))
    user = open_account("新同事")

    added = client.post(
        "/admin/registry/staff/add/",
        {"user": user.username, "district": "", "street": "", "community": scopes.inside.pk, "level": "read"},
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

    response = client.post("/admin/registry/staff/add/", {"user": user.username, "level": "read", **chosen})

    assert response.status_code == 200
    assert response.context["errors"]
    assert not Staff.objects.filter(user=user).exists()


def test_nobody_raises_their_own_standing(scopes):
    user = staff("admin", "administer", community=scopes.inside)
    client = signed_in(user)

    assert change(client, Staff.objects.get(user=user), district=scopes.here.pk, level="administer").status_code == 403
    response = client.post(
        "/admin/registry/staff/add/", {"user": user.username, "level": "administer", "district": scopes.here.pk}
    )
    assert response.status_code == 200
    assert Staff.objects.filter(user=user).count() == 1


def test_an_account_is_opened_and_invited(scopes):
    client = signed_in(staff("admin", "administer", district=scopes.here))

    client.post("/admin/accounts/user/add/", {"display_name": "新同事"})
    user = User.objects.get(display_name="新同事")
    response = client.post(f"/admin/accounts/user/{user.pk}/invitation/")
    shown = client.get(f"/admin/accounts/invitation/{Invitation.objects.get(user=user).pk}/change/")

    assert "+00:00" not in shown.text
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

    assert client.get(f"/admin/accounts/user/{inside.pk}/invitation/").status_code == 302
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


def test_a_login_is_found_by_name_and_where_two_share_it_by_login_name(scopes):
    boss = User.objects.create_superuser("boss", password="x", display_name="总")
    client = signed_in(boss)
    for username in ("wanghong", "wanghong2"):
        User.objects.create_user(username, display_name="王红")

    def said(typed):
        sent = {"user": typed, "level": "read", "community": scopes.inside.pk}
        answer = client.post("/admin/registry/staff/add/", sent)
        return answer.context["adminform"].form.errors["user"][0] if answer.status_code == 200 else ""

    assert said("王红").endswith("王红 (wanghong) · 王红 (wanghong2)")
    assert said("wangh").endswith("Did you mean: 王红 (wanghong) · 王红 (wanghong2)?")
    assert said("李四").startswith("No login that you may choose")
    assert said(" wanghong2 ") == ""
    assert Staff.objects.get().user.username == "wanghong2"


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("is_active__exact=1", True),
        ("password__startswith=x", False),
        ("username=root", False),
        ("invitation__token_hash__startswith=x", False),
    ],
)
def test_a_list_is_narrowed_by_what_the_page_offers_and_nothing_else(scopes, query, allowed):
    """Whoever may read the list could otherwise ask for a password's hash letter by letter."""
    client = signed_in(staff("reader", "read", district=scopes.here))

    assert client.get(f"/admin/accounts/user/?{query}").status_code == (200 if allowed else 400)
