"""How often a notice was opened, without knowing by whom.

One reading: its page was shown in a browser, at most once per browser and day. The page says so itself once it is on
the screen, so a link that WeChat or a robot fetches ahead is none; a cookie of that page alone, without any content,
keeps a browser from being counted twice before midnight. One network address counts at most thirty times a day, so that
no script drives the number up. Nothing about a reader is kept: the row holds a number.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notices.models import Notice

COOKIE = "read"
# In a day: a house, or an office, that shares one network address.
FROM_ONE_ADDRESS = 30
DEFINITION = _("How often it was opened while it was up; the same phone counts once a day. Nobody records who read it.")


def count(notice: Notice, *, now: datetime) -> bool:
    """Add one, if it is up. No row lock is held for longer than that."""
    rows = Notice.objects.up(timezone.localdate(now)).filter(pk=notice.pk)
    return bool(rows.update(readings=F("readings") + 1))


def seconds_to_midnight(now: datetime) -> int:
    """How long the cookie lasts: a day is a local one."""
    here = timezone.localtime(now)
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(1, int((midnight - here).total_seconds()))
