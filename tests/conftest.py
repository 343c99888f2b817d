"""The compounds of every run: ``north`` for most tests, ``south`` for isolation, ``yard`` for tests that commit."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from compounds.accounts.models import User
from compounds.organisation.models import Person
from compounds.oversight.models import Outbox
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, District
from compounds.registry.opening import open_compound
from config import celery_app
from tests.committing import committing  # noqa: F401 - a fixture for every package
from tests.distribution import (  # noqa: F401 - three hooks
    pytest_collection_modifyitems,
    pytest_terminal_summary,
    pytest_xdist_make_scheduler,
)
from tests.roomy_stack import pytest_runtest_protocol  # noqa: F401 - a hook

# Each worker of a parallel run has a Valkey database of its own, for caches and broker alike.
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{_WORKER + 1}"
for _cache in settings.CACHES.values():
    _cache["LOCATION"] = REDIS_URL
celery_app.conf.broker_url = REDIS_URL

settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.documented.OnlyDocumentedMiddleware"]

type Web = Callable[[Person], "CompoundClient"]


def pytest_collection_finish() -> None:
    """What was imported stays till the end: the collector need not look through it again and again (7 % of a run)."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _own_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    # Each test has clients of its own, and each would list all static files before its first request.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """A test database with the three compounds, built once.

    pytest-django's own makes one only where some collected test is marked ``django_db``; a lone test that commits would
    reach the development database. So it is made always, and its name is looked at.
    """
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=keep)
        assert connection.settings_dict["NAME"].startswith("test_"), "tests run in a database named test_… only"
        if not Compound.objects.filter(slug="yard").exists():
            _open_the_three()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            _send_the_others_away()
            teardown_databases(made, verbosity=0)


def _send_the_others_away() -> None:
    """What a test killed may still look connected to the server, and would hold the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _open_the_three() -> None:
    district = District.objects.create(name="测试区")
    community = Community.objects.create(district=district, name="测试社区")
    for slug, name in (("north", "北苑"), ("south", "南苑"), ("yard", "后院")):
        open_compound(slug=slug, name=name, community=community, built_on=date(2017, 4, 1))
    # That they were opened is no news to any test.
    Outbox.objects.all().delete()


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """Rate limits of one test do not reach into the next."""
    caches["shared"].clear()


@pytest.fixture
def north(db: None) -> Iterator[Compound]:
    """Stand in the compound ``north`` for the length of the test."""
    with compound_context("c_north") as compound:
        yield compound


@pytest.fixture
def south(db: None) -> Compound:
    """The other compound; nobody stands in it."""
    return Compound.objects.get(slug="south")


class CompoundClient(Client):
    """A client whose paths are meant inside one compound: ``get("/issues/")`` asks for ``/c/north/issues/``."""

    def __init__(self, compound: Compound) -> None:
        super().__init__(headers={"accept-language": "en"})
        self.mount = compound.url.rstrip("/")

    def generic(self, method: str, path: str, *args: object, **kwargs: object) -> object:
        # What a page links to is absolute already, and so are the public pages.
        inside = path if path.startswith(("/c/", "/accounts/", "/admin/", "/language/")) else self.mount + path
        return super().generic(method, inside, *args, **kwargs)


@pytest.fixture
def anyone(north: Compound) -> CompoundClient:
    """Somebody without a login."""
    return CompoundClient(north)


@pytest.fixture
def web(north: Compound) -> Web:
    """``web(person)``: that person, signed in, with paths inside ``north``."""

    def signed_in(person: Person) -> CompoundClient:
        client = CompoundClient(north)
        client.force_login(User.objects.get(pk=person.user_id))
        return client

    return signed_in


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's sync API runs an event loop in this thread
