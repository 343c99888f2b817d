"""The demo, loaded once for the tests of this folder."""

import pytest
from django.conf import settings
from django.db import connection
from django.urls import set_urlconf

from compounds.accounts.models import User
from compounds.jobs.models import Call, Due, Run
from compounds.oversight.models import Outbox
from compounds.partners.models import Event
from compounds.registry.context import compound_context
from compounds.registry.models import Compound, District
from config import celery_app
from demo.plans import DISTRICT
from tests.demo.running import SLUGS, run


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """Both compounds of the demo; they are gone again for the other tests of this process."""
    with django_db_blocker.unblock():
        printed = run("load_demo")
    yield printed
    with django_db_blocker.unblock():
        _take_away()
    # What the load enqueued is for compounds that are gone.
    celery_app.control.purge()


def _take_away():
    accounts = list(User.objects.filter(memberships__compound__slug__in=SLUGS)) + list(
        User.objects.filter(staff__district__name=DISTRICT)
    )
    with connection.cursor() as cursor:
        for slug in SLUGS:
            cursor.execute(f"DROP SCHEMA IF EXISTS c_{slug} CASCADE")
    # The load tells partners of more than is queued for them at a time: what other tests tell would wait behind it.
    for model in (Call, Due, Event, Outbox, Run):
        model.objects.filter(schema_name__in=[f"c_{slug}" for slug in SLUGS]).delete()
    Compound.objects.filter(slug__in=SLUGS).delete()
    User.objects.filter(pk__in=[account.pk for account in accounts]).delete()
    district = District.objects.get(name=DISTRICT)
    district.communities.all().delete()
    district.delete()


@pytest.fixture
def xijun(demo, db):
    with compound_context("c_xijun") as compound:
        yield compound


@pytest.fixture(params=SLUGS)
def compound(request, demo, db):
    """Each compound of the demo in turn."""
    with compound_context(f"c_{request.param}") as inside:
        yield inside


@pytest.fixture
def addresses():
    """Addresses as they are inside a compound."""
    set_urlconf(settings.COMPOUND_URLCONF)
    yield
    set_urlconf(None)
