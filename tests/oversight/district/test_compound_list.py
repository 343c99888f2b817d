"""The list of compounds: found, filtered, ranked by a figure; small samples never win or lose."""

import pytest
from django.utils import timezone

from compounds.oversight.figures import Value
from tests.oversight.district.places import community, compounds, counted, reader
from tests.oversight.queries import queries_of


@pytest.fixture
def here(db):
    return community("大区", "大社区", street="大街")


def ranked(client, query):
    response = client.get(f"/admin/compounds/?{query}")
    return [(entry.compound.name, entry.place) for entry in response.context["page"].rows]


def test_small_samples_are_marked_and_stand_after_the_ranked(here):
    good, bad, lucky, none = compounds(here, 4)
    for compound, inside in ((good, Value(9, 10)), (bad, Value(2, 10)), (lucky, Value(0, 2)), (none, None)):
        counted(compound, inside=inside)
    client = reader(district=here.district)

    worst = ranked(client, "figure=inside&order=worst")
    best = ranked(client, "figure=inside&order=best")

    assert worst == [(bad.name, 1), (good.name, 2), (lucky.name, None), (none.name, None)]
    assert best == [(good.name, 1), (bad.name, 2), (lucky.name, None), (none.name, None)]
    body = client.get("/admin/compounds/?figure=inside&order=worst").content.decode()
    assert body.count("few cases") == 1
    assert "With fewer than 5 cases a compound is not ranked" in body


def test_worst_first_follows_what_is_good(here):
    few, many = compounds(here, 2)
    counted(few, overdue=Value(1))
    counted(many, overdue=Value(8))

    assert ranked(reader(district=here.district), "figure=overdue&order=worst")[0] == (many.name, 1)


def test_without_an_order_what_needs_attention_comes_first(here):
    fine, act = compounds(here, 2)
    counted(fine)
    counted(act, unowned=Value(7))

    response = reader(district=here.district).get("/admin/compounds/")

    first = response.context["page"].rows[0]
    assert first.compound == act
    assert [reason.figure.key for reason in first.reasons] == ["unowned"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=beside", ["beside小区"]),
        ("q=INSIDE", ["inside小区"]),
        ("alarm=2", ["beside小区"]),
        ("alarm=0", ["inside小区"]),
        ("alarm=none", []),
        ("state=archived", []),
        ("street={street}", ["inside小区"]),
        ("community={beside}", ["beside小区"]),
    ],
)
def test_filters(places, query, found):
    counted(places.compounds["beside"], day=timezone.localdate().replace(year=2020))
    places.compounds["beside"].figures.filter(day=timezone.localdate()).update(state=2)
    query = query.format(street=places.inside.street_id, beside=places.beside.pk)

    assert [name for name, _ in ranked(reader(district=places.inside.district), query)] == found


def test_a_compound_that_is_being_opened_is_found_by_its_stage(here):
    compounds(here, 1, stem="soon", state="opening")
    client = reader(district=here.district)

    assert ranked(client, "") == []
    assert ranked(client, "state=opening") == [("soon小区", None)]


def test_it_goes_on_page_by_page_and_keeps_the_filters(here):
    counted(*compounds(here, 60))

    response = reader(district=here.district).get("/admin/compounds/?figure=open&order=name")

    page = response.context["page"]
    assert (len(page.rows), page.last, page.next_url) == (50, 2, "?figure=open&order=name&page=2")


def test_it_costs_the_same_for_one_compound_and_for_many(here):
    client = reader(district=here.district)
    counted(*compounds(here, 1), unowned=Value(7))
    one = queries_of(client, "/admin/compounds/?figure=inside&order=worst")

    for n in range(3):
        counted(*compounds(community("大区", f"社区{n}", street=f"街{n}"), 30, stem=f"more{n}"), unowned=Value(7))

    assert queries_of(client, "/admin/compounds/?figure=inside&order=worst") == one
