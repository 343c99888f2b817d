"""What ``migrate_schemas`` uses to go through the compounds (``GET_EXECUTOR_FUNCTION``)."""

import sys
from collections.abc import Iterable
from typing import Any, override

from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_tenants.migration_executors import get_executor as get_library_executor
from django_tenants.migration_executors.base import MigrationExecutor, run_migrations

from compounds.registry.models import Compound
from compounds.registry.schemas import fingerprints
from compounds.registry.schemas.fleet import Fleet
from compounds.registry.schemas.forward import applied, note_up_to_date
from compounds.registry.schemas.progress import Progress

# What asks for something else than the newest state of everything.
_SPECIAL = "app_label migration_name fake fake_initial plan check_unapplied prune run_syncdb".split()


def get_executor(codename: str | None = None) -> type[MigrationExecutor]:
    """Ours, unless somebody names one of the library's."""
    return get_library_executor(codename) if codename else ReplayExecutor


class ReplayExecutor(MigrationExecutor):
    """Public as the library does it, then every compound that is behind.

    One compound that is named, and anything but plain migrating, goes through Django, as with the library's own.
    """

    codename = "replay"

    @override
    def run_migrations(self, tenants: Iterable[str] | None = None) -> None:
        if isinstance(tenants, QuerySet) and not any(self.options.get(name) for name in _SPECIAL):
            bring_all_forward(self.options)
            return
        for schema_name in tenants or []:
            run_migrations(self.args, self.options, self.codename, schema_name)
            if schema_name != self.PUBLIC_SCHEMA_NAME:
                note(schema_name)


def bring_all_forward(options: dict[str, Any]) -> None:
    """Bring all compounds forward, showing how far it is. Raises CommandError that lists those that failed."""
    progress = Progress(_("Migrating compounds"), sys.stdout if int(options.get("verbosity", 1)) else None)
    fleet = Fleet(progress)
    if workers := options.get("parallel"):
        fleet.workers = max(1, int(workers))
    fleet.bring_all()
    if not progress.total and progress.out:
        progress.out.write(_("All compounds are up to date.") + "\n")
    if fleet.failures:
        lines = [f"  {schema_name}: {why}" for schema_name, why in sorted(fleet.failures.items())]
        head = _("%(failed)d of %(total)d compounds could not be migrated:") % {
            "failed": len(fleet.failures),
            "total": progress.total,
        }
        raise CommandError("\n".join([head, *lines]))


def note(schema_name: str) -> None:
    """Look at what a compound has, and write down whether that is all."""
    if fingerprints.on_disk().keys() <= set(applied(schema_name)):
        note_up_to_date(schema_name)
    else:
        Compound.objects.filter(schema_name=schema_name).update(migrated_to="")
