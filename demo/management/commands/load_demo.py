import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from demo.loading import NotOurs, load


class Command(BaseCommand):
    help = "Load the demo: the compound of the newspaper report and a small invented one. Does nothing when loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the day that dates are relative to (YYYY-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            # Its logins, the district's among them, have a password that everybody knows.
            raise CommandError(_("The demo is for a machine of its own: start with DEMO=1."))
        began = time.monotonic()
        try:
            loaded = load(options["today"] or timezone.localdate(), self._tell)
        except NotOurs as error:
            raise CommandError(str(error)) from error
        if loaded:
            self._tell(_("The demo is loaded (%(seconds).1f s).") % {"seconds": time.monotonic() - began})
        else:
            self._tell(_("The demo is there already."))

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
