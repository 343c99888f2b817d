"""Whether the database can carry the product: asked by ``manage.py check --database default``."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections

OLDEST_SERVER = 16


def database_is_fit(
    app_configs: Sequence[AppConfig] | None, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every database that is checked at all."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            found += unfitness(cursor)
    return found


def unfitness(cursor: Any) -> list[CheckMessage]:
    """What is wrong with the database behind a cursor. Trigrams are asked for once the extension is there."""
    cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
    version = cursor.fetchone()[0]
    if version < OLDEST_SERVER:
        return [
            Error(
                f"The database server is PostgreSQL {version}; {OLDEST_SERVER} is the oldest that will do.",
                hint="Point DATABASE_URL at a newer server.",
                id="registry.E001",
            )
        ]
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    if cursor.fetchone() is None:
        return []
    # With LC_CTYPE "C" no Chinese character counts as a letter: search would find nothing and say nothing.
    cursor.execute("SELECT cardinality(show_trgm('物业'))")
    if cursor.fetchone()[0]:
        return []
    return [
        Error(
            "Search in this database finds nothing in Chinese: show_trgm('物业') is empty.",
            hint="Create the database with a UTF-8 LC_CTYPE, for example: CREATE DATABASE linjuli TEMPLATE template0 "
            "ENCODING 'UTF8' LOCALE 'C.UTF-8';",
            id="registry.E002",
        )
    ]
