from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from demo.accounts import PASSWORD
from demo.logins import logins
from demo.text_table import table


class Command(BaseCommand):
    help = "Show one login of the demo for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        found = logins(timezone.localdate())
        if not found:
            raise CommandError(_("The demo is not loaded. Run: manage.py load_demo"))
        heads = [_("Role"), _("Name"), _("Login"), _("Password"), _("Address")]
        self.stdout.write(
            table(heads, [[login.role, login.name, login.username, PASSWORD, login.address] for login in found])
        )
        self.stdout.write(_("All people are invented, except 肖彪 and 唐碧玉, whom the newspaper report names."))
