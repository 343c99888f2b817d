"""The pages before a compound: signing in and out, changing the password, picking the compound, the language."""

import pytest
from django.test import Client

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from tests.factories import PersonFactory

PASSWORD = "louli-2026-haoren"
pytestmark = pytest.mark.usefixtures("north")


@pytest.fixture
def member():
    person = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    user = User.objects.get(pk=person.user_id)
    user.username = "zhoushifu"
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password=PASSWORD, follow="/c/north/issues/"):
    return client.post(f"/accounts/login/?next={follow}", {"login": "zhoushifu", "password": password})


def test_signing_in_leads_to_where_one_wanted_to_go(member):
    response = sign_in(Client())

    assert response.status_code == 302
    assert response["Location"] == "/c/north/issues/"


def test_a_next_page_on_another_host_is_not_followed(member):
    response = sign_in(Client(), follow="https://evil.example/")

    assert response["Location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_name(member):
    response = sign_in(Client(), password="falsch-und-lang")

    assert response.status_code == 200
    assert "zhoushifu" in response.content.decode()


def test_a_closed_account_cannot_sign_in(member):
    User.objects.filter(pk=member.pk).update(is_active=False)

    client = Client()
    sign_in(client)

    assert client.get("/c/north/issues/").status_code == 302


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_nobody_signs_up_or_resets_by_mail(db, path):
    response = Client().get(path)

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/"


def test_with_one_compound_home_is_that_compound(member):
    client = Client()
    client.force_login(member)

    assert client.get("/")["Location"] == "/c/north/"


def test_who_never_set_a_password_is_led_on_from_its_page(member):
    member.set_unusable_password()
    member.save()
    client = Client()
    client.force_login(member)

    response = client.get("/accounts/password/change/", follow=True)

    assert response.status_code == 200


def test_the_switcher_shows_every_compound_of_the_login(member):
    client = Client()
    client.force_login(member)

    page = client.get("/?pick=1").content.decode()

    assert "北苑" in page
    assert "/c/north/" in page
    assert "南苑" not in page


def test_the_language_is_remembered(member):
    client = Client(headers={"accept-language": "zh-CN"})

    assert 'lang="zh-hans"' in client.get("/accounts/login/").content.decode().lower()
    client.post("/language/", {"language": "en"})

    assert 'lang="en"' in client.get("/accounts/login/").content.decode()


def test_signing_out_needs_a_post(member):
    client = Client()
    client.force_login(member)

    client.get("/accounts/logout/")
    assert client.get("/c/north/issues/").status_code == 200

    client.post("/accounts/logout/")
    assert client.get("/c/north/issues/").status_code == 302
