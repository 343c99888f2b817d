"""A real worker on the real broker and a robot's server: each message is said once, or a person is asked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.jobs import due
from compounds.jobs.models import Call, Due
from compounds.registry.context import compound_context
from notices.delivering import KIND, queue
from notices.models import ChannelName, Delivery, Outlet
from tests.committing import YARD
from tests.notices.robot_server import RobotServer
from tests.worker.running import forget_messages, kill, messages, until

KEY = "robot-0001"


@pytest.fixture
def robots(settings) -> Iterator[RobotServer]:
    """The server, to which the workers that are started may send."""
    server = RobotServer()
    settings.ROBOT_ORIGINS = [server.origin]
    yield server
    server.close()


def ask(robots: RobotServer, count: int = 1) -> None:
    with compound_context(YARD):
        Outlet.objects.get_or_create(channel=ChannelName.ROBOT, name="群", webhook=robots.webhook(KEY))
        for _ in range(count):
            # A test message goes at any hour.
            queue.of_test(Outlet.objects.get())


def states() -> list[str]:
    with compound_context(YARD):
        return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def a_minute_later() -> None:
    Due.objects.filter(kind=KIND, schema_name=YARD).update(due_at=timezone.now() - timedelta(seconds=1))
    due.wake(timezone.now())


def settled() -> bool:
    """Nothing of this work waits here. What other tests' compounds left to be done is not ours."""
    waiting = [rows.objects.filter(kind=KIND, schema_name=YARD).exists() for rows in (Due, Call)]
    return messages() == 0 and not any(waiting)


def test_messages_go_out_once_though_wake_ups_are_lost_and_doubled(start_worker, files, robots):
    ask(robots, 5)
    forget_messages()
    for _ in range(4):
        a_minute_later()
    start_worker()
    start_worker()

    until(lambda: states() == ["sent"] * 5 and settled(), "all are sent", files)

    assert robots.asked[KEY] == len(robots.said) == 5


def test_a_worker_killed_after_sending_and_before_recording_leaves_it_to_a_person(start_worker, files, robots):
    robots.moods[KEY] = "slow"
    ask(robots)
    first = start_worker()
    until(lambda: robots.asked[KEY] == 1, "the first worker has sent", files)

    kill(first)
    robots.moods.clear()
    robots.let_go.set()
    ask(robots)
    forget_messages()
    start_worker()
    a_minute_later()
    until(lambda: states() == ["sending", "sent"] and settled(), "the second worker has done the rest", files)
    with compound_context(YARD):
        Delivery.objects.filter(state="sending").update(leased_until=timezone.now() - timedelta(seconds=1))
    ask(robots)
    for _ in range(3):
        a_minute_later()
    until(lambda: states() == ["sending", "sent", "sent"] and settled(), "all others are sent", files)

    assert robots.asked[KEY] == 3
    with compound_context(YARD):
        assert Delivery.objects.stuck(timezone.now()).count() == 1
    logs = "".join(log.read_text() for log in files.glob("worker*.log"))
    assert KEY not in logs
