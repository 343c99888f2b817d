"""Elder mode: asked for by an address, remembered, begun with on residents' pages, and told to caches."""

import pytest

from compounds.organisation.models import PostKind
from compounds.registry import short_links
from compounds.registry.models import Compound
from tests.factories import EntranceFactory, PersonFactory

LARGE = "data-elder"


@pytest.fixture
def secretary(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


def is_large(response):
    return LARGE in response.content.decode().split("<head>", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("remembered", "asked", "board", "report"),
    [
        ("", "", False, True),
        ("0", "", False, False),
        ("1", "", True, True),
        ("", "1", True, True),
        ("", "0", False, False),
        ("1", "0", False, False),
        ("0", "1", True, True),
        ("no", "maybe", False, True),
    ],
)
def test_the_address_counts_before_what_is_remembered_before_what_a_page_begins_with(
    anyone, remembered, asked, board, report
):
    entrance = EntranceFactory()
    if remembered:
        anyone.cookies["elder"] = remembered
    query = {"elder": asked} if asked else {}

    assert is_large(anyone.get("/board/", query)) is board
    if remembered:
        anyone.cookies["elder"] = remembered
    else:
        anyone.cookies.pop("elder", None)
    assert is_large(anyone.get(f"/report/{entrance.pk}/", query)) is report


def test_what_an_address_asked_for_is_remembered_for_a_year_and_caches_are_told(anyone):
    response = anyone.get("/board/?elder=1")

    assert (response.cookies["elder"].value, response.cookies["elder"]["max-age"]) == ("1", 365 * 24 * 3600)
    assert response.cookies["elder"]["samesite"] == "Lax"
    assert "Cookie" in response["Vary"]
    assert is_large(anyone.get("/board/"))
    assert anyone.get("/board/?elder=0").cookies["elder"].value == "0"
    assert not is_large(anyone.get("/board/"))


def test_a_look_that_chooses_nothing_sets_nothing(anyone):
    assert "elder" not in anyone.get("/board/").cookies


def test_who_begins_with_a_large_page_goes_on_in_large_letters_for_this_visit(anyone):
    begun = anyone.get(f"/report/{EntranceFactory().pk}/")

    assert (begun.cookies["elder"].value, begun.cookies["elder"]["max-age"]) == ("1", "")
    assert is_large(anyone.get("/board/"))


def test_who_is_signed_in_keeps_their_own_size(web, secretary):
    client = web(secretary)

    assert "elder" not in client.get(f"/report/{EntranceFactory().pk}/").cookies


@pytest.mark.parametrize(("remembered", "tail"), [("", "?elder=1"), ("1", ""), ("0", "")])
def test_a_sheet_asks_for_large_letters_unless_this_phone_has_chosen(client, north, remembered, tail):
    short_links.make(["board/"])
    link = short_links.of(["board/"])["board/"]
    if remembered:
        client.cookies["elder"] = remembered

    response = client.get(short_links.for_paper(short_links.short_path(link)))

    assert response["Location"] == f"/c/north/board/{tail}"


def test_the_switch_keeps_what_else_the_address_says(anyone):
    page = anyone.get("/board/?step=closed").content.decode()

    assert "step=closed&amp;elder=1" in page


def test_in_large_letters_the_branchs_number_stands_at_the_top(anyone, north):
    assert "tel:" not in anyone.get("/board/").content.decode()

    # A request inside a test finds itself in the compound already, as it was read before.
    north.phone = "0731-2860 1234"
    page = anyone.get("/board/").content.decode()

    assert 'href="tel:0731-28601234"' in page.split("<main", maxsplit=1)[0]


def test_the_branch_sets_the_number_that_residents_ring(web, secretary):
    client = web(secretary)

    wrong = client.post("/settings/phone/", {"phone": "ask Zhang"})
    kept = client.post("/settings/phone/", {"phone": "0731-2860 1234"})

    assert (wrong.status_code, kept.status_code) == (422, 302)
    assert Compound.objects.get(slug="north").phone == "0731-2860 1234"
