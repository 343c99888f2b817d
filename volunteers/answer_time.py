"""How long a volunteer has to answer, counted in the hours in which neighbours may be disturbed.

Volunteers have time in evenings and at weekends more than on working days, so every day counts; the compound's quiet
hours do not.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.workdays import limits
from compounds.workdays.limits import Limit, Unit
from notices.reminding import quiet
from notices.reminding.quiet import Quiet

ANSWER = Limit(
    "help_answer_hours",
    _("Hours in which a volunteer answers"),
    Unit.HOURS,
    4,
    highest=72,
    group=_("Help among neighbours"),
    help=_("Quiet hours do not count. Unanswered, the next volunteer is asked."),
)
limits.register(ANSWER)


def answer_by(now: datetime) -> datetime:
    """Until when somebody who is asked now may answer. Three queries."""
    hours = limits.of_district()[ANSWER.key]
    return after_waking_hours(now, timedelta(hours=hours), quiet.read())


def after_waking_hours(now: datetime, left: timedelta, times: Quiet) -> datetime:
    """The moment when that much time outside the quiet hours has gone by."""
    if times.begins == times.ends:
        return now + left
    at = times.next_open(now)
    while (until := _next_quiet(at, times)) - at < left:
        left -= until - at
        at = times.next_open(until)
    return at + left


def _next_quiet(at: datetime, times: Quiet) -> datetime:
    here = timezone.localtime(at)
    day = here.date() if here.time() < times.begins else here.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, times.begins))
