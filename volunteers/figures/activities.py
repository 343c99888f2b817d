"""What the district counts of activities: how many there are, months that have none, and people served."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from compounds.oversight.periods import Period
from volunteers.models import Activity
from volunteers.selectors import months
from volunteers.selectors.activities import together

_FAMILY = _("Volunteers")
ACTIVITIES = Figure(
    key="activities",
    name=_("Activities"),
    definition=_("Activities on a day of this month up to today that were not cancelled."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.MONTH,
    family=_FAMILY,
)
MONTHS_WITHOUT = Figure(
    key="months_without_activity",
    name=_("Months without an activity"),
    definition=_("Months of this year that are over and had no activity, those cancelled not counted."),
    kind=Kind.COUNT,
    good=Good.DOWN,
    over=Over.NOW,
    family=_FAMILY,
)
SERVED = Figure(
    key="people_served",
    name=_("People served by activities"),
    definition=_("People served, as summed up after each activity that was held this quarter; who comes twice is two."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.QUARTER,
    family=_FAMILY,
)
ELDERLY = Figure(
    key="elderly_served",
    name=_("Elderly people served by activities"),
    definition=_("Elderly people among those served by the activities that were held this quarter."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.QUARTER,
    family=_FAMILY,
)


def _count(on: date) -> dict[str, Value]:
    of_quarter = together(_of(periods.quarter_to(on)))
    return {
        ACTIVITIES.key: Value(_of(periods.month_to(on)).count()),
        MONTHS_WITHOUT.key: Value(sum(not one.count for one in months.of_year(on.year, on) if one.state == "past")),
        SERVED.key: Value(of_quarter.served),
        ELDERLY.key: Value(of_quarter.elderly),
    }


def _of(period: Period) -> QuerySet[Activity]:
    return Activity.objects.taking_place().on_days(period.first, period.last)


register(ACTIVITIES, MONTHS_WITHOUT, SERVED, ELDERLY, count=_count)
