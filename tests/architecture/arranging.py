"""The scenery is dear, and walks only look: arranged once per file, and each test works in a savepoint of its own."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from compounds.registry.context import compound_context
from tests.architecture.scenery import Scenery, build


@pytest.fixture(scope="module")
def arranged(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scenery]:
    """The scenery in ``north``, in a transaction that is rolled back after the file's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        with compound_context("c_north"):
            built = build()
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def scenery(arranged: Scenery) -> Iterator[Scenery]:
    """The scenery; whatever the test changes is taken back. Nobody stands in the compound."""
    with transaction.atomic():
        yield arranged
        transaction.set_rollback(True)
