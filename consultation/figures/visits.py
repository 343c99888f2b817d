"""Calls at doors."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from consultation.models import Visit

VISITS = Figure(
    key="visits",
    name=_("Visits"),
    definition=_("Calls at a door in the last 30 days, whatever came of them."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.DAYS_30,
    family=_("Organisation"),
)


def _count(on: date) -> dict[str, Value]:
    days = periods.days_to(on, 30)
    return {VISITS.key: Value(Visit.objects.filter(visited_on__gte=days.first, visited_on__lte=days.last).count())}


register(VISITS, count=_count)
