"""Something every month: the year at a glance, the calendar, partners; lists cost the same for one and sixty."""

from datetime import date, timedelta

import pytest

from compounds.oversight.figures import Value
from tests.consultation.days import at, look, on, told, words
from tests.consultation.handling import secretary
from tests.costs import costs
from tests.factories import PersonFactory
from tests.volunteers.planning import leader, places, planned, venue
from volunteers.figures import activities as figures
from volunteers.models import Activity, PartnerOrganisation, Programme
from volunteers.selectors import months
from volunteers.services import activities, summing_up


@pytest.fixture
def by(north):
    return leader(name="队长")


def held(begins, *, served=10, elderly=None, by, **facts):
    row = planned(begins, by=by, **facts)
    return summing_up.sum_up(row, people_served=served, elderly_served=elderly, summary="", now=row.ends_at, by=by)


def test_a_cancelled_activity_does_not_fill_its_month_and_a_late_evening_counts_here(by):
    held("2026-01-31 23:30", by=by)
    off = planned("2026-02-10", by=by)
    activities.cancel(off, why="下雪", now=at("2026-02-09"), by=by)
    planned("2026-04-05", by=by)

    rows = months.of_year(2026, date(2026, 3, 15))

    assert [(row.count, row.state, row.missing) for row in rows[:4]] == [
        (1, "past", False),
        (0, "past", True),
        (0, "now", True),
        (1, "ahead", False),
    ]


def test_the_year_says_which_months_are_missing(web, by):
    for month in (1, 3):
        held(f"2026-0{month}-10", by=by)
    with on("2026-03-20"):
        page = web(by).get("/activities/years/2026/")

    assert "1 month of 2026 has no activity." in page.text
    assert page.text.count('class="door late"') == 1
    assert "2 activities were held" in page.text


def test_branch_and_volunteer_leaders_hear_of_a_month_without_anything(by):
    boss = secretary()
    PersonFactory(name="别人", posts=["building_steward"])
    with on("2026-11-01"):
        planned("2026-11-28", by=by)
    for day in ("2026-11-19", "2026-11-20", "2026-11-21", "2026-12-05", "2026-12-10"):
        look(f"{day} 10:00")

    asked = sorted(name for name, _kind in told("month_without_activity"))
    assert asked == sorted(2 * ["队长", boss.name])
    assert words("month_without_activity")[0].startswith("No activity is planned for Dec 2026 yet.")


def test_a_month_that_gets_something_is_not_asked_about(by):
    with on("2026-11-01"):
        planned("2026-11-28", by=by)
        planned("2026-12-24", by=by)
    look("2026-11-20 10:00")
    look("2026-12-10 10:00")

    assert told("month_without_activity") == []


def test_the_figures_of_oversight(by):
    held("2026-10-05", served=30, elderly=20, by=by)
    held("2026-11-05", served=5, by=by)
    held("2026-09-30", served=100, by=by)
    planned("2026-11-20", by=by)
    planned("2026-11-29", by=by)

    counted = figures._count(date(2026, 11, 26))

    assert counted == {
        "activities": Value(2),
        "months_without_activity": Value(8),
        "people_served": Value(35),
        "elderly_served": Value(20),
    }


def test_a_partner_shows_the_agreement_and_what_was_done_together(web, by):
    boss = secretary()
    client = web(boss)
    sheet = {"name": "市二医院", "agreed_on": "2024-03-01", "contact_name": "陈主任", "contact_phone": "0731 2222 3333"}
    client.post("/partners/new/", {**sheet, "ends_on": "2023-01-01"})
    client.post("/partners/new/", sheet)
    again = client.post("/partners/new/", sheet)
    partner = PartnerOrganisation.objects.get()
    held("2026-03-05", served=30, elderly=20, partner=partner, by=by)

    page = client.get(f"/partners/{partner.pk}/")

    assert again.status_code == 422
    assert "1 activity was held, 30 people served, 20 of them elderly" in page.text
    assert "073122223333" in page.text
    assert "30 people served" in client.get("/partners/").text
    other = PersonFactory(posts=["building_steward"])
    assert "陈主任" not in web(other).get(f"/partners/{partner.pk}/").text


def test_programmes_and_venues_are_settings_of_the_branch(web, by):
    client = web(secretary())

    client.post(
        "/settings/programmes/new/", {"name": "百家宴", "kind": "feature", "since": "2022-01-01", "active": "on"}
    )
    client.post("/settings/venues/new/", {"name": "活动室", "seats": "40", "active": "on"})
    programme = Programme.objects.get()
    client.post(f"/settings/programmes/{programme.pk}/", {"name": "百家宴", "kind": "brand", "since": "2022-01-01"})

    programme.refresh_from_db()
    assert (programme.kind, programme.active) == ("brand", False)
    assert "40 people fit in" in client.get("/settings/venues/").text
    assert "百家宴" in client.get("/settings/programmes/").text
    assert web(by).get("/settings/venues/").status_code == 403
    assert "Places for activities" in client.get("/settings/").text


def test_a_list_costs_the_same_for_one_and_for_sixty(web, by):
    client = web(secretary())
    pages = [
        "/activities/",
        "/activities/all/",
        "/activities/years/2026/",
        "/board/activities/",
        "/board/",
        "/board/activities.ics",
        "/partners/",
        "/settings/programmes/",
        "/settings/venues/",
    ]

    def add(n):
        partner = PartnerOrganisation.objects.create(name=f"伙伴{n}", agreed_on="2024-01-01")
        programme = Programme.objects.create(name=f"品牌{n}", kind="brand", since="2024-01-01", partner=partner)
        row = planned(
            at("2026-11-28") + timedelta(minutes=n),
            venue=venue(f"活动室{n}"),
            programme=programme,
            partner=partner,
            places=places(),
            by=by,
        )
        if n % 2:
            summing_up.sum_up(row, people_served=3, elderly_served=1, summary="好", now=row.ends_at, by=by)

    with on("2026-11-20"):
        add(0)
        add(1)
    with on("2026-11-26"):
        few = costs(client, pages)
    with on("2026-11-20"):
        for n in range(2, 60):
            add(n)

    with on("2026-11-26"):
        assert costs(client, pages) == few
    assert Activity.objects.count() == 60
