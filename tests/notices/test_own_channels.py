"""By what else somebody is told: chosen by themselves, at an address shown theirs, and one failure disturbs nobody."""

import logging
import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation.models import Person, PostKind
from notices import reminders
from notices.delivering import own, queue
from notices.delivering.codes import hash_of
from notices.delivering.own import TooManyCodes, WayNotThere
from notices.models import ChannelName, Delivery, Digest, Outlet
from notices.reminders import Outgoing
from tests.consultation.days import on
from tests.factories import PersonFactory
from tests.notices.groups import send, states
from tests.notices.stage import look

PAGE = "/my-messages/"
MONDAY, TUESDAY = "2026-03-02 10:00", "2026-03-03 07:31"


@pytest.fixture
def going_out(stage, monkeypatch):
    """The test's reminders, handed to the product's channels."""
    monkeypatch.setattr(reminders, "CHANNELS", [queue.of_reminders])
    return stage


@pytest.fixture
def sms(settings, tmp_path):
    settings.SMS_BACKEND, settings.VAR_DIR = "notices.channels.sms_local.FileSms", tmp_path
    settings.ORIGIN = "https://linjuli.example"
    return tmp_path / "sms.txt"


@pytest.fixture
def steward(north, sms):
    return PersonFactory(name="楼长", phone="13800000009", posts=[PostKind.BUILDING_STEWARD])


def code_in(text):
    return re.search(r"\d{6}", text)[0]


def turn_on(client, north, channel, **form):
    """As people do it: choose, read the code, type it."""
    assert client.post(f"{PAGE}{channel}/", form).status_code == 302
    send(north)


def confirmed(person, channel, address, *, urgent_only=False):
    if channel == "email":
        User.objects.filter(pk=person.user_id).update(email=address)
    return Outlet.objects.create(
        channel=channel, person=person, urgent_only=urgent_only, verified_hash=hash_of(address)
    )


def test_e_mail_is_off_until_the_code_that_came_there_is_typed_in(web, north, steward):
    client = web(steward)
    turn_on(client, north, "email", email="lou@example.org", urgent_only="")

    [letter] = mail.outbox
    assert (letter.to, Outlet.objects.get().verified_hash) == (["lou@example.org"], "")
    answer = client.post(f"{PAGE}email/code/", {"code": f" {code_in(letter.body)} "})

    assert answer.status_code == 302
    row = Outlet.objects.get()
    assert (bool(row.verified_hash), row.nonce, row.urgent_only) == (True, "", False)
    page = client.get(PAGE).content.decode()
    assert "lou@example.org" in page
    assert User.objects.get(pk=steward.user_id).email == "lou@example.org"


def test_a_code_that_is_sent_twice_confirms_once_and_is_good_for_nothing_else(web, north, steward):
    client = web(steward)
    turn_on(client, north, "email", email="lou@example.org")
    code = code_in(mail.outbox[0].body)

    answers = [client.post(f"{PAGE}email/code/", {"code": code}).status_code for _ in range(2)]
    confirmed = Outlet.objects.get().verified_hash
    turn_on(client, north, "email", email="andere@example.org")
    again = client.post(f"{PAGE}email/code/", {"code": code})

    assert answers == [302, 302]
    assert confirmed
    assert again.status_code == 409
    assert Outlet.objects.get().verified_hash == ""


def test_sms_goes_to_the_number_that_is_written_down_and_says_nothing_of_the_matter(web, north, steward, sms):
    client = web(steward)
    turn_on(client, north, "sms", urgent_only="1")

    client.post(f"{PAGE}sms/code/", {"code": code_in(sms.read_text().split("[code]")[1])})

    assert bool(Outlet.objects.get().verified_hash)
    assert "13800000009" not in client.get(PAGE).content.decode()
    assert "138****0009" in client.get(PAGE).content.decode()


def test_wrong_codes_are_refused_and_after_five_the_right_one_too(web, north, steward):
    client = web(steward)
    turn_on(client, north, "email", email="lou@example.org")
    right = code_in(mail.outbox[0].body)
    wrong = "000000" if right != "000000" else "111111"

    refused = [client.post(f"{PAGE}email/code/", {"code": wrong}).status_code for _ in range(5)]
    last = client.post(f"{PAGE}email/code/", {"code": right})

    assert refused == [409] * 5
    assert last.status_code == 409
    assert Outlet.objects.get().verified_hash == ""


def test_a_code_is_good_for_a_quarter_of_an_hour(web, north, steward):
    client = web(steward)
    turn_on(client, north, "email", email="lou@example.org")
    Outlet.objects.update(nonce_until=timezone.now())

    assert client.post(f"{PAGE}email/code/", {"code": code_in(mail.outbox[0].body)}).status_code == 409


def test_no_more_than_three_codes_an_hour(north, steward):
    for _ in range(3):
        own.ask_for(ChannelName.SMS, urgent_only=True, now=timezone.now(), by=steward)

    with pytest.raises(TooManyCodes):
        own.ask_for(ChannelName.SMS, urgent_only=True, now=timezone.now(), by=steward)


def test_only_the_last_code_is_sent_and_counts(north, steward, sms):
    for _ in range(2):
        own.ask_for(ChannelName.SMS, urgent_only=True, now=timezone.now(), by=steward)

    send(north)

    assert sms.read_text().count("[code]") == 1
    assert states() == [("code", "failed", "over"), ("code", "sent", "")]


@pytest.mark.parametrize("phone", ["没有手机", "073128888888", ""])
def test_a_number_that_is_none_cannot_be_chosen(web, north, steward, phone):
    Person.objects.filter(pk=steward.pk).update(phone=phone)

    answer = web(steward).post(f"{PAGE}sms/", {"urgent_only": "1"})

    assert answer.status_code == 409
    assert not Outlet.objects.exists()
    assert web(steward).get(PAGE).status_code == 200


def test_what_the_installation_has_not_cannot_be_chosen(north, steward, settings, web):
    settings.SMS_BACKEND = ""

    with pytest.raises(WayNotThere):
        own.ask_for(ChannelName.SMS, urgent_only=True, now=timezone.now(), by=steward)

    assert "has not set it up" in web(steward).get(PAGE).content.decode()


def test_the_days_digest_is_one_letter_and_one_sms_after_the_quiet_hours(north, going_out, sms):
    person = going_out.person
    Person.objects.filter(pk=person.pk).update(phone="13800000002")
    confirmed(person, "email", "shuji@example.org")
    confirmed(person, "sms", "13800000002")
    for key in "abc":
        going_out.lay(key, MONDAY)
    look(MONDAY)
    assert not Delivery.objects.exists()

    with on(TUESDAY):
        look(TUESDAY)
        look(TUESDAY)
        send(north)
        send(north)

    [letter] = mail.outbox
    assert letter.subject.startswith("北苑")
    assert all(f"逾期 {key}" in letter.body for key in "abc")
    assert "https://linjuli.example/c/north/reminders/" in letter.body
    lines = sms.read_text().splitlines()
    assert len(lines) == 1
    assert "3" in lines[0].split("]")[1]
    assert "逾期" not in lines[0]
    assert [state for _kind, state, _error in states()] == ["sent", "sent"]


def test_who_wants_only_what_is_urgent_gets_that_at_once_and_no_digest(north, going_out, sms):
    person = going_out.person
    Person.objects.filter(pk=person.pk).update(phone="13800000002")
    confirmed(person, "sms", "13800000002", urgent_only=True)
    going_out.lay("calm", MONDAY)
    going_out.lay("fire", MONDAY, urgent=True)

    with on(MONDAY):
        look(MONDAY)
        send(north)
    with on(TUESDAY):
        look(TUESDAY)
        send(north)

    assert [row.kind for row in Delivery.objects.all()] == ["urgent"]
    assert len(sms.read_text().splitlines()) == 1


def test_nobody_is_written_to_unasked_or_at_an_address_that_was_not_confirmed(north, going_out, sms):
    person = going_out.person
    Outlet.objects.create(channel="email", person=person)
    confirmed(person, "sms", "13800000002").verified_hash = ""
    Outlet.objects.filter(channel="sms").update(active=False)
    going_out.lay("a", MONDAY, urgent=True)

    look(MONDAY)

    assert not Delivery.objects.exists()


def test_a_number_that_is_none_any_more_fails_clearly_and_disturbs_nobody(north, going_out, sms):
    bad, good = going_out.person, PersonFactory(name="委员", phone="13800000003", posts=[PostKind.BRANCH_COMMITTEE])
    confirmed(bad, "sms", "13800000002")
    confirmed(good, "sms", "13800000003")
    Person.objects.filter(pk=bad.pk).update(phone="没有手机")
    going_out.lay("a", MONDAY, urgent=True)

    with on(MONDAY):
        look(MONDAY)
        send(north)

    by_person = {row.outlet.person: (row.state, row.error) for row in Delivery.objects.select_related("outlet__person")}
    assert by_person == {bad: ("failed", "no_mobile_number"), good: ("sent", "")}
    assert "13800000003" in sms.read_text()


def test_an_address_that_was_changed_since_gets_nothing(north, going_out):
    confirmed(going_out.person, "email", "old@example.org")
    User.objects.filter(pk=going_out.person.user_id).update(email="new@example.org")
    going_out.lay("a", MONDAY, urgent=True)

    with on(MONDAY):
        look(MONDAY)
        send(north)

    assert mail.outbox == []
    assert states() == [("urgent", "failed", "not_confirmed")]


def test_who_ends_it_gets_nothing_more(web, north, going_out):
    person = going_out.person
    confirmed(person, "email", "shuji@example.org")
    going_out.lay("a", MONDAY, urgent=True)
    with on(MONDAY):
        look(MONDAY)
        own.end(ChannelName.EMAIL, by=person)
        send(north)

    assert mail.outbox == []
    assert states() == [("urgent", "failed", "out_of_use")]


def test_handing_over_costs_the_same_for_one_person_and_for_many(north, going_out):
    costs = []
    for count in (1, 30):
        people = [PersonFactory() for _ in range(count)]
        now = timezone.now()
        digests = [Digest.objects.create(person=one, day=now.date(), out_at=now) for one in people]
        for person in people:
            Outlet.objects.create(channel="email", person=person, verified_hash="x")
        rows = [Outgoing(one.person_id, [], urgent=False, digest_id=one.pk) for one in digests]
        with CaptureQueriesContext(connection) as queries:
            queue.of_reminders(rows)
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert Delivery.objects.count() == 31


def test_no_address_and_no_number_stands_in_any_log(north, going_out, sms, caplog, settings):
    caplog.set_level(logging.DEBUG)
    Person.objects.filter(pk=going_out.person.pk).update(phone="13800000002")
    confirmed(going_out.person, "sms", "13800000002")
    confirmed(going_out.person, "email", "shuji@example.org")
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    going_out.lay("a", MONDAY, urgent=True)

    with on(MONDAY):
        look(MONDAY)
        send(north)

    assert sorted(state for _kind, state, _error in states()) == ["queued", "sent"]
    assert "shuji@" not in caplog.text
    assert "13800000002" not in caplog.text


@pytest.mark.parametrize("channel", ["email", "sms"])
def test_a_code_that_nobody_asked_for_is_refused(web, north, steward, channel):
    client = web(steward)

    assert client.post(f"{PAGE}{channel}/code/", {"code": "123456"}).status_code == 409
    assert client.post(f"{PAGE}{channel}/code/", {"code": ""}).status_code == 422
    assert client.post(f"{PAGE}{channel}/end/").status_code == 302
    assert client.post(f"{PAGE}robot/", {}).status_code == 404
