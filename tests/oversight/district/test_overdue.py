"""Overdue matters of all compounds: filtered, page by page, and as an Excel file."""

import io
from datetime import timedelta

import pytest
import python_calamine
import time_machine
from django.utils import timezone

from compounds.oversight.district import overdue_sheet
from compounds.registry.models import Compound
from tests.oversight.district.places import community, compounds, overdue, reader
from tests.oversight.queries import queries_of


@pytest.fixture
def client(places):
    return reader(district=places.inside.district)


def listed(client, query=""):
    response = client.get(f"/admin/overdue/?{query}")
    return [(m.item.compound.slug, m.days_late) for m in response.context["matters"]]


def sheet(client, query="", **headers):
    response = client.get(f"/admin/overdue/sheet/?{query}", **headers)
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python()


def test_only_what_is_late_is_listed_the_longest_first(places, client):
    inside, beside = places.compounds["inside"], places.compounds["beside"]
    overdue(inside, days=2)
    overdue(beside, days=9)
    overdue(inside, days=0)
    overdue(inside, days=5, on_hold=True)
    overdue(inside, due_on=None)
    overdue(places.compounds["elsewhere"], days=50)

    assert listed(client) == [("beside", 9), ("inside", 2)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=停车", ["beside"]),
        ("step=meet", ["beside"]),
        ("party=branch", ["beside"]),
        ("escalated=branch", ["beside"]),
        ("late=5", ["beside"]),
        ("late=1", ["beside", "inside"]),
        ("q=inside", ["inside"]),
        ("q=充电", ["beside"]),
        ("q=2026-0000", ["beside", "inside"]),
        ("street={street}", ["inside"]),
        ("community={beside}", ["beside"]),
        ("order=-due_on", ["inside", "beside"]),
        ("category=停车&step=handle", []),
    ],
)
def test_filters(places, client, query, found):
    overdue(places.compounds["inside"], days=2)
    overdue(
        places.compounds["beside"],
        days=9,
        title="电瓶车进楼充电",
        category="停车",
        category_en="Parking",
        step="meet",
        party="branch",
        escalated="branch",
    )
    query = query.format(street=places.inside.street_id, beside=places.beside.pk)

    assert [slug for slug, _ in listed(client, query)] == found


def test_categories_are_offered_in_the_readers_language(places, client):
    overdue(places.compounds["inside"])

    english = client.get("/admin/overdue/").content.decode()
    chinese = client.get("/admin/overdue/", headers={"accept-language": "zh-hans"}).content.decode()

    assert '<option value="电梯设备">Lifts</option>' in english
    assert '<option value="电梯设备">电梯设备</option>' in chinese


def test_the_file_holds_what_the_page_lists_with_days_and_numbers(places, client):
    today = timezone.localdate()
    overdue(places.compounds["inside"], days=2, title="=1+1")
    overdue(places.compounds["beside"], 2, days=9)
    overdue(places.compounds["elsewhere"])

    head, *rows = sheet(client)

    assert head[:5] == ["Compound", "Community", "Street", "Number", "Matter"]
    assert [row[0] for row in rows] == ["beside小区", "beside小区", "inside小区"]
    assert rows[2][1:5] == ["街内社区", "街道", "2026-0000", "=1+1"]
    assert rows[2][5:8] == ["Lifts", "Divide and handle", "property company"]
    assert rows[2][9:] == [today - timedelta(days=2), 2, ""]


def test_how_far_up_it_was_taken_is_told_in_words_on_the_page_and_in_the_file(places, client):
    overdue(places.compounds["inside"], days=2, escalated="supervisor")
    overdue(places.compounds["beside"], days=9, escalated="office")

    english = client.get("/admin/overdue/").content.decode()
    chinese = client.get("/admin/overdue/", headers={"accept-language": "zh-hans"}).content.decode()
    head, *rows = sheet(client)

    assert '<td data-label="Taken up to">street or district</td>' in english
    assert '<td data-label="已升到">责任主体的主管部门</td>' in chinese
    assert (head[-1], [row[-1] for row in rows]) == ("Taken up to", ["street or district", "the body's supervisor"])


def test_what_was_taken_up_farthest_comes_first_if_asked_for(places, client):
    inside, beside = places.compounds["inside"], places.compounds["beside"]
    overdue(inside, days=9)
    overdue(inside, days=3, escalated="general")
    overdue(beside, days=2, escalated="office")
    overdue(beside, days=8, escalated="branch")

    assert [days for _slug, days in listed(client, "order=escalated")] == [2, 3, 8, 9]


def test_a_clock_in_hours_is_late_from_its_moment_on(places, client):
    with time_machine.travel("2026-03-04T12:00+08:00", tick=False):
        inside = places.compounds["inside"]
        overdue(inside, due_at=timezone.now() - timedelta(hours=5), days=0)
        overdue(inside, due_at=timezone.now() + timedelta(minutes=1), days=0)
        overdue(inside, due_at=timezone.now() - timedelta(hours=30), days=1)

        response = client.get("/admin/overdue/")

    assert [matter.late for matter in response.context["matters"]] == ["1", "5 h"]
    assert "<small>07:00</small>" in response.content.decode()


def test_the_file_follows_the_filters_and_the_language(places, client):
    overdue(places.compounds["inside"])
    overdue(places.compounds["beside"], days=9)

    head, *rows = sheet(client, "late=5", headers={"accept-language": "zh-hans"})

    assert head[0] == "小区"
    assert [row[0] for row in rows] == ["beside小区"]


def test_a_file_that_is_full_says_so(places, client, monkeypatch):
    monkeypatch.setattr(overdue_sheet, "MOST", 2)
    overdue(places.compounds["inside"], 3)

    rows = sheet(client)

    assert len(rows) == 4
    assert "at most 2 rows" in rows[-1][0]


def test_nothing_overdue_is_said(client):
    body = client.get("/admin/overdue/").content.decode()

    assert "Nothing is overdue" in body
    assert len(sheet(client)) == 1


def test_it_costs_the_same_for_one_matter_and_for_many(places, client):
    overdue(places.compounds["inside"])
    one = queries_of(client, "/admin/overdue/"), queries_of(client, "/admin/overdue/sheet/")

    for n in range(3):
        for compound in compounds(community("此区", f"社区{n}"), 3, stem=f"more{n}"):
            overdue(compound, 40)

    assert (queries_of(client, "/admin/overdue/"), queries_of(client, "/admin/overdue/sheet/")) == one


def test_what_an_archived_compound_left_open_is_nobodys_work(places, client):
    overdue(places.compounds["inside"])
    Compound.objects.filter(slug="inside").update(state="archived")

    assert listed(client) == []
    assert len(sheet(client)) == 1
