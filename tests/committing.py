"""Tests that really commit: several connections, threads, other processes.

``django_db(transaction=True)`` ends with a flush of all tables in public, where the three compounds of the run stand.
So the fixture ``committing`` lets a test work outside any transaction, in public, and puts everything back afterwards:
the tables of the compound ``yard`` are emptied and planted anew; public rows that were not there before are removed,
and so are the schemas of compounds that the test opened. Such a test asks neither for ``db`` nor for ``north``, and
steps into ``yard`` with ``compound_context(YARD)`` itself.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, models, transaction
from django.utils.module_loading import import_string
from django_tenants.utils import get_public_schema_name
from pytest_django.plugin import DjangoDbBlocker

from compounds.registry.context import compound_context
from compounds.registry.models import Compound

YARD = "c_yard"


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Compound]:
    """Commit for real; gives the compound ``yard``, in which nobody stands. See above."""
    with django_db_blocker.unblock(), committed() as yard:
        yield yard


@contextmanager
def committed() -> Iterator[Compound]:
    """The same for what a whole file of tests is arranged with."""
    assert not connection.in_atomic_block, "a fixture holds a transaction open, and nothing would be committed"
    before = {model: list(model._base_manager.values_list("pk", flat=True)) for model in _public_models()}
    try:
        yield Compound.objects.get(schema_name=YARD)
    finally:
        connection.set_schema_to_public()  # noqa: TID251 - a failed test may have left the thread anywhere
        _empty_yard()
        _remove_new_rows(before)
        connection.close()


def at_once(count: int, work: Callable[[int], Any], *, patience: float = 60) -> list[Any]:
    """Run ``work(0)`` … in as many threads, let go at the same moment. Returns each one's result, or its exception.

    A thread that takes longer than ``patience``, in seconds, counts as hanging.
    """
    results: list[Any] = [None] * count
    gate = threading.Barrier(count)

    def run(n: int) -> None:
        try:
            gate.wait(timeout=30)
            results[n] = work(n)
        except Exception as error:  # noqa: BLE001 - the test looks at what went wrong in which thread
            results[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[n]) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=patience)
        assert not thread.is_alive(), "a thread hangs"
    return results


def _public_models() -> list[type[models.Model]]:
    labels = {name.rsplit(".", 1)[-1] for name in settings.TENANT_APPS}
    return [model for model in apps.get_models() if model._meta.app_label not in labels and model._meta.managed]


def _empty_yard() -> None:
    """Rows are deleted where there are any: truncating ninety tables took twenty times as long."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname = %s AND tablename <> 'django_migrations'",
            [YARD],
        )
        asked = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(asked))
        filled = [name for (name,) in cursor.fetchall()]
        # History lets nothing be deleted; keys are checked when all is gone.
        steps = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in filled]
        steps += [f"DELETE FROM {name}" for name in filled]
        steps += ["SET CONSTRAINTS ALL IMMEDIATE"]
        steps += [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in filled]
        cursor.execute("; ".join(steps))
        cursor.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, start_value, false) "
            "FROM pg_sequences WHERE schemaname = %s AND last_value IS NOT NULL",
            [YARD],
        )
    with compound_context(YARD) as yard:
        for seed in settings.COMPOUND_SEEDS:
            import_string(seed)(yard)


def _remove_new_rows(before: dict[type[models.Model], list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'c\\_%%'")
        left = {name for (name,) in cursor.fetchall()} - {"c_north", "c_south", YARD}
        for name in left:
            cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(name)} CASCADE")
    # Keys are checked at commit, so that the order of the tables does not matter.
    with transaction.atomic():
        for model, known in before.items():
            model._base_manager.exclude(pk__in=known)._raw_delete(using="default")
    assert connection.schema_name == get_public_schema_name()
