"""Calendars to subscribe to, valid by RFC 5545: the compound's, and one's own by an address that can be given up."""

import re
from datetime import UTC

import pytest
from icalendar import Calendar

from compounds.organisation.models import PostKind
from tests.consultation.days import at, on
from tests.factories import PersonFactory
from tests.volunteers.planning import leader, places, planned, venue, volunteer, when, with_place
from volunteers.models import Volunteer
from volunteers.services import activities, own_calendars

FEED = "/board/activities.ics"


@pytest.fixture
def by(north):
    return leader(name="队长")


@pytest.fixture
def today(north):
    with on("2026-12-01"):
        yield at("2026-12-01")


@pytest.fixture
def helper(north):
    return volunteer(PersonFactory(name="志愿者", posts=[PostKind.PARTY_MEMBER]))


def events(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def own_address(client):
    return re.search(r"board/calendars/[^<\s]+\.ics", client.get("/activities/subscribe/").text)


def test_the_compound_s_calendar_holds_what_is_public_in_utc(anyone, by, today):
    room = venue("邻聚里党群服务站", where="3栋一层")
    planned("2026-12-12 09:00", title="百家宴; 一起来, 带碗筷", text="每家\n一道菜" * 30, venue=room, by=by)
    planned("2026-12-13", title="上门探望", in_public=False, by=by)

    answer = anyone.get(FEED)

    event = events(answer)[0]
    assert len(events(answer)) == 1
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("百家宴; 一起来, 带碗筷", "邻聚里党群服务站")
    assert event["DTSTART"].dt == at("2026-12-12 09:00").astimezone(UTC)
    assert event["DTEND"].dt == at("2026-12-12 11:00").astimezone(UTC)
    assert b"DTSTART:20261212T010000Z" in answer.content
    assert str(event["UID"]).endswith("@c_north.linjuli")
    assert "/board/activities/" in str(event["URL"])


def test_a_phone_that_has_it_already_is_told_so(anyone, today):
    had = anyone.get(FEED).headers["ETag"]

    assert anyone.get(FEED, headers={"If-None-Match": had}).status_code == 304


def test_its_lines_are_as_the_standard_wants_them(anyone, by, today):
    planned("2026-12-12 09:00", title="邻里义诊" * 15, text="量血压，测血糖。" * 60, by=by)

    body = anyone.get(FEED).content

    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    for needed in (b"VERSION:2.0\r\n", b"PRODID:", b"METHOD:PUBLISH\r\n", b"DTSTAMP:", b"SEQUENCE:0\r\n"):
        assert needed in body


def test_moved_and_cancelled_ones_change_on_the_phone_too(anyone, by, today):
    row = planned("2026-12-12 09:00", by=by)
    first = events(anyone.get(FEED))[0]
    with on("2026-12-02"):
        activities.move(row, when("2026-12-13 14:00"), now=at("2026-12-02"), by=by)
        moved = events(anyone.get(FEED))[0]
    with on("2026-12-03"):
        activities.cancel(row, why="下雨", now=at("2026-12-03"), by=by)
        cancelled = events(anyone.get(FEED))[0]

    assert first["UID"] == moved["UID"] == cancelled["UID"]
    assert first["SEQUENCE"] < moved["SEQUENCE"] < cancelled["SEQUENCE"]
    assert moved["DTSTART"].dt == at("2026-12-13 14:00").astimezone(UTC)
    assert (str(first["STATUS"]), str(cancelled["STATUS"]), str(cancelled["DESCRIPTION"])) == (
        "CONFIRMED",
        "CANCELLED",
        "下雨",
    )


def test_one_tap_subscribes_where_a_phone_can(web, by, today):
    page = web(by).get("/activities/subscribe/").text

    assert 'href="webcal://testserver/c/north/board/activities.ics"' in page
    assert "http://testserver/c/north/board/activities.ics" in page


def test_an_empty_calendar_is_one_too(anyone, today):
    assert events(anyone.get(FEED)) == []


def test_one_s_own_holds_what_one_takes_part_in_and_names_nobody(web, anyone, by, helper, today):
    mine = planned("2026-12-12", title="我的", places=places(), in_public=False, by=by)
    planned("2026-12-13", title="别人的", by=by)
    with_place(mine, volunteer=helper)
    client = web(helper.person)
    assert own_address(client) is None

    client.post("/activities/subscribe/own/")
    answer = anyone.get(f"/{own_address(client)[0]}")

    assert [str(event["SUMMARY"]) for event in events(answer)] == ["我的"]
    assert helper.person.name not in answer.content.decode()


def test_a_renewed_a_revoked_and_a_forged_address_lead_nowhere(web, anyone, helper, today):
    client = web(helper.person)
    client.post("/activities/subscribe/own/")
    first = own_address(client)[0]
    client.post("/activities/subscribe/own/")
    second = own_address(client)[0]
    assert (anyone.get(f"/{first}").status_code, anyone.get(f"/{second}").status_code) == (404, 200)

    client.post("/activities/subscribe/own/end/")
    helper.refresh_from_db()

    assert anyone.get(f"/{second}").status_code == 404
    forged = f"{helper.pk}.~x"
    for path in (forged, "x", f"{helper.pk}.", f"{helper.pk}"):
        assert anyone.get(f"/board/calendars/{path}.ics").status_code == 404
    assert own_calendars.token_of(helper) == ""


def test_it_ends_with_the_consent(web, anyone, helper, today):
    client = web(helper.person)
    client.post("/activities/subscribe/own/")
    address = own_address(client)[0]

    Volunteer.objects.filter(pk=helper.pk).update(withdrawn_on="2026-12-01")

    assert anyone.get(f"/{address}").status_code == 404


def test_who_is_no_volunteer_has_none(web, by, today):
    assert web(by).post("/activities/subscribe/own/").status_code == 404
    assert "You are not on their list" in web(by).get("/activities/subscribe/").text
