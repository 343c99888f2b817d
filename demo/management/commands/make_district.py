import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from demo import synthetic


class Command(BaseCommand):
    help = "Make up compounds in any number, for measuring. Never beside real ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--compounds", type=int, required=True, help="how many more")
        parser.add_argument("--issues", type=int, required=True, help="matters in each")
        parser.add_argument("--households", type=int, default=60, help="doors in each")
        parser.add_argument("--yes", action="store_true", help="also where DEMO is not set")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO and not options["yes"]:
            raise CommandError(_("Made-up compounds are for measuring: start with DEMO=1, or say --yes."))
        began = time.monotonic()
        total, tenths = options["compounds"], max(1, options["compounds"] // 10)

        def tell(done: int) -> None:
            if options["verbosity"] and (done % tenths == 0 or done == total):
                print(f"{done}/{total}  {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)

        try:
            synthetic.make(
                compounds=total,
                issues=options["issues"],
                households=options["households"],
                today=timezone.localdate(),
                tell=tell,
            )
        except synthetic.RealCompounds as error:
            raise CommandError(str(error)) from error
