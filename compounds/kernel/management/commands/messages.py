from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from compounds.kernel import translations


class Command(BaseCommand):
    help = "Bring the Chinese catalogue up to the code and compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--compile", action="store_true", help="only compile what is there")
        only.add_argument("--check", action="store_true", help="only say what is missing; exit 1 when anything is")

    def handle(self, *args: Any, **options: Any) -> None:
        base = settings.BASE_DIR
        if options["check"]:
            if gaps := translations.missing(base):
                raise CommandError("not translated:\n" + "\n".join(gaps))
            return
        if not options["compile"]:
            translations.update(base)
            self.stdout.write(f"{len(translations.missing(base))} texts wait for a translation")
        translations.compile_catalog(base)
