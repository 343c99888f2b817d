"""The tables of one compound, as the database knows them, and their rows going out and coming in by COPY.

Rows pass through in pieces, never as a whole. Inside a compound and a transaction; names are quoted everywhere.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from compounds.registry.context import current_schema
from compounds.registry.moving.manifest import TablePart

# The library's record of migrations is made by opening; the manifest says what it must be.
_NOT_OURS = "django_migrations"


@dataclass(frozen=True)
class Table:
    """One table: its columns, and those of its primary key."""

    name: str
    columns: list[str]
    key: list[str]


def tables() -> list[Table]:
    """The tables of this compound, by name."""
    found = _rows(
        """
        SELECT c.relname, array_agg(a.attname ORDER BY a.attnum),
               array_agg(a.attname ORDER BY array_position(k.conkey, a.attnum)) FILTER (WHERE a.attnum = ANY (k.conkey))
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
        WHERE c.relkind = 'r' AND c.relnamespace = %s::regnamespace AND c.relname <> %s
        GROUP BY c.relname ORDER BY c.relname
        """,
        [current_schema(), _NOT_OURS],
    )
    return [Table(*row) for row in found]


def steady_texts() -> None:
    """For this transaction: have values written the same way on every server, so that sums can be compared."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; "
            "SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'"
        )


def copy_out(table: Table, columns: list[str], write: Callable[[bytes], object]) -> TablePart:
    """Write all rows in the order of their key. The one column that points to accounts goes out empty."""
    owner, points_out = settings.COMPOUND_ACCOUNT_COLUMN
    select = [
        sql.SQL("NULL AS {}").format(sql.Identifier(name))
        if (table.name, name) == (owner, points_out)
        else sql.Identifier(name)
        for name in columns
    ]
    statement = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        sql.SQL(", ").join(select), _qualified(table.name), _listed(table.key)
    )
    digest, rows = hashlib.sha256(), 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in copy:
            digest.update(piece)
            # A line break inside a value is written as two characters, so this one ends a row.
            rows += bytes(piece).count(b"\n")
            write(piece)
    return TablePart(columns, rows, digest.hexdigest())


def copy_in(table: str, columns: list[str], pieces: Iterable[bytes]) -> None:
    """Add rows. Raises DataError, IntegrityError."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(_qualified(table), _listed(columns))
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in pieces:
            copy.write(piece)


def empty(found: list[Table]) -> None:
    """Take out all rows: what opening planted is among what comes in."""
    _execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(_qualified(table.name) for table in found)))


@contextmanager
def without_guards(found: list[Table]) -> Iterator[None]:
    """Our triggers guard history against people; what comes in is history, and is compared with its sums instead.

    Constraints hold all the time; keys between tables are checked at the end, before the guards stand again.
    """
    for table in found:
        _execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(_qualified(table.name)))
    yield
    _execute(sql.SQL("SET CONSTRAINTS ALL IMMEDIATE"))
    _execute(sql.SQL("SET CONSTRAINTS ALL DEFERRED"))
    for table in found:
        _execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(_qualified(table.name)))


def sequences() -> dict[str, tuple[int, bool]]:
    """Where each sequence of this compound stands."""
    names = _rows(
        "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = %s::regnamespace ORDER BY relname",
        [current_schema()],
    )
    stands = {}
    for (name,) in names:
        if name != f"{_NOT_OURS}_id_seq":
            stands[name] = _rows(sql.SQL("SELECT last_value, is_called FROM {}").format(_qualified(name)), [])[0]
    return stands


def set_sequences(stands: dict[str, tuple[int, bool]]) -> None:
    for name, (last, called) in stands.items():
        _execute(
            sql.SQL("SELECT setval({}::regclass, {}, {})").format(
                sql.Literal(_qualified(name).as_string()), sql.Literal(last), sql.Literal(called)
            )
        )


def migrations_of_release() -> list[str]:
    """What the code of this installation has for compounds: ``app.name``, in order."""
    labels = {name.rsplit(".", 1)[-1] for name in settings.TENANT_APPS}
    loader = MigrationLoader(None)
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations or {} if app in labels)


def migrations_applied() -> list[str]:
    """What this compound has."""
    labels = [name.rsplit(".", 1)[-1] for name in settings.TENANT_APPS]
    return sorted(
        f"{app}.{name}"
        for app, name in _rows(
            sql.SQL("SELECT app, name FROM {} WHERE app = ANY (%s)").format(_qualified(_NOT_OURS)), [labels]
        )
    )


def _qualified(name: str) -> sql.Composed:
    return sql.SQL("{}.{}").format(sql.Identifier(current_schema()), sql.Identifier(name))


def _listed(names: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _rows(statement: str | sql.Composed, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _execute(statement: sql.Composed | sql.SQL) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
