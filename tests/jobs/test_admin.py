"""/admin/ background work: seen within one's scope, offered again by those who administer it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compounds.accounts.models import User
from compounds.jobs.models import Run, RunState
from tests.jobs.conftest import KIND
from tests.registry.conftest import scopes  # noqa: F401 - the cast of the admin's tests
from tests.registry.scopes import listed, signed_in, staff

LIST = "/admin/jobs/run/"
DAY = "2026-11-26"


@pytest.fixture
def failed(scopes, probe):  # noqa: F811
    """One failed run in each compound of the cast, by the compound's address."""
    return {
        slug: Run.objects.create(
            kind=KIND,
            period=DAY,
            schema_name=f"c_{slug}",
            state=RunState.FAILED,
            attempts=5,
            error="ValueError: broken",
        )
        for slug in ("inside", "beside", "elsewhere")
    }


def again(client, run):
    return client.post(reverse("admin:jobs_run_again", args=[run.pk]), {"filters": "state__exact=failed"})


def state(run):
    run.refresh_from_db()
    return run.state


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("district", {"inside", "beside"}), ("street", {"inside"}), ("community", {"inside"})],
)
def test_staff_see_the_runs_inside_their_scope(scopes, failed, scope, expected):  # noqa: F811
    row = {"district": scopes.here, "street": scopes.street, "community": scopes.inside}[scope]

    client = signed_in(staff("s", "read", **{scope: row}))

    assert listed(client, Run) == {failed[slug] for slug in expected}
    page = client.get(LIST).text
    assert "ValueError: broken" in page
    assert "彼社区小区" not in page


def test_a_reader_sees_failures_and_offers_none_again(scopes, failed):  # noqa: F811
    client = signed_in(staff("reader", "read", district=scopes.here))

    assert "Try again" not in client.get(LIST).text
    assert again(client, failed["inside"]).status_code == 403
    client.post(LIST, {"action": "try_again", "_selected_action": [failed["inside"].pk]})

    assert state(failed["inside"]) == RunState.FAILED


def test_who_administers_offers_a_failed_run_again(scopes, failed):  # noqa: F811
    client = signed_in(staff("admin", "administer", community=scopes.inside))
    assert client.get(LIST).text.count("Try again") == 1

    response = again(client, failed["inside"])

    assert response.url == f"{LIST}?state__exact=failed"
    assert "1 run will be tried again." in client.get(response.url).text
    assert state(failed["inside"]) == RunState.QUEUED


def test_looking_at_the_address_of_the_button_offers_nothing_again(scopes, failed):  # noqa: F811
    client = signed_in(staff("admin", "administer", district=scopes.here))

    response = client.get(reverse("admin:jobs_run_again", args=[failed["inside"].pk]))

    assert response.url == f"{LIST}{failed['inside'].pk}/", "led to the page above"
    assert state(failed["inside"]) == RunState.FAILED


def test_beyond_the_scope_there_is_nothing_to_offer_again(scopes, failed):  # noqa: F811
    client = signed_in(staff("admin", "administer", district=scopes.here))

    assert again(client, failed["elsewhere"]).status_code == 404
    client.post(LIST, {"action": "try_again", "_selected_action": [failed["elsewhere"].pk, failed["inside"].pk]})

    assert state(failed["elsewhere"]) == RunState.FAILED
    assert state(failed["inside"]) == RunState.QUEUED


def test_who_reads_a_district_and_administers_a_community_offers_its_runs_only(scopes, failed):  # noqa: F811
    user = staff("both", "read", district=scopes.here)
    user.staff.create(level="administer", community=scopes.beside)
    client = signed_in(user)

    chosen = [failed["inside"].pk, failed["beside"].pk]
    client.post(LIST, {"action": "try_again", "_selected_action": chosen})

    assert again(client, failed["inside"]).status_code == 403
    assert (state(failed["inside"]), state(failed["beside"])) == (RunState.FAILED, RunState.QUEUED)


def test_a_run_of_a_compound_that_is_nowhere_is_seen_by_a_superuser(failed, scopes):  # noqa: F811
    lost = Run.objects.create(kind="of-old", period=DAY, schema_name="c_lost", state=RunState.FAILED)
    boss = User.objects.create_superuser("boss", password="x", display_name="总")

    page = signed_in(boss).get(LIST).text

    assert "c_lost" in page
    assert "of-old" in page
    assert lost not in listed(signed_in(staff("s", "read", district=scopes.here)), Run)


def test_runs_are_counted_by_kind_period_and_state(scopes, failed):  # noqa: F811
    client = signed_in(staff("s", "read", district=scopes.here))
    Run.objects.create(kind=KIND, period="2026-11-25", schema_name="c_inside", state=RunState.DONE)

    counted = client.get(LIST).context["counted"]

    assert [(row["title"], row["period"], dict(row["counts"])["failed"]) for row in counted] == [
        ("Figures", "2026-11-25", 0),
        ("Figures", DAY, 2),
    ]
    assert client.get(f"{LIST}?kind={KIND}&period={DAY}&state__exact=failed").context["cl"].result_count == 2


def test_the_page_costs_the_same_for_two_runs_and_for_sixty(scopes, failed):  # noqa: F811
    client = signed_in(staff("s", "administer", district=scopes.here))
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    Run.objects.bulk_create(
        Run(kind=KIND, period=f"{n}", schema_name="c_inside", state=RunState.FAILED) for n in range(60)
    )

    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "path", ["?q=%00", "?q=内", "?kind=x&period=%00", "99999999999999999999999/again/", "x/again/", "?state__exact=x"]
)
def test_hostile_addresses_are_answered(scopes, failed, path):  # noqa: F811
    client = signed_in(staff("admin", "administer", district=scopes.here))

    assert client.get(LIST + path).status_code in {200, 302, 400, 403, 404, 405}
