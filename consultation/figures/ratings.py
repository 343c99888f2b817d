"""What those with a voice think of the results."""

from datetime import date

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Alarm, Figure, Good, Kind, Over, Value, register
from compounds.oversight.periods import Period
from consultation.models import Rating

SATISFACTION = Figure(
    key="satisfaction",
    name=_("Satisfaction"),
    definition=_(
        "Mean of the counted ratings given in the period, 1 to 5, one per household and matter. Open ratings of the "
        "board are not counted."
    ),
    kind=Kind.MEAN,
    good=Good.UP,
    over=Over.QUARTER,
    unit=_("of 5"),
    alarm=Alarm(watch=3.5, act=3),
    family=_("Satisfaction"),
    headline=True,
    chart=_("Satisfaction"),
)
RATINGS = Figure(
    key="ratings",
    name=_("Ratings"),
    definition=_("Counted ratings given this quarter, one per household and matter."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.QUARTER,
    family=_("Satisfaction"),
)


def satisfaction(period: Period) -> Value:
    """The sum of the stars, and how many ratings."""
    rows = Rating.objects.filter(updated_at__gte=period.start, updated_at__lt=period.end)
    found = rows.aggregate(n=Count("pk"), stars=Sum("stars"))
    return Value(found["stars"] or 0, found["n"])


def _count(on: date) -> dict[str, Value]:
    value = satisfaction(periods.quarter_to(on))
    return {SATISFACTION.key: value, RATINGS.key: Value(value.whole or 0)}


register(SATISFACTION, RATINGS, count=_count)
