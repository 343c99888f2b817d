"""Groups with robots, and postings that go to them."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from compounds.registry.models import Compound
from notices import postings
from notices.channels import calling
from notices.delivering import sending
from notices.models import ChannelName, Delivery, Outlet, Posting, PostingKind
from tests.consultation.days import on
from tests.consultation.handling import secretary
from tests.notices.robot_server import RobotServer


@pytest.fixture
def daytime() -> Iterator[None]:
    """Nobody's quiet hours, whenever the tests run."""
    with on("2026-03-02 10:00"):
        yield


@pytest.fixture
def robots(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[RobotServer]:
    """The server; the installation sends to it and nowhere else, and waits for less long than it would."""
    server = RobotServer()
    settings.ROBOT_ORIGINS = [server.origin]
    settings.ORIGIN = "https://linjuli.example"
    monkeypatch.setattr(calling, "_TIMEOUT", 0.4)
    monkeypatch.setattr(calling, "_LONGEST", 0.8)
    yield server
    server.close()


def a_group(robots: RobotServer, key: str = "robot-0001", **facts: object) -> Outlet:
    name = facts.pop("name", f"群{key}")
    return Outlet.objects.create(channel=ChannelName.ROBOT, name=name, webhook=robots.webhook(key), **facts)


def put_up(title: str = "电梯夜里异响", text: str = "已更换减震垫") -> Posting:
    return postings.put_up(PostingKind.COMPLETION, title=title, text=text, today=timezone.localdate(), by=secretary())


def send(compound: Compound) -> int:
    return sending.send_waiting(compound, timezone.now)


def states(**which: object) -> list[tuple[str, str, str]]:
    rows = Delivery.objects.filter(**which).order_by("pk")
    return [(row.kind, row.state, row.error) for row in rows]
