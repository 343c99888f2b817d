"""Hours served, and how many volunteers are active."""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from volunteers.models import ServiceRecord

_FAMILY = _("Volunteers")
HOURS = Figure(
    key="volunteer_hours",
    name=_("Volunteer hours"),
    definition=_("Approved hours served this quarter, corrections included, in whole hours."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.QUARTER,
    unit=_("hours"),
    family=_FAMILY,
)
ACTIVE = Figure(
    key="volunteers_active",
    name=_("Active volunteers"),
    definition=_("Volunteers with a line of hours in the last 90 days that is not corrected to nothing."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.NOW,
    family=_FAMILY,
)


def _count(on: date) -> dict[str, Value]:
    quarter, days = periods.quarter_to(on), periods.days_to(on, 90)
    served = ServiceRecord.objects.approved().filter(served_on__gte=quarter.first, served_on__lte=quarter.last)
    minutes = served.aggregate(n=Sum("minutes"))["n"] or 0
    lately = ServiceRecord.objects.filter(served_on__gte=days.first, served_on__lte=days.last).order_by()
    active = lately.values("volunteer").annotate(n=Sum("minutes")).filter(n__gt=0).count()
    return {HOURS.key: Value(minutes // 60), ACTIVE.key: Value(active)}


register(HOURS, ACTIVE, count=_count)
