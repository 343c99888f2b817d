"""The care list: on the morning of the day by which somebody is to look in, and a week after."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compounds.workdays.lateness import day, moment
from consultation import care_list
from consultation.models import Care
from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster

_AGAIN = timedelta(days=7)


def _due(now: datetime, until: datetime) -> Iterable[Occasion]:
    for line in care_list.lines(Care.objects.filter(begun_on__lte=day(until)), day(now)):
        for on in (line.due_on, line.due_on + _AGAIN):
            if on <= day(until):
                # Neither door nor reason: a reminder is read on a locked screen.
                yield Occasion(f"{line.care.pk} {on}", moment(on), ("care", line.care.pk), {}, about=line)


def _whose(occasion: Occasion, roster: Roster) -> Iterable[int]:
    line: care_list.CareLine = occasion.about
    return [line.carer.pk] if line.carer else roster.branch()


reminders.register(
    "care_due",
    title=gettext_lazy("Look in on somebody"),
    due=_due,
    recipients=_whose,
    text=lambda facts: _("Somebody on the care list waits for you to look in."),
)
