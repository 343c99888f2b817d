"""Signing in and out: one session everywhere, limits that hold for all compounds together, staff out when idle."""

import time
from datetime import timedelta

import pytest
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from compounds.registry.models import Compound, Staff
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PASSWORD = "Yutang-2026!"


@pytest.fixture
def member() -> User:
    """Somebody who serves in north; the thread stands in public again."""
    with compound_context("c_north"):
        person = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    user = User.objects.get(pk=person.user_id)
    user.username = "steward"
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def reader() -> User:
    user = User.objects.create(username="reader", display_name="区里的人", is_staff=True)
    Staff.objects.create(user=user, district=Compound.objects.get(slug="north").community.district)
    return user


def sign_in(client: Client, password: str = PASSWORD) -> int:
    return client.post("/accounts/login/", {"login": "steward", "password": password}).status_code


def to_login(client: Client, path: str) -> bool:
    answer = client.get(path)
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def test_signed_in_outside_one_is_signed_in_inside(member):
    client = Client()

    assert sign_in(client) == 302
    assert client.get("/c/north/tree/").status_code == 200


def test_signed_out_outside_one_is_refused_inside(member):
    client = Client()
    client.force_login(member)
    assert client.get("/c/north/tree/").status_code == 200

    client.post("/accounts/logout/")

    assert to_login(client, "/c/north/tree/")
    assert to_login(client, "/")


def test_signed_out_inside_one_is_refused_outside(reader):
    client = Client()
    client.force_login(reader)
    assert client.get("/c/north/tree/").status_code == 200
    session = client.session
    session["staff_seen"] = int(time.time()) - settings.STAFF_IDLE_SECONDS - 1
    session.save()

    # The idle limit signs out while one stands inside the compound.
    assert to_login(client, "/c/north/tree/")

    assert to_login(client, "/")
    assert to_login(client, "/c/south/tree/")


def test_an_old_cookie_is_worth_nothing_after_signing_out(member):
    client, thief = Client(), Client()
    client.force_login(member)
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert thief.get("/c/north/tree/").status_code == 200

    client.post("/accounts/logout/")

    assert to_login(thief, "/c/north/tree/")


def test_a_closed_account_is_refused_at_once(member):
    client = Client()
    client.force_login(member)

    User.objects.filter(pk=member.pk).update(is_active=False)

    assert to_login(client, "/c/north/tree/")


def test_a_link_does_not_sign_out(member):
    client = Client()
    client.force_login(member)

    client.get("/accounts/logout/")

    assert client.get("/c/north/tree/").status_code == 200


def test_nobody_signs_up(client):
    answer = client.post("/accounts/signup/", {"username": "new", "password1": PASSWORD, "password2": PASSWORD})

    assert answer.wsgi_request.user.is_anonymous
    assert not User.objects.filter(username="new").exists()


def test_staff_who_are_not_idle_stay_signed_in(reader):
    client = Client()
    client.force_login(reader)
    client.get("/c/north/tree/")
    session = client.session
    session["staff_seen"] = int(time.time()) - settings.STAFF_IDLE_SECONDS + 60
    session.save()

    assert client.get("/c/north/tree/").status_code == 200
    assert client.session["staff_seen"] >= int(time.time()) - 5


def test_a_members_device_stays_signed_in_for_ninety_days(member):
    client = Client()

    sign_in(client)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 90 * 24 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    lasts = Session.objects.get(pk=cookie.value).expire_date - timezone.now()
    assert timedelta(days=89) < lasts <= timedelta(days=90)


def test_signing_in_changes_the_session_key(member):
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["before"] = 1
    session.save()
    key = session.session_key

    sign_in(client)

    assert client.session.session_key != key


def test_after_five_wrong_passwords_one_waits_whatever_the_device(member):
    refused = [sign_in(Client(REMOTE_ADDR=f"10.0.0.{n}"), "wrong") for n in range(5)]

    sixth = Client(REMOTE_ADDR="10.0.0.99").post("/accounts/login/", {"login": "steward", "password": PASSWORD})

    assert set(refused) == {200}
    assert sixth.status_code == 200
    assert "_auth_user_id" not in Client().session
    assert sixth.wsgi_request.user.is_anonymous


def test_the_limits_are_counted_in_the_shared_cache(member):
    sign_in(Client(), "wrong")

    assert ratelimit.cache is not None
    raw = caches["shared"]._cache.get_client()
    keys = [key.decode() for key in raw.keys("*")]
    assert [key for key in keys if key.startswith("shared:")]
    assert [key for key in keys if "login_failed" in key and not key.startswith("shared:")] == []
