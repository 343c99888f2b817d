"""When this compound next has something to send, kept in its due row."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.db.models.functions import Coalesce, Greatest

from compounds.jobs import due
from notices.delivering import KIND
from notices.models import Delivery, DeliveryState
from notices.reminding.quiet import Quiet


@transaction.atomic
def settle(calm: Quiet, now: datetime) -> None:
    """Be woken when the next one may go, or not at all. A picture that is being made calls by itself."""
    due.not_later_than(KIND, now)
    due.answer(KIND)
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED)
    at = Greatest("next_try_at", Coalesce("outlet__resting_until", "next_try_at"))
    times = dict(
        waiting.without_waiting_for_pictures()
        .order_by()
        .values("urgent")
        .annotate(at=Min(at))
        .values_list("urgent", "at")
    )
    wakes = [max(times[True], now)] if True in times else []
    if False in times:
        wakes.append(calm.next_open(max(times[False], now)))
    due.settle(KIND, min(wakes, default=None))
