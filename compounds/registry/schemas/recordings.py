"""The tables of a new compound: recorded once for each state of the migrations, replayed in every new schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import structlog
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from compounds.registry.models import Recording
from compounds.registry.schemas import fingerprints
from compounds.registry.schemas.notes import Notes, NotingExecutor, rows_that_say

# The index of an empty table needs no parallel workers; PostgreSQL would plan for them 320 times, 3 % of a replay.
_ALONE = "SET LOCAL max_parallel_maintenance_workers = 0"
# Schemas in which is recorded. Whoever holds the lock drops what a killed process left of them.
SCRATCH = "recording_"
_LOCK = "recording"
_KEPT_FOR = timedelta(days=30)

log = structlog.get_logger(__name__)


def for_opening() -> Recording:
    """What makes a new schema today. The first to ask for it waits until it is recorded; others wait for them."""
    known = Recording.objects.filter(before="", code=fingerprints.of_code())
    if found := known.first():
        return found
    with _own_connection() as own:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [_LOCK])
        # The lock is the connection's, and ends with it.
        return known.first() or _record(own)


def replay(recording: Recording, schema_name: str) -> None:
    """Make the schema with all its tables. Call it in a transaction, standing in that schema before it is there."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ALONE};\nCREATE SCHEMA {connection.ops.quote_name(schema_name)};\n{recording.sql}")


def migrate_whole(schema_name: str) -> None:
    """Let Django make the tables of an empty schema, standing in it. For recordings that cannot be replayed."""
    _migrate_noting(connection, schema_name)


def _record(own: Any) -> Recording:
    _drop_scratch(own)
    try:
        notes, after = _noted(own)
        sql = notes.script_for_empty_tables() + rows_that_say(after, own)
        why_not = _why_not(own, notes, sql)
    finally:
        _drop_scratch(own)
    own.set_schema_to_public()
    Recording.objects.filter(made_at__lt=timezone.now() - _KEPT_FOR).delete()
    recording = Recording.objects.create(
        before="", after=fingerprints.of_set(after), code=fingerprints.of_code(), sql=sql, why_not=why_not
    )
    log.info("opening_recorded", characters=len(sql), why_not=why_not)
    return recording


def _noted(own: Any) -> tuple[Notes, list[fingerprints.Key]]:
    """Run all migrations in a schema that is thrown away. Outside a transaction, since some migrations refuse one."""
    schema_name = f"{SCRATCH}{uuid4().hex}"
    own.set_schema_to_public()
    with own.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema_name}")
    notes = _migrate_noting(own, schema_name)
    with own.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return notes, cursor.fetchall()


def _migrate_noting(own: Any, schema_name: str) -> Notes:
    notes = Notes(own, schema_name)
    with own.execute_wrapper(notes):
        # Without public on the path, or public's own table of migrations would be found.
        own.set_schema(schema_name, include_public=False)
        MigrationRecorder(own).ensure_schema()
        own.set_schema(schema_name)
        with fingerprints.LOADING:
            executor = NotingExecutor(own, notes)
        executor.migrate(executor.loader.graph.leaf_nodes())
    return notes


def _why_not(own: Any, notes: Notes, sql: str) -> str:
    """Why the script would not make in every schema what Django makes; empty when it does."""
    if notes.names_its_schema:
        return "a statement names the schema it was recorded in"
    if notes.rows_by_python and _noted(own)[0].script() != notes.script():
        return "a data migration writes something else each time: a clock, a random value"
    try:
        with transaction.atomic():
            schema_name = f"{SCRATCH}{uuid4().hex}"
            made_by_django = _rows(own)
            own.set_schema(schema_name)
            replay(Recording(sql=sql), schema_name)
            alike = _rows(own) == made_by_django
            transaction.set_rollback(True)
    except OperationalError:
        # Cut off, cancelled, out of locks: that is of this moment, and what is kept would count for good.
        raise
    except DatabaseError as error:
        return f"replaying it failed: {error}"
    return "" if alike else "a data migration wrote rows behind Django's back"


def _rows(own: Any) -> dict[str, int]:
    """How many rows each table has of the schema that one stands in."""
    with own.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        counts = {name: f"SELECT count(*) FROM {own.ops.quote_name(name)}" for (name,) in cursor.fetchall()}
        return {name: cursor.execute(count).fetchone()[0] for name, count in counts.items()}


def _drop_scratch(own: Any) -> None:
    own.set_schema_to_public()
    with own.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [SCRATCH])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP SCHEMA {name} CASCADE")


@contextmanager
def _own_connection() -> Iterator[Any]:
    """For a while the thread works on a new connection, whatever transaction or compound the other one is in."""
    other = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield own
    finally:
        own.close()
        connections[DEFAULT_DB_ALIAS] = other
