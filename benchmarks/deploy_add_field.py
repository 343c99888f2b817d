"""A deploy that adds a column to every compound: ours against the library's multiprocessing executor."""

import argparse

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks.measuring import Figures, taking_turns
from benchmarks.release import COLUMN, MIGRATION, MIGRATION_MODULES
from compounds.registry.models import Compound, Recording
from demo import synthetic


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2, help="threads for ours, processes for the library's")


def measure(options: argparse.Namespace) -> Figures:
    """In turn, the column taken away again in between. Ours pays for its recording each time."""
    synthetic.make(
        compounds=options.compounds, issues=0, households=0, today=timezone.localdate(), tell=lambda _done: None
    )
    settings.MIGRATION_MODULES = MIGRATION_MODULES
    settings.MIGRATION_WORKERS = settings.TENANT_MULTIPROCESSING_MAX_PROCESSES = options.workers
    taken = taking_turns(
        options.rounds,
        between=_take_back,
        ours=lambda: _migrate(None, options.compounds),
        library=lambda: _migrate("multiprocessing", options.compounds),
    )
    per_compound = {
        "ours_per_compound_ms": taken["ours"] * 1000 / options.compounds,
        "library_per_compound_ms": taken["library"] * 1000 / options.compounds,
    }
    return Figures("deploy_add_field", ours=taken["ours"], against=taken["library"], unit="s", more=per_compound)


def _migrate(executor: str | None, compounds: int) -> None:
    call_command("migrate_schemas", "--tenant", executor=executor, interactive=False, verbosity=0)
    assert _columns() == compounds, "the column is in every compound"


def _columns() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_attribute WHERE attname = %s AND NOT attisdropped", [COLUMN])
        return int(cursor.fetchone()[0])


def _take_back() -> None:
    Recording.objects.exclude(before="").delete()
    for schema_name in Compound.objects.values_list("schema_name", flat=True):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {schema_name}.organisation_unit DROP COLUMN IF EXISTS {COLUMN}")
            cursor.execute(f"DELETE FROM {schema_name}.django_migrations WHERE name = %s", [MIGRATION])
    Compound.objects.update(migrated_to="")
