"""Quarters beside each other, with sub-totals by community and street."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from compounds.oversight import periods
from compounds.oversight.district import comparison
from compounds.oversight.figures import Value
from tests.oversight.district.places import community, compounds, counted, reader
from tests.oversight.queries import queries_of

PATH = "/admin/comparison/"


@pytest.fixture
def street(db):
    """A street with two communities: two compounds in the first, one in the second; and one compound of no street."""
    first, second = community("大区", "甲社区", street="街"), community("大区", "乙社区", street="街")
    return [*compounds(first, 2, stem="aa"), *compounds(second, 1, stem="bb"), *compounds(community("大区", "外"), 1)]


def lines(response, key):
    at = [figure.key for figure in response.context["family"].figures].index(key)
    quarters = len(response.context["quarters"])
    return [
        (line.level, str(line.name), [cell.text for cell in line.cells[at * quarters : (at + 1) * quarters]])
        for line in response.context["lines"]
    ]


def client_of(rows):
    return reader(district=rows[0].community.district)


def test_sub_totals_are_put_together_from_cases(street):
    end = periods.last_day_of_previous_quarter(timezone.localdate())
    for compound, now, before in zip(
        street,
        (Value(1, 10), Value(89, 90), Value(5, 10), Value(0, 10)),
        (Value(1, 2), Value(1, 2), Value(2, 2), Value(0, 4)),
        strict=True,
    ):
        counted(compound, inside=now)
        counted(compound, day=end, inside=before)

    found = lines(client_of(street).get(PATH), "inside")

    assert found == [
        ("total", "", ["79.2 %", "40.0 %"]),
        ("street", "街", ["86.4 %", "66.7 %"]),
        ("community", "乙社区", ["50.0 %", "100.0 %"]),
        ("compound", "bb小区", ["50.0 %", "100.0 %"]),
        ("community", "甲社区", ["90.0 %", "50.0 %"]),
        ("compound", "aa小区0", ["10.0 %", "50.0 %"]),
        ("compound", "aa小区1", ["98.9 %", "50.0 %"]),
        ("community", "外", ["0.0 %", "0.0 %"]),
        ("compound", "many小区", ["0.0 %", "0.0 %"]),
    ]


def test_each_quarter_shows_its_last_row_and_no_other_quarters(street):
    end = periods.last_day_of_previous_quarter(timezone.localdate())
    counted(street[0], day=end - timedelta(days=1), inside=Value(1, 10))
    counted(street[0], day=end, inside=Value(2, 10))

    response = client_of(street).get(f"{PATH}?quarter={periods.quarter_label(end)}")
    both = client_of(street).get(PATH)

    assert lines(response, "inside")[0] == ("total", "", ["20.0 %"])
    assert lines(both, "inside")[0] == ("total", "", ["–", "20.0 %"])
    assert str(response.context["family"].figures[0].definition) in response.content.decode()


def test_of_medians_the_middle_compounds_is_shown_and_it_is_said(street):
    for compound, days in zip(street, (1.0, 2.0, 9.0, 4.0), strict=True):
        counted(compound, days_visit=Value(days, 6))

    response = client_of(street).get(f"{PATH}?family=days_visit")

    assert lines(response, "days_visit")[0][2][0] == "3.0 days"
    assert "the middle one's is shown" in unescape(response.content.decode())


def test_small_samples_are_marked(street):
    counted(street[0], inside=Value(1, 2))

    assert "50.0 %*" in client_of(street).get(PATH).content.decode()


def test_a_community_can_be_chosen(street):
    counted(*street)

    response = client_of(street).get(f"{PATH}?community={street[2].community_id}")

    assert [name for level, name, _ in lines(response, "inside") if level == "compound"] == ["bb小区"]


def test_too_many_compounds_are_shown_by_community(street, monkeypatch):
    monkeypatch.setattr(comparison, "SHOWN_AT_ONCE", 3)
    counted(*street)
    client = client_of(street)

    body = client.get(PATH)
    chosen = client.get(f"{PATH}?street={street[0].community.street_id}")

    assert {level for level, _, _ in lines(body, "inside")} == {"total", "street", "community"}
    assert "too many compounds" in body.content.decode()
    assert [level for level, _, _ in lines(chosen, "inside")].count("compound") == 3


def test_it_costs_the_same_for_one_compound_and_for_many(street):
    client = client_of(street)
    counted(street[0])
    one = queries_of(client, PATH)

    for n in range(3):
        counted(*compounds(community("大区", f"社区{n}", street=f"街{n}"), 30, stem=f"more{n}"))

    assert queries_of(client, PATH) == one
