"""Whose session it is: a key that somebody put there before is worth nothing, and a new password ends the others."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from compounds.accounts import invitations
from compounds.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "Yutang-2026!", "Shenyang-2027!"
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def user() -> User:
    made = User.objects.create(username="steward", display_name="楼长")
    made.set_password(PASSWORD)
    made.save()
    return made


def signed_in_by_password() -> Client:
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": "steward", "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def knows(browser: Client) -> bool:
    return browser.get("/accounts/password/change/").status_code == 200


def test_a_key_that_was_planted_is_not_taken_over(user):
    browser = Client()
    browser.cookies[COOKIE] = "plantedplantedplantedplanted1234"

    browser.post("/accounts/login/", {"login": "steward", "password": PASSWORD})

    assert knows(browser)
    assert browser.cookies[COOKIE].value != "plantedplantedplantedplanted1234"
    assert not Session.objects.filter(pk="plantedplantedplantedplanted1234").exists()


def test_a_key_from_before_signing_in_is_worth_nothing_after(user):
    browser, thief = Client(), Client()
    session = browser.session
    session["before"] = 1
    session.save()
    thief.cookies[COOKIE] = browser.cookies[COOKIE] = session.session_key

    browser.post("/accounts/login/", {"login": "steward", "password": PASSWORD})

    assert knows(browser)
    assert not knows(thief)


def test_an_invitation_changes_the_key_too(user):
    browser, thief = Client(), Client()
    session = browser.session
    session["before"] = 1
    session.save()
    thief.cookies[COOKIE] = browser.cookies[COOKIE] = session.session_key
    token = invitations.invite(invitations.open_account("张三"), now=timezone.now(), by="x")

    browser.post(f"/invite/{token}/", {"username": "zhangsan", "password1": PASSWORD, "password2": PASSWORD})

    assert knows(browser)
    assert not knows(thief)


def test_signing_out_kills_the_session_and_not_only_the_cookie(user):
    browser, thief = signed_in_by_password(), Client()
    thief.cookies[COOKIE] = browser.cookies[COOKIE].value
    assert knows(thief)

    browser.post("/accounts/logout/")

    assert not knows(browser)
    assert not knows(thief)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(user):
    browser, other = signed_in_by_password(), signed_in_by_password()

    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert knows(browser)
    assert not knows(other)


def test_a_session_that_ran_out_is_worth_nothing(user):
    browser = signed_in_by_password()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not knows(browser)


@pytest.mark.parametrize("forged", ["", "x", "x" * 5000, "%00", "\\", "../../etc/passwd", "\xe5\xa2", "a" * 32])
def test_a_forged_cookie_is_nobodys(user, forged):
    browser = Client(raise_request_exception=False)
    browser.cookies[COOKIE] = forged

    assert browser.get("/accounts/password/change/").status_code == 302
