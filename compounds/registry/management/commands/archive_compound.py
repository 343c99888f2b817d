import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from compounds.kernel.errors import DomainError
from compounds.registry import archiving
from compounds.registry.models import Compound
from compounds.registry.office import Office, OfficeLevel


class Command(BaseCommand):
    help = "Archive a compound: its pages answer 404, no work is done there, its data stays. --restore takes it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the part of the web address after /c/")
        parser.add_argument("--restore", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        compound = Compound.objects.filter(slug=options["slug"]).select_related("community__district").first()
        if compound is None:
            raise CommandError(f"there is no compound at “{options['slug']}”")
        by = Office(OfficeLevel.DISTRICT, f"{compound.community.district.name} · {getpass.getuser()}")
        move = archiving.restore if options["restore"] else archiving.archive
        try:
            compound = move(compound, by=by)
        except DomainError as error:
            raise CommandError(error.context()["message"]) from error
        self.stdout.write(f"{compound.name}: {compound.state}")
