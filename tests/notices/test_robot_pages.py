"""The branch keeps its robots: their address is a secret that no page, audit entry, log or refusal gives back."""

import logging

import pytest

from compounds.organisation.models import AuditEntry, PostKind
from notices.models import Delivery, Outlet
from tests.factories import BuildingFactory, PersonFactory
from tests.notices.groups import a_group, put_up, send

PAGE = "/settings/robots/"
KEY = "secretkey-1234-abcd"

pytestmark = pytest.mark.usefixtures("daytime")


@pytest.fixture
def client(web, north):
    return web(PersonFactory(posts=[PostKind.BRANCH_SECRETARY]))


def typed(robots, key=KEY, name="3号楼群", **more):
    return {"name": name, "building": "", "secret_webhook": robots.webhook(key), **more}


def test_a_robot_is_added_tested_renamed_and_its_key_is_never_shown_again(client, robots, north, caplog):
    caplog.set_level(logging.DEBUG)
    building = BuildingFactory()
    assert client.post(f"{PAGE}new/", typed(robots, building=building.pk)).status_code == 302
    robot = Outlet.objects.get()
    assert (robot.name, robot.building, robot.webhook) == ("3号楼群", building, robots.webhook(KEY))

    client.post(f"{PAGE}{robot.pk}/test/")
    send(north)
    client.post(f"{PAGE}{robot.pk}/", {"name": "三号楼群", "building": "", "secret_webhook": ""})

    robot.refresh_from_db()
    assert (robot.name, robot.building, robot.webhook) == ("三号楼群", None, robots.webhook(KEY))
    assert len(robots.texts(KEY)) == 1
    assert "北苑" in robots.texts(KEY)[0]
    pages = [client.get(address) for address in (PAGE, f"{PAGE}{robot.pk}/", "/deliveries/", "/settings/audit/")]
    seen = "".join(page.content.decode() for page in pages)
    assert "…abcd" in seen
    assert KEY not in seen
    assert KEY not in caplog.text
    assert not any(KEY in f"{entry.about}{entry.facts}" for entry in AuditEntry.objects.all())
    assert sorted(AuditEntry.objects.filter(action__startswith="robot").values_list("action", flat=True)) == [
        "robot.add",
        "robot.change",
        "robot.test",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/cgi-bin/webhook/send?key=secretkey-1234-abcd",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secretkey-1234-abcd",
        "{origin}/cgi-bin/webhook/send?key=short",
        "{origin}/cgi-bin/webhook/send?key=secretkey-1234-abcd&debug=1",
        "{origin}/cgi-bin/webhook/send?key=",
        "secretkey-1234-abcd",
        "",
    ],
)
def test_what_is_no_robots_address_is_refused_and_not_given_back(client, robots, address):
    form = typed(robots) | {"secret_webhook": address.format(origin=robots.origin)}

    answer = client.post(f"{PAGE}new/", form)

    assert answer.status_code == 422
    assert KEY not in answer.content.decode()
    assert "3号楼群" in answer.content.decode()
    assert not Outlet.objects.exists()


def test_two_robots_cannot_have_one_name_and_the_refusal_gives_no_key_back(client, robots):
    a_group(robots, name="3号楼群")

    answer = client.post(f"{PAGE}new/", typed(robots))

    assert answer.status_code == 409
    assert KEY not in answer.content.decode()


def test_taken_out_of_use_it_says_nothing_and_taken_up_it_does(client, robots, north):
    robot = a_group(robots)
    put_up("第一件")
    client.post(f"{PAGE}{robot.pk}/retirement/")
    send(north)
    put_up("第二件")
    assert client.post(f"{PAGE}{robot.pk}/test/").status_code == 409
    send(north)
    assert robots.texts() == []

    client.post(f"{PAGE}{robot.pk}/taking-up/")
    put_up("第三件")
    send(north)

    assert ["第三件" in text for text in robots.texts()] == [True]


def test_its_page_says_how_it_goes(client, robots, north):
    robot = a_group(robots)
    robots.moods["robot-0001"] = "unknown"
    put_up()
    send(north)

    page = client.get(PAGE).content.decode()

    assert "WeCom knows no such robot" in page
    assert "No longer used" in page
    assert Outlet.objects.get(pk=robot.pk).active is False


@pytest.mark.parametrize("kind", [kind for kind in PostKind if kind != PostKind.BRANCH_SECRETARY])
def test_only_the_secretary_keeps_robots(web, north, robots, kind):
    robot = a_group(robots)
    client = web(PersonFactory(posts=[kind]))

    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}new/", typed(robots)).status_code == 403
    assert client.post(f"{PAGE}{robot.pk}/test/").status_code == 403
    assert not Delivery.objects.exists()
