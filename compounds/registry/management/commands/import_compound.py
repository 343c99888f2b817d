from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from compounds.kernel.errors import DomainError
from compounds.registry.models import Community
from compounds.registry.moving.receiving import receive


class Command(BaseCommand):
    help = "Open a compound from a file that export_compound wrote: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--slug", help="another address than the one it had")
        parser.add_argument("--community", required=True)
        parser.add_argument("--district", help="needed where several districts have a community of that name")

    def handle(self, *args: Any, **options: Any) -> None:
        communities = Community.objects.filter(name=options["community"])
        if options["district"]:
            communities = communities.filter(district__name=options["district"])
        if len(communities) != 1:
            found = f"{len(communities)} communities have that name"
            raise CommandError(f"{found}: make it in the admin first, or name its district with --district")
        try:
            compound = receive(options["file"], community=communities[0], slug=options["slug"])
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(" ".join(filter(None, map(error.context().get, ("message", "hint"))))) from error
        self.stdout.write(f"{compound.name} is ready at {compound.url}")
