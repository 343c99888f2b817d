"""Help among neighbours: how soon somebody says yes."""

from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from volunteers.models import HelpRequest, OfferState

_SOON = timedelta(days=3)
ANSWERED = Figure(
    key="help_answered",
    name=_("Help agreed to within 3 days"),
    definition=_(
        "Requests for help of this quarter to which a volunteer agreed within 3 days, of all that are older than that "
        "or agreed to; those withdrawn before do not count."
    ),
    kind=Kind.PERCENT,
    good=Good.UP,
    over=Over.QUARTER,
    unit="%",
    family=_("Volunteers"),
)


def _count(on: date) -> dict[str, Value]:
    quarter = periods.quarter_to(on)
    asked = HelpRequest.objects.filter(created_at__date__gte=quarter.first, created_at__date__lte=quarter.last)
    agreed = Q(offers__state__in=[OfferState.ACCEPTED, OfferState.DONE])
    soon = asked.filter(agreed, offers__answered_at__lte=F("created_at") + _SOON).distinct().count()
    others = asked.exclude(pk__in=asked.filter(agreed).values("pk")).exclude(state="withdrawn")
    late = asked.filter(agreed).distinct().count() - soon
    waited = others.filter(created_at__date__lt=timezone.localdate() - _SOON).count()
    return {ANSWERED.key: Value(soon, soon + late + waited)}


register(ANSWERED, count=_count)
