"""Something every month (月月有活动): branch and volunteer leaders hear of a month that has nothing."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compounds.organisation.models import PostKind
from compounds.organisation.policies import BRANCH
from compounds.workdays.lateness import day, moment
from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster
from volunteers.models import Activity
from volunteers.selectors.months import month_before, next_month

# Before a month begins, and when a third of it has gone.
_AHEAD_ON, _AGAIN_ON = 20, 10


def _without_activity(now: datetime, until: datetime) -> Iterable[Occasion]:
    """On the 20th of the month before, and on the 10th of the month itself, for as long as nothing is planned."""
    this = day(now).replace(day=1)
    for first in (this, next_month(this)):
        if Activity.objects.taking_place().on_days(first, next_month(first) - timedelta(days=1)).exists():
            continue
        for on in (month_before(first).replace(day=_AHEAD_ON), first.replace(day=_AGAIN_ON)):
            if moment(on) <= until and day(now) - on < timedelta(days=20):
                yield _occasion(first, on)


def _occasion(first: date, on: date) -> Occasion:
    facts = {"month": first.isoformat()}
    return Occasion(f"{first:%Y-%m} {on}", moment(on), ("activity_months", first.year), facts)


def _branch_and_leaders(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return roster.holding({*BRANCH, PostKind.VOLUNTEER_LEADER})


def _text(facts: dict[str, Any]) -> str:
    first = parse_date(facts["month"])
    month = date_format(first, "YEAR_MONTH_FORMAT") if first else ""
    return _("No activity is planned for %(month)s yet. Something every month: who plans one?") % {"month": month}


reminders.register(
    "month_without_activity",
    title=gettext_lazy("A month without an activity"),
    due=_without_activity,
    recipients=_branch_and_leaders,
    text=_text,
)
