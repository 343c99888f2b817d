"""Taking one compound, step by step, to the migrations that the code comes with.

A step is either SQL that is replayed, several migrations in one batch and one transaction, or one migration that Django
must run: Python steps, and what refuses a transaction. Which step is next follows from the set of applied migrations
alone, so it is found once for each set that occurs: by the first compound that has it, which is also the one on which
Django runs and is recorded. That a step was done is written in the step's own transaction, so a kill loses nothing.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile

import structlog
from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from compounds.registry.models import Compound, Recording
from compounds.registry.schemas import fingerprints
from compounds.registry.schemas.notes import Notes, NotingExecutor, needs_django, rows_that_say
from compounds.registry.schemas.patience import LOCK_TIMEOUT, short_waits

log = structlog.get_logger(__name__)


class Contradiction(Exception):
    """Two branches of migrations that nobody merged."""


@dataclass(frozen=True)
class Step:
    """What a compound with a certain set of applied migrations does next."""

    sql: str = ""
    by_django: tuple[fingerprints.Key, ...] = ()
    in_transaction: bool = True
    last: bool = False
    names: str = ""


class Forward:
    """What is known of the steps, shared by all threads that bring compounds forward."""

    def __init__(self) -> None:
        self._steps: dict[str, Step] = {}
        self._one_finds = threading.Lock()

    def bring(self, schema_name: str) -> None:
        """Take one compound as far as the code goes. Raises what went wrong; steps done before stay done."""
        with _standing_in(schema_name):
            while not self._advance(schema_name):
                pass

    def _advance(self, schema_name: str) -> bool:
        """Do one step; True when there is nothing after it."""
        with transaction.atomic():
            before = _lock_and_look(schema_name)
            step, done_here = self._step(before, schema_name)
            if step.in_transaction:
                with _named(step):
                    if not done_here:
                        _do(step)
                    if step.last:
                        note_up_to_date(schema_name)
                    return step.last
        with _named(step):
            _do_without_transaction(step, schema_name, before)
        return False

    def _step(self, before: str, schema_name: str) -> tuple[Step, bool]:
        """The next step, and whether finding it did it, in this compound."""
        if step := self._steps.get(before):
            return step, False
        with self._one_finds:
            if step := self._steps.get(before):
                return step, False
            step, done_here = _find(before, schema_name)
            self._steps[before] = step
            return step, done_here


def note_up_to_date(schema_name: str) -> None:
    """Write down that nothing is left to do in this compound."""
    Compound.objects.filter(schema_name=schema_name).update(migrated_to=fingerprints.wanted(), migration_error="")


def applied(schema_name: str) -> list[fingerprints.Key]:
    """The migrations that a compound has, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT app, name FROM {connection.ops.quote_name(schema_name)}.django_migrations ORDER BY id")
        return [(app, name) for app, name in cursor.fetchall()]


def _find(before: str, schema_name: str) -> tuple[Step, bool]:
    notes = Notes(connection, schema_name)
    with fingerprints.LOADING:
        executor = NotingExecutor(connection, notes)
    executor.loader.check_consistent_history(connection)
    if conflicts := executor.loader.detect_conflicts():
        raise Contradiction(f"conflicting migrations: {conflicts}")
    plan = [migration for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    batch = list(takewhile(lambda migration: not needs_django(migration), plan))
    if plan and not batch:
        first = plan[0]
        key = (first.app_label, first.name)
        return Step(by_django=(key,), in_transaction=first.atomic, last=len(plan) == 1, names=_names([first])), False
    last = len(batch) == len(plan)
    if recorded := Recording.objects.filter(before=before, code=fingerprints.of_code()).first():
        return Step(sql=recorded.sql, last=last, names=_names(batch)), False
    return _record(executor, batch, last, before, schema_name), True


def _record(executor: NotingExecutor, batch: list[Migration], last: bool, before: str, schema_name: str) -> Step:  # noqa: FBT001
    """Run the batch in this compound through Django, and keep what it ran for the others."""
    had = set(applied(schema_name))
    with _named(Step(names=_names(batch))), connection.execute_wrapper(executor.notes):
        executor.migrate(None, plan=[(migration, False) for migration in batch])
    has = applied(schema_name)
    added = [key for key in has if key not in had]
    sql = executor.notes.script() + rows_that_say(added, connection)
    after = fingerprints.of_set(has)
    if added:
        Recording.objects.bulk_create(
            [Recording(before=before, after=after, code=fingerprints.of_code(), sql=sql)], ignore_conflicts=True
        )
        log.info("step_recorded", recorded_in=schema_name, migrations=_names(batch), characters=len(sql))
    return Step(sql=sql, last=last, names=_names(batch))


def _do(step: Step) -> None:
    if step.by_django:
        _run_by_django(step)
    elif step.sql:
        with connection.cursor() as cursor:
            cursor.execute(step.sql)


def _run_by_django(step: Step) -> None:
    with fingerprints.LOADING:
        executor = MigrationExecutor(connection)
    executor.migrate(None, plan=[(executor.loader.graph.nodes[key], False) for key in step.by_django])


def _do_without_transaction(step: Step, schema_name: str, before: str) -> None:
    """Django commits as the migration says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [schema_name])
    try:
        if fingerprints.of_set(applied(schema_name)) == before:
            with short_waits():
                _drop_half_made_indexes(schema_name)
                _run_by_django(step)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [schema_name])


def _drop_half_made_indexes(schema_name: str) -> None:
    """An index that was being made CONCURRENTLY when its process was killed stays, invalid, and in the way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
            "WHERE NOT indisvalid AND relnamespace = %s::regnamespace",
            [connection.ops.quote_name(schema_name)],
        )
        for (index,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {index}")


def _lock_and_look(schema_name: str) -> str:
    """Keep others from this compound until the transaction ends, and answer the fingerprint of what it has.

    The table is named with its schema: without it a compound whose schema is gone would show public's migrations.
    """
    own = f"{connection.ops.quote_name(schema_name)}.django_migrations"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}';"
            f"SELECT pg_advisory_xact_lock(hashtextextended('{schema_name}', 0));"
            + fingerprints.OF_APPLIED.replace("FROM django_migrations", f"FROM {own}")
        )
        while cursor.nextset():
            pass
        found: str = cursor.fetchone()[0]
        return found


@contextmanager
def _standing_in(schema_name: str) -> Iterator[None]:
    connection.set_schema(schema_name)
    try:
        with structlog.contextvars.bound_contextvars(compound=schema_name):
            yield
    finally:
        connection.set_schema_to_public()


@contextmanager
def _named(step: Step) -> Iterator[None]:
    """Whoever reads the error learns what was being done."""
    try:
        yield
    except Exception as error:
        error.add_note(step.names)
        raise


def _names(migrations: list[Migration]) -> str:
    names = [f"{migration.app_label}.{migration.name}" for migration in migrations]
    return " … ".join([names[0], names[-1]] if len(names) > 1 else names)
