"""What the district sees of what went out: how much did not arrive, or is not known to have."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from notices.models import Delivery, DeliveryKind, DeliveryState

DELIVERIES_FAILED = Figure(
    key="deliveries_failed",
    name=_("Messages not sent"),
    definition=_(
        "Messages to groups and people of the last 30 days that were not sent, or of which nobody knows whether they "
        "arrived. Test messages, codes, and what was over or taken down before do not count."
    ),
    kind=Kind.COUNT,
    good=Good.DOWN,
    over=Over.DAYS_30,
    family=_("Messages"),
)
_NO_FAILURE = ["over", "taken_down"]


def count(on: date) -> Mapping[str, Value]:
    since = timezone.make_aware(datetime.combine(on - timedelta(days=29), time.min))
    rows = Delivery.objects.exclude(kind__in=[DeliveryKind.TEST, DeliveryKind.CODE])
    failed = rows.filter(state=DeliveryState.FAILED, finished_at__gte=since).exclude(error__in=_NO_FAILURE)
    unclear = rows.stuck(timezone.now()).filter(leased_until__gte=since)
    return {DELIVERIES_FAILED.key: Value(failed.count() + unclear.count())}


register(DELIVERIES_FAILED, count=count)
