"""Quiet hours: when nobody is told anything, and when a day's digest goes out."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import OrganisationSettings
from compounds.workdays import limits
from compounds.workdays.limits import Limit, Unit

_GROUP = _("Quiet hours")
FROM = Limit("quiet_from", _("Quiet from"), Unit.TIME, 21 * 60 + 30, highest=24 * 60 - 1, lowest=0, group=_GROUP)
UNTIL = Limit(
    "quiet_until",
    _("Quiet until"),
    Unit.TIME,
    7 * 60 + 30,
    highest=24 * 60 - 1,
    lowest=0,
    group=_GROUP,
    help=_("Then the day's digest goes out."),
)
limits.register(FROM)
limits.register(UNTIL)


@dataclass(frozen=True)
class Quiet:
    """From when to when nobody is told anything; the same time twice: never."""

    begins: time
    ends: time

    def is_quiet(self, at: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours in which it lies."""
        return self.next_digest(moment) if self.is_quiet(timezone.localtime(moment).time()) else moment

    def next_digest(self, moment: datetime) -> datetime:
        """When the next digest goes out: the end of the quiet hours, that day or the next."""
        here = timezone.localtime(moment)
        day = here.date() if here.time() <= self.ends else here.date() + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, self.ends))


def read() -> Quiet:
    """The quiet hours here. Two queries."""
    row = OrganisationSettings.objects.first() or OrganisationSettings()
    district = limits.of_district()
    return Quiet(
        row.quiet_from or limits.clock(district[FROM.key]), row.quiet_until or limits.clock(district[UNTIL.key])
    )
