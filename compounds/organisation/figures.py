"""The organisation's figures for the district: doors, and the two coverage figures (domain: Ratings and figures)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Household, Unit
from compounds.organisation.models.people import Post
from compounds.organisation.models.tree import Level
from compounds.oversight.figures import Alarm, Figure, Good, Kind, Over, Value, register

HOUSEHOLDS = Figure(
    key="households",
    name=_("Households"),
    definition=_("All doors of the compound, lived in or empty."),
    kind=Kind.COUNT,
    good=Good.NEITHER,
    over=Over.NOW,
    family=_("Organisation"),
)
ASSIGNED = Figure(
    key="assigned",
    name=_("Coverage: assigned"),
    definition=_("Doors in a neighbour group that somebody leads today, of all doors."),
    kind=Kind.PERCENT,
    good=Good.UP,
    over=Over.NOW,
    unit="%",
    family=_("Organisation"),
)
IN_TOUCH = Figure(
    key="in_touch",
    name=_("Coverage: in touch"),
    definition=_("Doors that somebody has spoken with within the compound's contact rhythm, of all doors."),
    kind=Kind.PERCENT,
    good=Good.UP,
    over=Over.NOW,
    unit="%",
    alarm=Alarm(watch=40, act=20),
    family=_("Organisation"),
    headline=True,
)
VACANT = Figure(
    key="vacant_posts",
    name=_("Vacant leading posts"),
    definition=_("Branch, buildings and neighbour groups without a secretary, a steward or a lead today."),
    kind=Kind.COUNT,
    good=Good.DOWN,
    over=Over.NOW,
    alarm=Alarm(watch=3, act=10),
    family=_("Organisation"),
)
_LED_BELOW = (Level.BRANCH, Level.BUILDING, Level.NEIGHBOUR_GROUP)
_LEADING = ("branch_secretary", "building_steward", "neighbour_lead")


def _count(on: date) -> dict[str, Value]:
    doors = Household.objects.count()
    led = Post.objects.serving(on).filter(kind__in=_LEADING).values("unit")
    return {
        HOUSEHOLDS.key: Value(doors),
        ASSIGNED.key: Value(Household.objects.assigned(on).count(), doors),
        IN_TOUCH.key: Value(Household.objects.in_touch(on).count(), doors),
        VACANT.key: Value(Unit.objects.filter(level__in=_LED_BELOW).exclude(pk__in=led).count()),
    }


register(HOUSEHOLDS, ASSIGNED, IN_TOUCH, VACANT, count=_count)
