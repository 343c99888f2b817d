"""The district's API: compounds, figures and what is overdue, inside one's grants or one's standing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from compounds.oversight.figures import FIGURES
from compounds.oversight.models import CompoundFigures, OpenItem
from compounds.partners.scopes import Scope
from compounds.registry.models import Community, Compound, CompoundState, District, Staff
from tests.partnering import Api, a_client, token_for
from tests.registry.scopes import signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    return Compound.objects.get(slug="north")


def district_api(place, **how):
    return Api(token_for(*a_client(place, **how)), "/api/v1")


def late(compound, number="2026-0001", **said):
    today = timezone.localdate()
    facts = {"title": "电梯", "category": "电梯设备", "category_en": "Lifts", "step": "handle", "party": "branch"}
    facts |= {"opened_on": today, "due_on": today - timedelta(days=3)}
    return OpenItem.objects.create(compound=compound, number=number, **facts | said)


def slugs(answer):
    assert answer.status_code == 200, answer.content
    return {one["slug"] for one in answer.json()}


def test_a_partner_sees_the_compounds_of_its_grants(north):
    assert slugs(district_api(north).get("compounds/")) == {"north"}
    assert slugs(district_api(north.community).get("compounds/")) == {"north", "south", "yard"}
    assert slugs(district_api(north.community.district).get("compounds/")) == {"north", "south", "yard"}
    assert district_api(north).get("compounds/").json()[0]["api"] == "http://testserver/c/north/api/v1/"


def test_without_any_grant_and_without_the_scope_nothing_is_seen(north):
    codes = {
        district_api(None).get("compounds/").json()["code"],
        district_api(north, scopes=[Scope.ISSUES_READ]).get("compounds/").json()["code"],
    }

    assert codes == {"no_grant", "scope_missing"}


def test_what_is_not_open_is_not_seen(north):
    Compound.objects.filter(slug="south").update(state=CompoundState.ARCHIVED)

    assert slugs(district_api(north.community).get("compounds/")) == {"north", "yard"}


def test_figures_are_those_that_were_counted_last_or_on_a_day(north):
    key = next(iter(FIGURES))
    for day, part in ((date(2026, 3, 1), 5), (date(2026, 3, 2), 7)):
        row = {"compound": north, "day": day, "values": {key: [part, None]}, "computed_at": timezone.now()}
        CompoundFigures.objects.create(**row)
    api = district_api(north)

    newest = api.get("compounds/north/figures/").json()
    earlier = api.get("compounds/north/figures/?day=2026-03-01").json()

    assert [(one["day"], one["figures"][0]["part"]) for one in (newest, earlier)] == [
        ("2026-03-02", 7.0),
        ("2026-03-01", 5.0),
    ]
    assert api.get("compounds/north/figures/?day=2020-01-01").status_code == 404
    assert api.get("compounds/south/figures/").status_code == 404


def test_the_overdue_register_is_cut_by_grants_too(north, south):
    late(north), late(south), late(north, "2026-0002", on_hold=True)

    assert [(one["compound"], one["number"]) for one in district_api(north).get("overdue/").json()] == [
        ("north", "2026-0001")
    ]
    both = district_api(north.community)
    assert {one["compound"] for one in both.get("overdue/").json()} == {"north", "south"}
    assert {one["compound"] for one in both.get("overdue/?compound=south").json()} == {"south"}


def test_a_title_is_told_on_the_board_and_with_the_scope_for_it_to_members(north):
    late(north, "2026-0001", on_board=True, for_members=True)
    late(north, "2026-0002", for_members=True)
    late(north, "2026-0003")

    def titles(client):
        return {one["number"][-1]: one["title"] for one in client.get("/api/v1/overdue/").json()}

    assert titles(district_api(north, scopes=[Scope.FIGURES_READ])) == {"1": "电梯", "2": None, "3": None}
    wider = district_api(north, scopes=[Scope.FIGURES_READ, Scope.MEMBERS_READ])
    assert titles(wider) == {"1": "电梯", "2": "电梯", "3": None}
    assert set(titles(signed_in(staff("s", "read", community=north.community))).values()) == {"电梯"}


def test_staff_see_what_their_pages_show(north):
    other = District.objects.create(name="外区")
    here = signed_in(staff("here", "read", community=north.community))
    elsewhere = signed_in(staff("there", "read", community=Community.objects.create(district=other, name="外")))

    assert slugs(here.get("/api/v1/compounds/")) == {"north", "south", "yard"}
    assert slugs(elsewhere.get("/api/v1/compounds/")) == set()
    Staff.objects.all().delete()
    assert here.get("/api/v1/compounds/").json()["code"] == "no_grant"
