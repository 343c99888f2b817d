"""Partner systems in the district's admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

from compounds.accounts.models import User
from compounds.partners.models import Client, PersonalRead
from compounds.partners.scopes import Scope
from compounds.registry.models import Compound
from tests.organisation.district.conftest import Above
from tests.partnering import a_client, ask_for_token

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def above(db):
    community = Compound.objects.get(slug="north").community
    return Above(community.district, community.street, community)


def form(**said):
    formsets = {
        f"{name}-{key}": value
        for name in ("grants", "secrets")
        for key, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 1000))
    }
    return {**formsets, "name": "12345 热线", "scopes": [Scope.ISSUES_READ], "per_minute": 60, "active": "on", **said}


def test_who_administers_a_district_opens_a_partner_grants_it_a_place_and_gives_it_a_secret(above):
    admin, north = above.client("administer", "district"), Compound.objects.get(slug="north")
    grant = {"grants-TOTAL_FORMS": 1, "grants-0-compound": north.pk, "grants-0-handles": ["property_company"]}

    made = admin.post(reverse("admin:partners_client_add"), form(**grant))

    assert made.status_code == 302, made.text
    client = Client.objects.get()
    assert (client.grants.get().compound, client.grants.get().handles) == (north, ["property_company"])
    assert not User.objects.get(pk=client.user_id).is_active
    page = admin.get(reverse("admin:partners_client_change", args=[client.pk]))
    assert client.client_id in page.text
    shown = admin.post(reverse("admin:partners_client_secret", args=[client.pk]))
    secret = shown.text.split("<dt>client_secret</dt>")[1].split("<code>")[1].split("<")[0]
    assert ask_for_token(client.client_id, secret).status_code == 200
    assert secret not in admin.get(reverse("admin:partners_client_change", args=[client.pk])).text


@pytest.mark.parametrize(("level", "scope"), [("read", "district"), ("administer", "community")])
def test_others_change_nothing(above, level, scope):
    client, _secret = a_client()
    browser = above.client(level, scope)

    assert browser.post(reverse("admin:partners_client_add"), form()).status_code == 403
    assert browser.post(reverse("admin:partners_client_secret", args=[client.pk])).status_code in {403, 404}
    assert client.secrets.count() == 1


def test_who_reads_in_a_district_sees_them_and_who_stands_below_does_not(above):
    a_client()

    assert "12345 热线" in above.client("read", "district").get(reverse("admin:partners_client_changelist")).text
    answer = above.client("administer", "community").get(reverse("admin:partners_client_changelist"))
    assert answer.status_code == 403


def test_a_secret_is_called_back(above):
    client, secret = a_client()
    row = client.secrets.get()
    said = {"secrets-TOTAL_FORMS": 1, "secrets-INITIAL_FORMS": 1, "secrets-0-id": row.pk, "secrets-0-client": client.pk}

    above.client("administer", "district").post(
        reverse("admin:partners_client_change", args=[client.pk]), form(**said, **{"secrets-0-call_back": "on"})
    )

    assert ask_for_token(client.client_id, secret).status_code == 401


def test_the_librarys_pages_of_tokens_are_gone(above):
    assert above.client("administer", "district").get("/admin/oauth2_provider/accesstoken/").status_code == 404


def test_the_page_of_a_system_shows_what_personal_data_it_was_told_and_nobody_changes_that(above):
    client, _secret = a_client()
    row = PersonalRead.objects.create(
        system=client.pk, name=client.name, schema_name="c_north", about="2026-0007", told=["said"], people=1, at=NOW
    )
    admin = above.client("administer", "district")

    page = admin.get(reverse("admin:partners_client_change", args=[client.pk]))
    listed = admin.get(reverse("admin:partners_personalread_changelist"), {"system__exact": client.pk})

    for shown in (page, listed):
        assert "2026-0007" in shown.text
        assert "北苑" in shown.text
    assert admin.post(reverse("admin:partners_personalread_delete", args=[row.pk])).status_code == 403
    assert above.client("read", "community").get(reverse("admin:partners_personalread_changelist")).status_code == 403
