"""The care list: who was not looked in on in time."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from consultation.models import Care

OVERDUE = Figure(
    key="care_overdue",
    name=_("Care list: overdue"),
    definition=_(
        "Households on the care list where nobody spoke with them within the agreed days, of all on the list."
    ),
    kind=Kind.PERCENT,
    good=Good.DOWN,
    over=Over.NOW,
    unit="%",
    family=_("Organisation"),
)


def _count(on: date) -> dict[str, Value]:
    return {OVERDUE.key: Value(Care.objects.overdue(on).count(), Care.objects.running().count())}


register(OVERDUE, count=_count)
