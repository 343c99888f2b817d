"""Writing down what Django runs while it migrates one schema, so that it can be run again in others."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunSQL, SeparateDatabaseAndState
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from compounds.registry.schemas.condensing import condensed
from compounds.registry.schemas.fingerprints import in_compounds

# Operations whose SQL follows from the migrations alone. Everything else may look at rows, or run any Python.
_FROM_MIGRATIONS_ALONE = ("django.db.migrations.operations.models", "django.db.migrations.operations.fields")
_DEFINITION = re.compile(r"\s*(CREATE|ALTER|DROP|COMMENT)\b", re.IGNORECASE)
_SELECT = re.compile(r"\s*(SELECT|WITH|SHOW)\b", re.IGNORECASE)
_SAVEPOINT = re.compile(r"\s*(SAVEPOINT|RELEASE SAVEPOINT)\b")
_SEARCH_PATH = re.compile(r"\s*SET search_path = ")
_BOOKKEEPING = re.compile(r'\s*(SELECT|INSERT|DELETE)\b.*"django_migrations"', re.DOTALL)
# What asks for patience and holds nobody up. An index of an empty table needs none, and inside a transaction there may
# be none.
CONCURRENTLY = re.compile(r"\s*(CREATE(?: UNIQUE)? INDEX|DROP INDEX) CONCURRENTLY", re.IGNORECASE)
# What a commit between two migrations does: checks of keys come due. Without it a table whose rows were just written
# could not be altered in the same transaction ("pending trigger events").
FENCE = "SET CONSTRAINTS ALL IMMEDIATE;\nSET CONSTRAINTS ALL DEFERRED"


def is_python(operation: Operation) -> bool:
    """Whether the operation runs Python, whose SQL may depend on the rows it meets."""
    if isinstance(operation, SeparateDatabaseAndState):
        return any(is_python(inner) for inner in operation.database_operations)
    return not (type(operation) is RunSQL or _is_plain(operation))


def needs_django(migration: Migration) -> bool:
    """Whether it must run through Django in each compound: Python steps, and what refuses a transaction."""
    return in_compounds(migration) and (not migration.atomic or any(map(is_python, migration.operations)))


@dataclass
class Piece:
    """What one migration ran."""

    migration: Migration | None
    statements: list[str] = field(default_factory=list)

    @property
    def only_defines(self) -> bool:
        """Whether it wrote no rows, so that no check of keys can be pending after it."""
        return not self.looks and all(map(_DEFINITION.match, self.statements))

    @property
    def looks(self) -> bool:
        """Whether its SELECTs may be there for what they do (``setval``), not only for Django to look something up."""
        return self.migration is not None and not all(map(_is_plain, self.migration.operations))


def _is_plain(operation: Operation) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return all(map(_is_plain, operation.database_operations))
    return type(operation).__module__ in _FROM_MIGRATIONS_ALONE


class Notes:
    """Used as an ``execute_wrapper``: each statement that succeeded, with its values filled in, by migration."""

    def __init__(self, connection: BaseDatabaseWrapper, schema_name: str) -> None:
        self.connection: Any = connection
        self.schema_name = schema_name
        self.pieces = [Piece(None)]

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        answer = execute(sql, params, many, context)
        for values in params if many else [params]:
            self._note(str(sql) if values is None else self.connection.ops.compose_sql(str(sql), values))
        return answer

    def _note(self, statement: str) -> None:
        piece = self.pieces[-1]
        if statement == FENCE or _SEARCH_PATH.match(statement) or _BOOKKEEPING.match(statement):
            return
        if not piece.looks and (_SELECT.match(statement) or _SAVEPOINT.match(statement)):
            return
        piece.statements.append(CONCURRENTLY.sub(r"\1", statement, count=1))

    def begin(self, migration: Migration) -> None:
        """What comes now is this migration's."""
        self.pieces.append(Piece(migration))

    @property
    def rows_by_python(self) -> bool:
        """Whether some Python step wrote something down."""
        return any(
            piece.statements and any(map(is_python, piece.migration.operations))
            for piece in self.pieces
            if piece.migration
        )

    @property
    def names_its_schema(self) -> bool:
        """Whether a statement names the schema it ran in, and so would be wrong in another."""
        name = re.compile(rf"\b{re.escape(self.schema_name)}\b")
        return any(name.search(statement) for piece in self.pieces for statement in piece.statements)

    def script(self) -> str:
        """All of it, to be run in one transaction."""
        return "".join(f"{part}\n;\n" for part in self._parts())

    def script_for_empty_tables(self) -> str:
        """The same for a new schema, in fewer statements."""
        return "".join(f"{part}\n;\n" for part in condensed(self._parts()))

    def _parts(self) -> list[str]:
        parts: list[str] = []
        for piece in self.pieces:
            parts += piece.statements
            if not piece.only_defines:
                parts.append(FENCE)
        return parts


class NotingExecutor(MigrationExecutor):
    """Django's own executor, for one compound: it tells the notes whose statements are coming.

    Of migrations that change public alone, a compound only notes that they were there.
    """

    def __init__(self, connection: BaseDatabaseWrapper, notes: Notes) -> None:
        super().__init__(connection)
        self.notes = notes

    def apply_migration(self, state: Any, migration: Migration, fake: bool = False, fake_initial: bool = False) -> Any:  # noqa: FBT001 - Django's signature
        if not in_compounds(migration):
            # The router would let nothing of it through; but some operations refuse a transaction before they ask it.
            self.record_migration(migration.app_label, migration.name)
            return migration.mutate_state(state, preserve=False)
        self.notes.begin(migration)
        state = super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        if self.connection.in_atomic_block and not self.notes.pieces[-1].only_defines:
            with self.connection.cursor() as cursor:
                cursor.execute(FENCE)
        return state


def rows_that_say(applied: list[tuple[str, str]], connection: Any) -> str:
    """The statement that notes these migrations as applied, now."""
    if not applied:
        return ""
    table = connection.ops.quote_name(MigrationRecorder.Migration._meta.db_table)
    values = ", ".join(connection.ops.compose_sql("(%s, %s, now())", key) for key in applied)
    return f"INSERT INTO {table} (app, name, applied) VALUES {values}\n;\n"
