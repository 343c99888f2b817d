"""What anybody may take from the board: matters as CSV and JSON, meetings for a calendar."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from consultation.models import Issue, Meeting, Openness
from consultation.steps import Step
from consultation.web import open_data
from tests.factories import EntranceFactory, IssueFactory, PersonFactory

HIDDEN = "王大妈"


def get(path, **headers):
    return Browser().get(f"/c/north/board/{path}", headers=headers)


def rows_of(answer):
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_what_hangs_on_the_board_is_there_in_both_kinds_and_nothing_else(north):
    entrance = EntranceFactory()
    shown = IssueFactory(step=Step.MEET, title="电梯异响", entrance=entrance, said=HIDDEN, place_note=HIDDEN)
    IssueFactory(step=Step.VISIT)
    for openness in (Openness.MEMBERS, Openness.CONFIDENTIAL):
        IssueFactory(step=Step.MEET, openness=openness)

    table, told = get("issues.csv"), get("issues.json")

    (row,) = rows_of(table)
    (one,) = told.json()["issues"]
    assert row == {name: "" if value is None else str(value) for name, value in one.items()}
    assert (one["number"], one["title"], one["step"]) == (shown.number, "电梯异响", "meet")
    assert (one["building"], one["entrance"]) == (entrance.building.number, entrance.number)
    assert HIDDEN not in table.content.decode() + told.content.decode()
    assert shown.recorded_by.name not in table.content.decode()


def test_a_title_is_no_formula_for_a_spreadsheet(north):
    IssueFactory(step=Step.MEET, title="=HYPERLINK(1)")

    assert rows_of(get("issues.csv"))[0]["title"] == "'=HYPERLINK(1)"


def test_one_year_can_be_asked_for(north):
    old, new = IssueFactory(step=Step.MEET), IssueFactory(step=Step.MEET)
    Issue.objects.filter(pk=old.pk).update(year=2019)

    assert [row["number"] for row in rows_of(get("issues.csv?year=2019"))] == [old.number]
    assert [row["number"] for row in rows_of(get("issues.csv"))] == [new.number, old.number]
    assert rows_of(get("issues.csv?year=x")) == []


@pytest.mark.parametrize("path", ["issues.csv", "issues.json", "meetings.ics"])
def test_it_may_be_kept_and_asked_for_only_when_it_has_changed(north, path):
    IssueFactory(step=Step.MEET)

    first = get(path)
    again = get(path, If_None_Match=first["ETag"])

    assert {"public", "max-age=600"} <= set(first["Cache-Control"].split(", "))
    assert first["Access-Control-Allow-Origin"] == "*"
    assert again.status_code == 304


def test_who_takes_it_too_often_waits(north, monkeypatch):
    monkeypatch.setattr(open_data, "MOST_READS", 2)

    assert [get("issues.json").status_code for _n in range(3)] == [200, 200, 429]


def test_it_costs_the_same_for_one_matter_and_for_sixty(north):
    IssueFactory(step=Step.MEET)
    get("issues.csv")
    with CaptureQueriesContext(connection) as one:
        get("issues.csv")
    for _n in range(59):
        IssueFactory(step=Step.MEET)
    with CaptureQueriesContext(connection) as sixty:
        assert len(rows_of(get("issues.csv"))) == 60

    assert len(sixty) == len(one)


def test_meetings_stand_in_the_calendar_and_cancelled_ones_as_such(north):
    now = timezone.now().replace(microsecond=0)
    host = PersonFactory(name=HIDDEN)
    Meeting.objects.create(number=1, starts_at=now + timedelta(days=3), venue="党群服务站", convened_by=host)
    off = {"cancelled_at": now, "cancelled_by": host, "cancel_reason": f"{HIDDEN}病了"}
    Meeting.objects.create(number=2, starts_at=now + timedelta(days=4), venue="架空层", convened_by=host, **off)
    Meeting.objects.create(number=3, starts_at=now - timedelta(days=100), venue="架空层", convened_by=host)

    answer = get("meetings.ics")

    events = Calendar.from_ical(answer.content).walk("VEVENT")
    found = {(event["dtstart"].dt, str(event["status"]), str(event["location"])) for event in events}
    assert found == {
        (now + timedelta(days=3), "CONFIRMED", "党群服务站"),
        (now + timedelta(days=4), "CANCELLED", "架空层"),
    }
    assert len({str(event["uid"]) for event in events}) == 2
    assert HIDDEN not in answer.content.decode()
