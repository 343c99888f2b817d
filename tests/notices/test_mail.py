"""E-mail over a real server on this machine: one letter, and what each refusal means."""

import socket

import pytest

from notices.channels.interface import AddressDead, Message, Permanent, Temporary, Unclear
from notices.channels.mail import Mail
from tests.notices.mail_server import MailServer

LETTER = Message("您有2件事。\n· 会议", subject="[北苑]\n2件事", reference="c_north.7")


@pytest.fixture
def mail(settings):
    server = MailServer()
    options = {"host": "127.0.0.1", "port": server.port, "timeout": 2}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    settings.DEFAULT_FROM_EMAIL = "邻聚里 <linjuli@example.org>"
    yield server
    server.close()


def test_a_letter_arrives_and_has_the_same_name_whenever_it_is_tried(mail):
    receipts = [Mail().send("zhang@example.org", LETTER) for _ in range(2)]

    assert [to for to, _letter in mail.letters] == ["zhang@example.org"] * 2
    letter = mail.letters[0][1]
    assert letter["subject"] == "[北苑] 2件事"
    assert letter.get_content().split() == LETTER.text.split()
    assert receipts == ["<c_north.7@example.org>"] * 2
    assert {letter["message-id"] for _to, letter in mail.letters} == {"<c_north.7@example.org>"}


@pytest.mark.parametrize(
    ("mood", "raised", "code"),
    [
        ("RCPT 550", AddressDead, "no_such_mailbox"),
        ("RCPT 450", Temporary, "mailbox_busy"),
        ("MAIL 451", Temporary, "smtp_451"),
        ("MAIL 553", Permanent, "smtp_553"),
        ("END 452", Temporary, "smtp_452"),
        ("END 554", Permanent, "smtp_554"),
        ("breaks", Unclear, "cut_off"),
    ],
)
def test_each_refusal_has_one_meaning(mail, mood, raised, code):
    mail.mood = mood

    with pytest.raises(raised) as refused:
        Mail().send("zhang@example.org", LETTER)

    assert (type(refused.value), refused.value.code) == (raised, code)
    assert "zhang" not in repr(refused.value)


def test_a_server_that_is_down_surely_took_nothing(mail, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.MAILERS["default"]["OPTIONS"]["port"] = free.getsockname()[1]
    settings.MAILERS = dict(settings.MAILERS)

    with pytest.raises(Temporary) as refused:
        Mail().send("zhang@example.org", LETTER)

    assert refused.value.code == "not_reached"


def test_a_demos_letter_is_written_as_people_read_it(settings, capsys):
    settings.MAILERS = {"default": {"BACKEND": "notices.channels.mail_local.ReadableConsole"}}

    Mail().send("zhang@example.org", LETTER)

    assert capsys.readouterr().out == "E-mail zhang@example.org [[北苑] 2件事] 您有2件事。\n· 会议\n"


@pytest.mark.parametrize("address", ["", "zhang", "a@b@c", "zhang@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_not_tried(mail, address):
    with pytest.raises(AddressDead):
        Mail().send(address, LETTER)

    assert mail.letters == []


def test_without_a_server_there_is_no_e_mail(settings):
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": ""}}}

    assert not Mail().is_set_up()
    with pytest.raises(Permanent):
        Mail().send("zhang@example.org", LETTER)
