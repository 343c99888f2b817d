"""Whatever stands in an address is answered, and what was not understood is said."""

from html import unescape

import pytest

from compounds.oversight.figures import FIGURES
from tests.oversight.district.places import overdue, reader

PAGES = ("compounds/", "overdue/", "comparison/")
HOSTILE = ["%00", "'--", "99999999999999999999", "-1", "0", "x", "%F0%9F%92%A9", "2026-Q9", "<script>"]
NAMES = ("q", "street", "community", "state", "alarm", "figure", "order", "page", "category", "step", "party", "late")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_of_any_filter_breaks_a_page(places, page, value):
    overdue(places.compounds["inside"])
    client = reader(district=places.inside.district)

    for name in (*NAMES, "family", "quarter"):
        assert client.get(f"/admin/{page}?{name}={value}").status_code in {200, 422}, name
    assert client.get(f"/admin/overdue/sheet/?q={value}&category={value}").status_code == 200
    assert client.get(f"/admin/compounds/inside/?page={value}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "compounds/?figure=nope",
        "compounds/?page=x",
        "compounds/?q=%00",
        "compounds/?alarm=9",
        "overdue/?category=a%00b",
        "overdue/?step=nope",
        "overdue/?late=0",
        "comparison/?quarter=2026-Q9",
        "comparison/?family=nope",
        "comparison/?street=99999999999999999999",
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_is_shown(places, query):
    overdue(places.compounds["inside"])

    response = reader(district=places.inside.district).get(f"/admin/{query}")

    body = response.content.decode()
    assert response.status_code == 422
    assert "was not understood" in body
    assert "inside小区" in body


def test_a_page_beyond_the_last_is_the_last(places):
    response = reader(district=places.inside.district).get("/admin/compounds/?page=999")

    assert response.status_code == 200
    assert "inside小区" in response.content.decode()


@pytest.mark.parametrize("key", sorted(FIGURES))
def test_the_list_can_be_sorted_by_any_figure_whose_definition_it_shows(places, key):
    response = reader(district=places.inside.district).get(f"/admin/compounds/?figure={key}&order=worst")

    assert response.status_code == 200
    assert response.context["figure"] is FIGURES[key]
    assert str(FIGURES[key].definition) in unescape(response.content.decode())


@pytest.mark.parametrize("order", ["-due_on", "compound", "category", "party", "step"])
def test_overdue_matters_can_be_sorted(places, order):
    overdue(places.compounds["inside"], 2)

    response = reader(district=places.inside.district).get(f"/admin/overdue/?order={order}")

    assert len(response.context["matters"]) == 2
