from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from compounds.registry.models import Compound, CompoundState
from compounds.registry.opening import finish_opening
from compounds.registry.schemas import fingerprints
from compounds.registry.schemas.executor import bring_all_forward
from compounds.registry.schemas.fleet import reason
from compounds.registry.schemas.forward import applied


class Command(BaseCommand):
    help = (
        "Look after the compounds' schemas: who is behind, bring them forward, finish openings that were interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="which compounds lack migrations and why, and which are still being opened")
        migrate = actions.add_parser("migrate", help="bring forward all that are behind; public is left alone")
        migrate.add_argument("--parallel", type=int, help="how many at a time")
        actions.add_parser("finish", help="finish every opening that was interrupted")

    def handle(self, *args: Any, **options: Any) -> None:
        {"status": self._status, "migrate": bring_all_forward, "finish": self._finish}[options["action"]](options)

    def _status(self, options: dict[str, Any]) -> None:
        behind = list(Compound.objects.behind(fingerprints.wanted()).order_by("slug"))
        opening = Compound.objects.filter(state=CompoundState.OPENING).order_by("slug")
        there = Compound.objects.exclude(state=CompoundState.OPENING).count()
        self.stdout.write(
            _("%(good)d of %(all)d compounds are up to date.") % {"good": there - len(behind), "all": there}
        )
        for compound in behind:
            self.stdout.write(f"  {compound.slug}: {_lacking(compound)}")
            if compound.migration_error:
                self.stdout.write(f"    {compound.migration_error}")
        for compound in opening:
            since = f"{compound.created_at:%Y-%m-%d %H:%M}"
            told = _("  %(slug)s: being opened since %(since)s")
            if compound.comes_from_file:
                told = _("  %(slug)s: being imported from a file since %(since)s")
            self.stdout.write(told % {"slug": compound.slug, "since": since})

    def _finish(self, options: dict[str, Any]) -> None:
        failed = 0
        names = Compound.objects.filter(state=CompoundState.OPENING).order_by("slug")
        for schema_name in names.values_list("schema_name", flat=True):
            try:
                compound = finish_opening(schema_name)
            except Exception as error:  # noqa: BLE001 - the others can be finished all the same
                failed += 1
                self.stderr.write(f"{schema_name}: {reason(error)}")
            else:
                self.stdout.write(f"{compound.name} is ready at {compound.url}")
        if failed:
            raise CommandError(_("%(failed)d compounds could not be opened.") % {"failed": failed})


def _lacking(compound: Compound) -> str:
    try:
        lacking = sorted(fingerprints.on_disk().keys() - set(applied(compound.schema_name)))
    except DatabaseError as error:
        return reason(error)
    if not lacking:
        # Seen by nobody since, for instance after it was restored from a dump.
        return _("has all migrations, not yet noted")
    shown = ", ".join(f"{app}.{name}" for app, name in lacking[:5])
    return _("lacks %(count)d migrations: %(names)s") % {
        "count": len(lacking),
        "names": shown + (" …" if len(lacking) > 5 else ""),
    }
