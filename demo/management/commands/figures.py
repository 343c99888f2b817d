import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from demo.facts import Verdict, check
from demo.text_table import table


class Command(BaseCommand):
    help = "Count each fact of the newspaper report inside one compound; exit with 1 when one differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the part of the web address after /c/")
        parser.add_argument("--today", type=date.fromisoformat, help="the day to count on (YYYY-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        compound = Compound.objects.ready().filter(slug=options["slug"]).first()
        if compound is None:
            raise CommandError(_("There is no such compound: %(slug)s") % {"slug": options["slug"]})
        with compound_context(compound.schema_name) as inside:
            lines = check(inside, options["today"] or timezone.localdate())
        heads = [_("Fact"), _("Expected"), _("Counted"), ""]
        rows = [[line.name, line.expected, line.counted, str(line.verdict.label)] for line in lines]
        self.stdout.write(table(heads, rows))
        if any(line.verdict is Verdict.DIFFERS for line in lines):
            sys.exit(1)
