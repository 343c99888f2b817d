"""A compound at /c/<slug>/: found or 404, addresses right inside and outside, and in public again afterwards."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_script_prefix, reverse

from compounds.registry.models import Compound, CompoundState

pytestmark = pytest.mark.django_db
PUBLIC = "public"


@pytest.fixture(autouse=True)
def _probing(settings):
    settings.COMPOUND_URLCONF = "tests.registry.urls_probing"


def test_inside_the_schema_is_the_compounds():
    answer = Client().get("/c/north/where/").json()

    assert answer["schema"] == "c_north"
    assert answer["search_path"].replace('"', "").split(", ")[0] == "c_north"
    assert answer["compound"] == "north"


def test_addresses_are_made_with_the_mount_inside():
    answer = Client().get("/c/south/where/3/").json()

    assert answer["link"] == "/c/south/where/7/"
    assert answer["path"] == "/c/south/where/3/"
    assert answer["path_info"] == "/where/3/"


def test_addresses_are_made_without_it_outside_afterwards():
    Client().get("/c/north/where/")

    assert get_script_prefix() == "/"
    assert reverse("home") == "/"
    assert reverse("account_login") == "/accounts/login/"


def test_the_login_address_has_no_compound_in_it(settings):
    settings.COMPOUND_URLCONF = "config.urls_compound"

    answer = Client().get("/c/north/tree/")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/c/north/tree/"


def test_one_compounds_addresses_do_not_stay_for_the_next():
    client = Client()

    links = [client.get(f"/c/{slug}/where/").json()["link"] for slug in ("north", "south", "north", "yard")]

    assert links == [f"/c/{slug}/where/7/" for slug in ("north", "south", "north", "yard")]


@pytest.mark.parametrize("path", ["/c/north", "/c/north/"])
def test_the_mount_itself_is_the_first_page(path):
    answer = Client().get(path, follow=True)

    assert answer.status_code == 200
    assert answer.json()["path_info"] == "/"


@pytest.mark.parametrize(
    "path",
    [
        "/c/",
        "/c//",
        "/c/nowhere/where/",
        "/c/NORTH/where/",
        "/c/c_north/where/",
        "/c/public/where/",
        "/c/admin/where/",
        "/c/pg_catalog/where/",
        "/c/north'--/where/",
        "/c/north%00/where/",
        "/c/../accounts/login/",
        "/c/%E5%8C%97%E8%8B%91/where/",
        "/c/" + "n" * 500 + "/where/",
        "/c/north/where/x/",
    ],
)
def test_what_is_no_compound_is_not_found(path):
    answer = Client().get(path)

    assert answer.status_code == 404
    assert connection.schema_name == PUBLIC


@pytest.mark.parametrize("state", [CompoundState.OPENING, CompoundState.ARCHIVED])
def test_a_compound_that_is_not_ready_is_not_found(state):
    Compound.objects.filter(slug="south").update(state=state)

    answer = Client().get("/c/south/where/")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [("where/", 200), ("refuses/", 409), ("no-such-page/", 404), ("breaks/", 500)],
)
def test_the_thread_is_in_public_after_every_request(path, status):
    client = Client(raise_request_exception=False)

    answer = client.get(f"/c/north/{path}")

    assert answer.status_code == status
    assert connection.schema_name == PUBLIC
    assert get_script_prefix() == "/"
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == (PUBLIC,)


def test_a_page_outside_has_no_compound():
    answer = Client().get("/accounts/login/")

    assert answer.status_code == 200
    assert answer.wsgi_request.compound is None
