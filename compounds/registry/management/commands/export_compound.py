from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from compounds.kernel.errors import DomainError
from compounds.registry.moving.sending import export


class Command(BaseCommand):
    help = "Write one compound, with its files and without anybody's account, to one file for another installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the part of the web address after /c/")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = export(options["slug"], options["file"])
        except DomainError as error:
            raise CommandError(" ".join(filter(None, map(error.context().get, ("message", "hint"))))) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        rows = sum(part.rows for part in manifest.tables.values())
        self.stdout.write(f"{manifest.origin.name}: {rows} rows, {len(manifest.files)} files in {options['file']}")
