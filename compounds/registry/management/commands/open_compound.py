from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from compounds.kernel.errors import DomainError
from compounds.registry.models import Community
from compounds.registry.opening import open_compound


class Command(BaseCommand):
    help = "Open a compound: its row, its schema with all tables, and what every compound begins with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the part of the web address after /c/")
        parser.add_argument("name")
        parser.add_argument("--district", required=True)
        parser.add_argument("--community", required=True)
        parser.add_argument("--built-on", type=date.fromisoformat, help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        community = Community.objects.filter(name=options["community"], district__name=options["district"]).first()
        if community is None:
            raise CommandError("there is no such community in that district: make it in the admin first")
        try:
            compound = open_compound(
                slug=options["slug"], name=options["name"], community=community, built_on=options["built_on"]
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(error.context()["message"]) from error
        self.stdout.write(f"{compound.name} is ready at {compound.url}")
