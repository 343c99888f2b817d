"""Several workers, several compounds, one robot: each delivery goes once, and a minute holds no more than twenty."""

from django.utils import timezone

from compounds.registry.context import compound_context
from notices.channels import room
from notices.delivering import deciding, queue, sending
from notices.delivering.deciding import NothingToDecide
from notices.models import ChannelName, Delivery, Outlet, Posting
from tests.committing import YARD, at_once
from tests.consultation.days import on
from tests.consultation.handling import secretary
from tests.notices.groups import a_group, put_up


def worker(_n: int) -> int:
    with compound_context(YARD) as compound:
        return sending.send_waiting(compound, timezone.now)


def test_four_workers_send_each_delivery_once(committing, robots):
    with on("2026-03-02 10:00"), compound_context(YARD):
        a_group(robots)
        titles = [put_up(f"第{n:02}件").title for n in range(12)]

    with on("2026-03-02 10:01"):
        counts = at_once(4, worker)

    assert sum(counts) == 12
    assert robots.asked["robot-0001"] == len(robots.texts()) == 12
    assert [sum(title in text for text in robots.texts()) for title in titles] == [1] * 12


def test_two_that_share_one_robot_together_say_no_more_than_twenty_a_minute(committing, robots):
    with on("2026-03-02 10:00"), compound_context(YARD):
        for name in ("甲小区群", "乙小区群"):
            Outlet.objects.create(channel=ChannelName.ROBOT, name=name, webhook=robots.webhook())
        put_up("公告")
        first = Posting.objects.get()
        for robot in Outlet.objects.robots():
            Delivery.objects.filter(outlet=robot).delete()
            for _ in range(30):
                queue.of_test(robot)
        assert first.pk

    with on("2026-03-02 10:01"):
        at_once(4, worker)

    assert robots.asked["robot-0001"] == len(robots.texts()) == 20
    with compound_context(YARD):
        assert Delivery.objects.filter(state="queued").count() == 40


def test_places_of_a_minute_are_given_out_once(committing):
    places = at_once(8, lambda n: [room.take("one robot") for _ in range(5)])

    taken = [place for given in places for place in given if place]
    assert len(taken) == len(set(taken)) == 20


def test_of_two_who_decide_at_once_one_does(committing, robots):
    with on("2026-03-02 10:00"):
        with compound_context(YARD):
            a_group(robots)
            by = secretary()
            put_up()
            robots.moods["robot-0001"] = "nonsense"
        worker(0)

        with compound_context(YARD):
            row = Delivery.objects.stuck(timezone.now()).get()

        def decide(n: int) -> None:
            with compound_context(YARD):
                (deciding.send_again if n else deciding.it_arrived)(row, now=timezone.now(), by=by)

        results = at_once(2, decide)

    assert {type(one) for one in results} == {type(None), NothingToDecide}
