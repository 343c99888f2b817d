"""Postings go to robots of groups: each delivery is a row, sent once; what cannot be known is left to a person."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from compounds.jobs.models import Call, Due
from compounds.organisation.models import AuditEntry
from compounds.registry.context import current_schema
from compounds.registry.moving.arrival import welcome
from notices import file_making, files, reminders
from notices.channels import registry, room
from notices.delivering import KIND, deciding, queue, sending
from notices.delivering import robots as keeping
from notices.delivering.deciding import NothingToDecide, OutletNotUsed
from notices.models import Delivery, DeliveryState, NoticeState, Outlet, PostingFile, PostingPlace, Reminder
from tests.consultation.days import at, look, on
from tests.consultation.handling import secretary
from tests.factories import EntranceFactory
from tests.notices.groups import a_group, put_up, send, states
from tests.notices.publishing.telling import notice_in

# Unless a test goes to the quiet hours.
pytestmark = pytest.mark.usefixtures("daytime")


def later(**span):
    return on(f"{timezone.localtime(timezone.now()) + timedelta(**span):%Y-%m-%d %H:%M:%S}")


def test_a_posting_is_said_in_the_group_with_its_short_link(north, robots):
    a_group(robots)
    posting = put_up()

    assert send(north) == 1

    [text] = robots.texts()
    code = files.short_link_of(posting).code
    assert text.startswith(("[北苑]", "【北苑】"))
    assert text.endswith(f"https://linjuli.example/q/{code}")
    assert len(text) <= 200
    assert states(kind="posting") == [("posting", "sent", "")]
    assert send(north) == 0
    assert len(robots.texts()) == 1


def test_its_picture_follows_once_it_is_made(north, robots):
    a_group(robots)
    posting = put_up()
    send(north)
    assert (robots.texts(), states(kind="picture")) == ([robots.texts()[0]], [("picture", "queued", "")])
    Call.objects.all().delete()

    file_making.make_waiting(timezone.now)
    assert Call.objects.filter(kind=KIND).exists()
    send(north)

    assert robots.texts()[1:] == ["image"]
    assert PostingFile.objects.get(posting=posting, form="picture").state == "ready"
    assert not Due.objects.filter(kind=KIND).exists()


def test_a_picture_that_is_too_large_is_sent_smaller(north, robots):
    a_group(robots)
    posting = put_up()
    file_making.make_waiting(timezone.now)
    row = PostingFile.objects.get(posting=posting, form="picture")
    big = io.BytesIO()
    Image.effect_noise((1080, 3000), 90).convert("RGB").save(big, "PNG")
    assert big.tell() > 2 * 1024 * 1024
    default_storage.delete(row.path(current_schema()))
    default_storage.save(row.path(current_schema()), io.BytesIO(big.getvalue()))

    send(north)

    assert robots.texts()[1:] == ["image"]


def test_a_picture_that_could_not_be_made_says_so_and_leaves_the_text_alone(north, robots):
    a_group(robots)
    put_up()
    PostingFile.objects.update(state="failed", error="broken")

    send(north)

    assert states() == [("posting", "sent", ""), ("picture", "failed", "no_picture")]


def test_a_robot_of_a_building_hears_of_what_hangs_there_only(north, robots):
    one, other = EntranceFactory().building, EntranceFactory().building
    a_group(robots, "robot-0001", building=one)
    a_group(robots, "robot-0002", building=other)
    a_group(robots, "robot-0003")
    a_group(robots, "robot-0004", active=False)
    everywhere = put_up("全小区")
    send(north)
    assert [len(robots.texts(f"robot-000{n}")) for n in (1, 2, 3, 4)] == [1, 1, 1, 0]

    Delivery.objects.all().delete()
    PostingPlace.objects.filter(posting=everywhere).exclude(entrance__building=one).delete()
    queue.of_posting(everywhere)

    assert [row.outlet.building for row in Delivery.objects.filter(kind="posting")] == [one]
    PostingPlace.objects.filter(posting=everywhere).delete()
    assert queue._robots_for(everywhere) == []


def test_the_same_posting_is_queued_once_however_often_it_is_told(north, robots):
    a_group(robots)
    posting = put_up()

    queue.of_posting(posting)
    queue.of_posting(posting)

    assert Delivery.objects.count() == 2


def test_a_compound_without_robots_has_nothing_to_do(north):
    put_up()

    assert not Delivery.objects.exists()
    assert not Call.objects.filter(kind=KIND).exists()


def test_in_quiet_hours_only_an_emergency_goes_out(north, robots):
    a_group(robots)
    with on("2026-03-02 22:00"):
        put_up("平常的事")
        alarm = put_up("燃气泄漏")
        queue.press(alarm)
        send(north)
        assert Due.objects.get(kind=KIND).due_at == at("2026-03-03 07:30")
    assert ["燃气泄漏" in text for text in robots.texts()] == [True]

    with on("2026-03-03 07:30"):
        send(north)

    assert ["平常的事" in text for text in robots.texts()] == [False, True]


def test_an_emergency_notice_goes_out_at_night_and_a_withdrawn_one_not_at_all(north, robots):
    a_group(robots)
    with on("2026-03-02 22:00"):
        notice_in(NoticeState.PUBLISHED, title="周六活动")
        notice_in(NoticeState.WITHDRAWN, kind="emergency", title="写错了的", ends_on=at("2026-03-05").date())
        notice_in(NoticeState.PUBLISHED, kind="emergency", title="今晚停水", ends_on=at("2026-03-05").date())
        send(north)

    assert ["今晚停水" in text for text in robots.texts()] == [True]


def test_what_was_due_before_the_quiet_hours_does_not_go_out_in_them(north, robots):
    a_group(robots)
    put_up()
    with on("2026-03-02 23:00"):
        assert send(north) == 0
    with on("2026-03-03 08:00"):
        assert send(north) == 1


@pytest.mark.parametrize("mood", ["limited", "503", "busy"])
def test_what_surely_did_not_arrive_is_tried_again_later_and_then_arrives(north, robots, mood):
    a_group(robots)
    put_up()
    robots.moods["robot-0001"] = mood
    send(north)
    assert send(north) == 0
    assert robots.asked["robot-0001"] == 1, "it rests"
    robots.moods.clear()

    with later(seconds=61):
        assert send(north) == 1

    assert Outlet.objects.get().failures_in_row == 0
    assert len(robots.texts()) == 1


def test_a_clock_set_back_sends_nothing_twice_and_what_is_new_goes_out(north, robots):
    a_group(robots)
    put_up("先发的")
    file_making.make_waiting(timezone.now)
    send(north)
    robots.moods["robot-0001"] = "hangs_up"
    put_up("没有回音的")
    send(north)
    robots.moods.clear()
    said = len(robots.texts())

    with later(hours=-1):
        put_up("后发的")
        send(north)
        send(north)
    send(north)

    assert [text.count("后发的") for text in robots.texts()[said:]].count(1) == 1
    assert sum("先发的" in text for text in robots.texts()) == 1
    assert sum("没有回音的" in text for text in robots.texts()) == 1
    assert [row.posting.title for row in Delivery.objects.stuck(timezone.now())] == ["没有回音的"]


def test_a_robot_that_is_down_costs_one_try_each_time_and_gives_up_after_a_day(north, robots):
    a_group(robots)
    a_group(robots, "robot-0002")
    for n in range(5):
        put_up(f"第{n}件")
    robots.moods["robot-0001"] = "503"

    send(north)
    assert (robots.asked["robot-0001"], len(robots.texts("robot-0002"))) == (1, 5)
    for _ in range(3):
        send(north)
    assert robots.asked["robot-0001"] == 1
    with later(hours=25):
        send(north)

    failed = Delivery.objects.filter(outlet__name="群robot-0001", kind="posting")
    assert {row.state for row in failed} == {"failed"}
    assert {row.error for row in failed} == {"http_503", "too_old"}


@pytest.mark.parametrize("mood", ["nonsense", "slow", "hangs_up", "504"])
def test_what_may_have_arrived_is_never_sent_again_by_itself(north, robots, mood):
    a_group(robots)
    put_up()
    robots.moods["robot-0001"] = mood
    send(north)
    robots.moods.clear()
    for hours in (1, 30, 300):
        with later(hours=hours):
            send(north)

    assert robots.asked["robot-0001"] == 1
    assert [row.kind for row in Delivery.objects.stuck(timezone.now())] == ["posting"]


def test_a_worker_killed_between_sending_and_recording_leaves_it_to_a_person(north, robots, monkeypatch):
    a_group(robots)
    put_up()

    def killed(*args):
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr("notices.delivering.sending.keep_sent", killed)
        send(north)
    assert len(robots.texts()) == 1
    assert not Delivery.objects.stuck(timezone.now()).exists(), "the lease holds"
    with later(minutes=4):
        send(north)
        assert len(robots.texts()) == 1
        stuck = Delivery.objects.stuck(timezone.now()).get()
        deciding.it_arrived(stuck, now=timezone.now(), by=secretary())

    assert states(kind="posting") == [("posting", "sent", "")]
    assert AuditEntry.objects.filter(action="delivery.it_arrived").count() == 1


def test_a_person_may_have_it_sent_again_once(north, robots):
    a_group(robots)
    put_up()
    robots.moods["robot-0001"] = "nonsense"
    send(north)
    robots.moods.clear()
    row = Delivery.objects.stuck(timezone.now()).get()

    deciding.send_again(row, now=timezone.now(), by=secretary())
    with pytest.raises(NothingToDecide):
        deciding.send_again(row, now=timezone.now(), by=secretary())
    with pytest.raises(NothingToDecide):
        deciding.it_arrived(row, now=timezone.now(), by=secretary())
    send(north)

    assert len(robots.texts()) == 1
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("sent", secretary())


def test_who_comes_back_after_the_lease_changes_nothing_that_a_person_decided(north, robots, monkeypatch):
    a_group(robots)
    put_up()
    send_it = sending_slowly(monkeypatch)

    send_it(north)

    row = Delivery.objects.get(kind="posting")
    assert (row.state, row.receipt, row.decided_by) == ("sent", "", secretary())


def sending_slowly(monkeypatch):
    """A worker that stands still between sending and recording until somebody has decided."""
    keep = sending.keep_sent

    def late(batch, receipt, now):
        Delivery.objects.filter(pk=batch.rows[0].pk).update(leased_until=now - timedelta(seconds=1))
        deciding.it_arrived(batch.rows[0], now=now, by=secretary())
        return keep(batch, receipt, now)

    monkeypatch.setattr(sending, "keep_sent", late)
    return send


def test_a_robot_that_was_removed_is_used_no_more_and_what_waits_for_it_fails_with_it(north, robots):
    a_group(robots)
    for n in range(3):
        put_up(f"第{n}件")
    robots.moods["robot-0001"] = "unknown"

    send(north)

    robot = Outlet.objects.get()
    assert (robot.active, robot.last_error, robots.asked["robot-0001"]) == (False, "no_such_robot", 1)
    assert sorted({error for _kind, _state, error in states()}) == ["no_such_robot", "out_of_use"]
    with pytest.raises(OutletNotUsed):
        deciding.send_again(Delivery.objects.first(), now=timezone.now(), by=secretary())

    keeping.change(robot, name="新群", building=None, webhook=robots.webhook("robot-0009"), by=secretary())
    deciding.send_again(Delivery.objects.filter(kind="posting").last(), now=timezone.now(), by=secretary())
    assert send(north) == 1
    assert len(robots.texts("robot-0009")) == 1


def test_more_than_twenty_that_wait_are_joined_and_each_is_named_once(north, robots):
    a_group(robots)
    for n in range(45):
        put_up(f"第{n:02}件：{'楼' * 60}")

    assert send(north) == 45

    said = robots.texts()
    assert len(said) < 10
    assert all(len(text.encode()) <= 4096 for text in said)
    assert [sum(f"第{n:02}件" in text for text in said) for n in range(45)] == [1] * 45
    assert sum(text.count("https://linjuli.example/q/") for text in said) == 45
    assert Delivery.objects.filter(joined_to__isnull=False).count() == 45 - len(said)


def test_twenty_go_one_by_one_and_the_next_ones_together_when_there_is_room(north, robots):
    a_group(robots)
    for n in range(20):
        put_up(f"第{n:02}件")
    send(north)
    assert len(robots.texts()) == 20
    for n in range(20, 25):
        put_up(f"第{n:02}件")

    assert send(north) == 0
    assert robots.asked["robot-0001"] == 20, "it is not even asked"
    assert Due.objects.get(kind=KIND).due_at <= timezone.now()
    room.caches["shared"].clear()
    room.take(robots.webhook())
    for _ in range(16):
        room.take(robots.webhook())
    robots._times.clear()

    assert send(north) == 5
    assert len(robots.texts()) == 21


def test_a_joined_message_that_fails_gives_back_all_its_rows(north, robots):
    a_group(robots)
    for n in range(25):
        put_up(f"第{n:02}件")
    robots.moods["robot-0001"] = "limited"
    send(north)
    assert {state for _kind, state, _error in states(kind="posting")} == {"queued"}
    assert not Delivery.objects.filter(joined_to__isnull=False).exists()
    robots.moods.clear()

    with later(seconds=61):
        assert send(north) == 25


def test_what_was_taken_down_or_is_over_goes_nowhere(north, robots):
    a_group(robots)
    gone, over = put_up("收回的"), put_up("过期的")
    queue.call_back(gone)
    with on("2026-03-20 10:00"):
        Delivery.objects.update(give_up_at=timezone.now() + timedelta(days=1))
        send(north)

    assert robots.texts() == []
    assert {row.error for row in Delivery.objects.filter(posting=gone)} == {"taken_down"}
    assert {row.error for row in Delivery.objects.filter(posting=over, kind="posting")} == {"over"}


def test_a_fault_of_ours_stops_nothing_else(north, robots, monkeypatch):
    a_group(robots)
    a_group(robots, "robot-0002")
    put_up()
    robot = registry.of("robot")
    send_it = type(robot).send

    def broken(self, address, message):
        if "0001" in address:
            raise ZeroDivisionError(address)
        return send_it(self, address, message)

    monkeypatch.setattr(type(robot), "send", broken)
    send(north)

    assert states(kind="posting") == [("posting", "sending", "broken"), ("posting", "sent", "")]


def test_an_idle_look_costs_the_same_however_much_was_sent(north, robots):
    robot, now = a_group(robots), timezone.now()
    ended = {"state": DeliveryState.SENT, "finished_at": now, "next_try_at": now, "give_up_at": now}
    costs = []

    for count in (1, 60):
        Delivery.objects.bulk_create(
            Delivery(outlet=robot, kind="test", key=f"{count} {n}", **ended) for n in range(count)
        )
        with CaptureQueriesContext(connection) as queries:
            send(north)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_a_compound_that_came_from_elsewhere_speaks_to_nobody(north, robots):
    a_group(robots)
    put_up()

    welcome(north)
    send(north)
    put_up("到了以后")
    send(north)

    assert robots.asked["robot-0001"] == 0
    assert {(state, error) for _kind, state, error in states()} == {("failed", "out_of_use")}


def test_the_branch_is_told_of_what_may_have_arrived_and_of_a_robot_that_is_gone(north, robots):
    a_group(robots, name="业主群")
    a_group(robots, "robot-0002", name="3栋群")
    robots.moods |= {"robot-0001": "nonsense", "robot-0002": "unknown"}
    put_up("停水")
    send(north)

    for _ in range(2):
        look("2026-03-02 10:01")

    told = {row.kind: reminders.words(row, "en") for row in Reminder.objects.filter(person=secretary())}
    assert told["delivery_stuck"].startswith("Nobody knows whether “停水” arrived in 业主群.")
    assert told["robot_gone"] == "The robot of 3栋群 is gone or was stopped; nothing is said there any more."
    assert Reminder.objects.filter(kind__in=["delivery_stuck", "robot_gone"]).count() == 2
