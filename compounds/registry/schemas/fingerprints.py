"""Which migrations a compound has, in sixty-four characters."""

import threading
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

type Key = tuple[str, str]

# Loading migrations imports their packages anew, which two threads must not do at once.
LOADING = threading.RLock()

# To be raised when the same migrations are written down differently, so that older recordings are not used any more.
WAY_OF_RECORDING = 1

# ``of_set`` in SQL, of the compound one stands in; fetching the rows themselves would take longer.
OF_APPLIED = """
    SELECT encode(sha256(convert_to(coalesce(
        string_agg(DISTINCT app || '.' || name, E'\\n' ORDER BY app || '.' || name), ''
    ), 'UTF8')), 'hex') FROM (SELECT app COLLATE "C" AS app, name COLLATE "C" AS name FROM django_migrations) AS applied
"""


def of_set(applied: Iterable[Key]) -> str:
    """The fingerprint of a set of applied migrations; their order does not matter."""
    return sha256("\n".join(sorted({f"{app}.{name}" for app, name in applied})).encode()).hexdigest()


def wanted() -> str:
    """The fingerprint of all migrations that this code comes with. Reads no database."""
    return of_set(on_disk())


def of_code() -> str:
    """Changes with whatever decides which SQL comes of our migrations: their text, Django, and how it is recorded."""
    return _of_code(*_apps_and_modules())


def on_disk() -> dict[Key, Migration]:
    """All migrations that this code comes with."""
    return _on_disk(*_apps_and_modules())


def in_compounds(migration: Migration) -> bool:
    """Whether it changes compounds. Of any other app's, a compound only notes that it was there."""
    return migration.app_label in _tenant_labels()


def _tenant_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}


def _apps_and_modules() -> tuple[tuple[str, ...], tuple[tuple[str, str | None], ...]]:
    """What decides where migrations are looked for; within a process only tests change it."""
    return tuple(settings.INSTALLED_APPS), tuple(settings.MIGRATION_MODULES.items())


@cache
def _on_disk(_apps: tuple[str, ...], _modules: tuple[tuple[str, str | None], ...]) -> dict[Key, Migration]:
    with LOADING:
        loader = MigrationLoader(None, load=False)
        loader.load_disk()
        return dict(loader.disk_migrations)


@cache
def _of_code(_apps: tuple[str, ...], _modules: tuple[tuple[str, str | None], ...]) -> str:
    found = sha256(f"{WAY_OF_RECORDING} Django {django.get_version()}\n{wanted()}\n".encode())
    for key, migration in sorted(on_disk().items()):
        if in_compounds(migration):
            source = import_module(type(migration).__module__).__file__
            assert source is not None, f"{key} has no source"
            found.update(Path(source).read_bytes())
    return found.hexdigest()
