"""One-time links: used once, called back by the next, good for seven days, and opened by looking changes nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from compounds.accounts import invitations
from compounds.accounts.models import Invitation, User
from tests.committing import at_once

EN = {"accept-language": "en"}
SHEET = {"username": "zhangsan", "password1": "Yutang-2026!", "password2": "Yutang-2026!"}


def invited(name: str = "张三") -> tuple[User, str]:
    user = invitations.open_account(name)
    return user, invitations.invite(user, now=timezone.now(), by="北苑 · 支书")


@pytest.mark.django_db
class TestTheLink:
    def test_sets_login_name_and_password_and_signs_in(self):
        user, token = invited()
        client = Client(headers=EN)

        answer = client.post(f"/invite/{token}/", SHEET)

        assert (answer.status_code, answer["Location"]) == (302, "/")
        assert client.session["_auth_user_id"] == str(user.pk)
        assert Client().login(username="zhangsan", password="Yutang-2026!")

    def test_works_once(self):
        user, token = invited()
        Client().post(f"/invite/{token}/", SHEET)
        kept = User.objects.get(pk=user.pk).password

        answers = [
            Client().get(f"/invite/{token}/"),
            Client().post(f"/invite/{token}/", {**SHEET, "password1": "Another-2026!", "password2": "Another-2026!"}),
        ]

        assert [answer.status_code for answer in answers] == [410, 410]
        assert User.objects.get(pk=user.pk).password == kept

    def test_opening_it_changes_nothing(self):
        _user, token = invited()
        before = Invitation.objects.values().get(), User.objects.values().get()

        for method in (Client().get, Client().head, Client().options):
            assert method(f"/invite/{token}/").status_code in {200, 405}

        assert (Invitation.objects.values().get(), User.objects.values().get()) == before

    def test_is_called_back_by_a_new_one(self):
        user, first = invited()

        second = invitations.invite(user, now=timezone.now(), by="北苑 · 支书")

        assert Client().get(f"/invite/{first}/").status_code == 410
        assert Client().get(f"/invite/{second}/").status_code == 200

    def test_is_good_for_seven_days(self):
        user = invitations.open_account("张三")
        now = timezone.now()
        token = invitations.invite(user, now=now, by="x")

        assert invitations.find(token, now + timedelta(days=7, seconds=-1)).user == user
        with pytest.raises(invitations.InvitationGone):
            invitations.find(token, now + timedelta(days=7))

    def test_an_expired_one_is_gone_by_post_too(self):
        user = invitations.open_account("张三")
        token = invitations.invite(user, now=timezone.now() - timedelta(days=8), by="x")

        answer = Client().post(f"/invite/{token}/", SHEET)

        assert answer.status_code == 410
        assert not User.objects.get(pk=user.pk).has_usable_password()

    @pytest.mark.parametrize("token", ["x", "x" * 400, "%00", "张三", "'--"])
    def test_a_made_up_one_is_gone(self, token):
        assert Client().get(f"/invite/{token}/").status_code == 410

    def test_only_a_hash_of_it_is_kept(self):
        _user, token = invited()

        row = Invitation.objects.values().get()

        assert token not in str(row)
        assert len(token) >= 32

    def test_its_page_greets_by_name_where_there_is_one(self):
        named, nameless = (Client(headers=EN).get(f"/invite/{invited(name)[1]}/").text for name in ("张三", ""))

        assert "<h1>Welcome, 张三</h1>" in named
        assert "You are not 张三?" in named
        assert "<h1>Welcome.</h1>" in nameless
        assert "It was not made for you?" in nameless

    def test_its_page_is_never_cached(self):
        _user, token = invited()

        answer = Client().get(f"/invite/{token}/")

        assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
class TestTheSheet:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"username": ""},
            {"username": "zhang san"},
            {"username": "x" * 151},
            {"username": "TAKEN"},
            {"password1": "", "password2": ""},
            {"password2": "Different-2026!"},
            {"password1": "12345678", "password2": "12345678"},
            {"password1": "abc", "password2": "abc"},
            {"password1": "password", "password2": "password"},
        ],
    )
    def test_a_wrong_one_is_shown_again_and_the_link_stays_good(self, wrong):
        User.objects.create(username="taken", display_name="别人")
        user, token = invited()

        answer = Client(headers=EN).post(f"/invite/{token}/", {**SHEET, **wrong})

        assert answer.status_code == 422
        assert answer.context["form"].errors
        assert not User.objects.get(pk=user.pk).has_usable_password()
        assert Client().get(f"/invite/{token}/").status_code == 200

    def test_proposes_a_login_name_of_the_names_pinyin(self):
        User.objects.create(username="zhangsan", display_name="张三")
        _user, token = invited("张三")

        answer = Client().get(f"/invite/{token}/")

        assert re.search(r'name="username"[^>]*value="zhangsan2"|value="zhangsan2"[^>]*name="username"', answer.text)


def test_of_two_at_once_one_wins_and_the_other_is_told(committing):
    user, token = invited()

    results = at_once(
        2,
        lambda n: invitations.accept(token, username=f"first{n}", password=f"Yutang-2026-{n}", now=timezone.now()),
    )

    assert sorted(type(result).__name__ for result in results) == ["InvitationGone", "User"]
    winner = next(n for n, result in enumerate(results) if isinstance(result, User))
    fresh = User.objects.get(pk=user.pk)
    assert fresh.username == f"first{winner}"
    assert fresh.check_password(f"Yutang-2026-{winner}")


def test_one_login_name_chosen_by_two_at_once_is_given_once(committing):
    tokens = [invited(name)[1] for name in ("张三", "李四")]

    answers = at_once(2, lambda n: Client().post(f"/invite/{tokens[n]}/", SHEET).status_code)

    assert sorted(answers) == [302, 422]
    assert User.objects.filter(username="zhangsan").count() == 1
