"""The robot of a WeCom group, against a server that speaks its protocol: what it carries, what each answer means."""

import io
import logging
import socket
import time
from datetime import timedelta

import pytest
from PIL import Image

from notices.channels import room
from notices.channels.interface import AddressDead, Message, Permanent, Temporary, Unclear
from notices.channels.robot import IMAGE_BYTES, TEXT_BYTES, Robot
from notices.channels.texts import as_link, cut

KEY = "robot-0001"


def say(robots, text="停水通知", **more):
    return Robot().send(robots.webhook(KEY), Message(text, **more))


def test_a_text_arrives(robots):
    receipt = say(robots, "明天停水 😀")

    assert (receipt, robots.texts()) == ("ok", ["明天停水 😀"])


@pytest.mark.parametrize("text", ["楼" * 3000, "a" * 3000, "😀" * 1000, "a" + "楼" * 1000, "ab" + "😀" * 1000])
def test_a_long_text_is_cut_at_a_character(robots, text):
    say(robots, text)

    [said] = robots.texts()
    assert TEXT_BYTES - 8 < len(said.encode()) <= TEXT_BYTES
    assert text.startswith(said.removesuffix("…"))


@pytest.mark.parametrize("most", range(3, 24))
def test_cutting_never_halves_a_character_and_never_exceeds(most):
    for text in ("楼栋长邻长", "a楼b栋", "😀😀😀😀😀", "short"):
        short = cut(text, most)

        assert len(short.encode()) <= most
        assert short == text or text.startswith(short.removesuffix("…"))


def test_many_links_are_markdown_and_a_title_cannot_break_out_of_its_link(robots):
    say(robots, markdown=as_link("请看](http://evil.example) [这里\n**", "https://linjuli.example/q/abc"))

    assert robots.texts() == ["[请看］(http://evil.example) ［这里 ＊＊](https://linjuli.example/q/abc)"]


def test_a_picture_goes_with_its_hash(robots):
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "PNG")

    say(robots, image=lambda most: out.getvalue() if most == IMAGE_BYTES else b"")

    assert robots.texts() == ["image"]


@pytest.mark.parametrize(
    ("mood", "raised", "code"),
    [
        ("limited", Temporary, "too_often"),
        ("busy", Temporary, "busy"),
        ("unknown", AddressDead, "no_such_robot"),
        ("odd", Permanent, "errcode_40001"),
        ("nonsense", Unclear, "nonsense"),
        ("no_code", Unclear, "nonsense"),
        ("list", Unclear, "nonsense"),
        ("endless", Unclear, "nonsense"),
        ("500", Temporary, "http_500"),
        ("503", Temporary, "http_503"),
        ("504", Unclear, "no_answer"),
        ("429", Temporary, "http_429"),
        ("404", Permanent, "nonsense"),
        ("elsewhere", Permanent, "sent_elsewhere"),
        ("slow", Unclear, "no_answer"),
        ("dripping", Unclear, "no_answer"),
        ("hangs_up", Unclear, "cut_off"),
    ],
)
def test_each_answer_has_one_meaning(robots, mood, raised, code, caplog):
    robots.moods[KEY] = mood
    caplog.set_level(logging.DEBUG)

    with pytest.raises(raised) as refused:
        say(robots)

    assert type(refused.value) is raised
    assert refused.value.code == code
    assert KEY not in f"{refused.value!r}{caplog.text}"
    assert robots.asked["another-1"] == 0


def test_what_is_limited_is_tried_again_after_a_minute(robots):
    robots.moods[KEY] = "limited"

    with pytest.raises(Temporary) as refused:
        say(robots)

    assert refused.value.retry_after == timedelta(minutes=1)


def test_a_server_that_is_down_surely_took_nothing(robots, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.ROBOT_ORIGINS = [f"http://127.0.0.1:{port}"]

    with pytest.raises(Temporary) as refused:
        Robot().send(f"http://127.0.0.1:{port}/cgi-bin/webhook/send?key={KEY}", Message("停水"))

    assert refused.value.code == "not_reached"


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=robot-0001",
        "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=robot-0001",
        "https://user@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=robot-0001",
        "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=robot-0001",
        "https://qyapi.weixin.qq.com/cgi-bin/other?key=robot-0001",
        "https://[qyapi/cgi-bin/webhook/send?key=robot-0001",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_is_sent_to_another_host(settings, address):
    assert settings.ROBOT_ORIGINS == ["https://qyapi.weixin.qq.com"]

    with pytest.raises(AddressDead) as refused:
        Robot().send(address, Message("停水"))

    assert refused.value.code == "host_not_allowed"


def test_a_minute_has_twenty_places_and_each_is_free_again_a_minute_after_the_answer(monkeypatch):
    monkeypatch.setattr(room, "_MINUTE", 1)
    places = [room.take("a") for _ in range(20)]

    assert (len(set(places)), room.take("a"), room.free("a")) == (20, "", 0)
    assert room.take("b")

    room.answered(places[3])
    assert room.take("a") == ""
    time.sleep(1.1)
    assert room.take("a") == places[3]
