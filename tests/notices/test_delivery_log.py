"""The branch sees what was sent, what was not and why, and decides about what may have arrived."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.models import PostKind
from notices.delivering import figures, reasons
from notices.models import Delivery, Outlet
from tests.consultation.days import on
from tests.factories import PersonFactory
from tests.notices.groups import a_group, put_up, send

PAGE = "/deliveries/"


@pytest.fixture(autouse=True)
def _daytime():
    with on("2026-03-02 10:00"):
        yield


@pytest.fixture
def client(web, north):
    return web(PersonFactory(posts=[PostKind.BRANCH_COMMITTEE]))


def three(robots, north):
    """One that arrived, one that did not, one of which nobody knows."""
    for key, mood in (("robot-0001", "well"), ("robot-0002", "unknown"), ("robot-0003", "nonsense")):
        a_group(robots, key)
        robots.moods[key] = mood
    posting = put_up("停水")
    send(north)
    return posting


def test_the_log_names_each_and_can_be_narrowed(client, robots, north):
    three(robots, north)

    texts = {
        state: client.get(f"{PAGE}?state={state}").content.decode() for state in ("", "stuck", "failed", "waiting")
    }

    assert [text.count("停水") for text in texts.values()] == [6, 1, 2, 2]
    assert "WeCom knows no such robot" in texts["failed"]
    assert "The answer made no sense; perhaps it arrived." in texts["stuck"]
    assert "Of 1 message nobody knows whether it arrived." in texts[""]
    assert client.get(f"{PAGE}?state=nonsense").status_code == 200


def test_what_may_have_arrived_is_decided_by_a_person(client, robots, north):
    three(robots, north)
    row = Delivery.objects.stuck(timezone.now()).get()

    assert client.post(f"{PAGE}{row.pk}/arrived/").status_code == 302

    row.refresh_from_db()
    assert row.state == "sent"
    assert client.post(f"{PAGE}{row.pk}/again/").status_code == 409
    assert "Nothing waits for your decision." in client.get(PAGE).content.decode()


def test_what_was_not_sent_is_sent_again_when_asked(client, robots, north):
    three(robots, north)
    row = Delivery.objects.stuck(timezone.now()).get()
    robots.moods.clear()

    client.post(f"{PAGE}{row.pk}/again/")
    send(north)

    assert len(robots.texts("robot-0003")) == 1


def test_of_a_persons_messages_only_the_kind_is_shown(client, north):
    person = PersonFactory(name="张三", phone="13800000009")
    outlet = Outlet.objects.create(channel="sms", person=person)
    now = timezone.now()
    Delivery.objects.create(outlet=outlet, kind="code", key="x", next_try_at=now, give_up_at=now)

    page = client.get(PAGE).content.decode()

    assert "张三" in page
    assert "13800000009" not in page


@pytest.mark.parametrize("kind", [PostKind.BUILDING_STEWARD, PostKind.PROPERTY_STAFF, PostKind.PARTY_MEMBER])
def test_others_see_no_log(web, north, kind):
    assert web(PersonFactory(posts=[kind])).get(PAGE).status_code == 403


def test_a_page_costs_the_same_for_one_and_for_thirty(client, robots, north):
    costs = []
    for count in (1, 25):
        for n in range(count):
            a_group(robots, f"robot-{count:02}{n:02}")
        put_up(f"第{count}件")
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_the_district_sees_how_many_did_not_arrive(robots, north):
    three(robots, north)
    today = timezone.localdate()
    # The unknown robot's picture, too, will never be sent.
    assert figures.count(today)["deliveries_failed"].part == 3

    with on("2026-05-02 10:00"):
        assert figures.count(timezone.localdate())["deliveries_failed"].part == 0


@pytest.mark.parametrize("code", [*reasons._WORDS, "errcode_40001", "http_503", "smtp_554", "sms_isv.X"])
def test_every_reason_is_said_in_words(code):
    assert len(reasons.words(code)) > 10
    assert reasons.words("") == ""
