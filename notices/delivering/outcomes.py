"""What became of a batch: recorded on its rows and at its outlet, by whoever still holds the lease and nobody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F

from compounds.oversight.outbox import touch
from notices import reminders
from notices.channels.interface import Temporary
from notices.models import Delivery, DeliveryState, Outlet
from notices.reminding.quiet import Quiet

log = structlog.get_logger(__name__)

# After the first, second … failure in a row, unless the other side says when.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60)]


@dataclass(frozen=True)
class Batch:
    """Rows that go in one message, the place that its robot gave, and the end of the lease, which is its mark."""

    rows: list[Delivery]
    place: str
    leased_until: datetime

    @property
    def outlet(self) -> Outlet:
        found: Outlet = self.rows[0].outlet
        return found


@transaction.atomic
def keep_sent(batch: Batch, receipt: str, now: datetime) -> int:
    count = _keep(batch, state=DeliveryState.SENT, leased_until=None, finished_at=now, receipt=receipt[:100])
    _at_outlet(batch, last_sent_at=now, last_error="", failures_in_row=0, resting_until=None)
    return count


@transaction.atomic
def keep_failed(batch: Batch, code: str, now: datetime) -> None:
    """This message never will be sent; the outlet may be in order."""
    _keep(batch, state=DeliveryState.FAILED, leased_until=None, finished_at=now, error=code, joined_to=None)
    _at_outlet(batch, last_failed_at=now, last_error=code)
    touch("deliveries")


@transaction.atomic
def keep_dead(batch: Batch, code: str, now: datetime) -> None:
    """Nothing will ever arrive there, so it is used no more until somebody mends it."""
    keep_failed(batch, code, now)
    _at_outlet(batch, active=False)
    reminders.look_again()


@transaction.atomic
def keep_later(batch: Batch, error: Temporary, calm: Quiet, now: datetime) -> None:
    """Back into the queue; the outlet rests, so that one that is down costs one try and not one for each row."""
    failures = batch.outlet.failures_in_row
    at = now + (error.retry_after or BACK_OFF[min(failures, len(BACK_OFF) - 1)])
    _at_outlet(
        batch, last_failed_at=now, last_error=error.code, resting_until=at, failures_in_row=F("failures_in_row") + 1
    )
    again = {"state": DeliveryState.QUEUED, "leased_until": None, "error": error.code, "joined_to": None}
    urgent = batch.rows[0].urgent
    _keep(batch, **again, next_try_at=at if urgent else calm.next_open(at))


@transaction.atomic
def keep_unclear(batch: Batch, code: str, now: datetime) -> None:
    """It may have arrived. The lease ends, so that a person is asked at once and not after it."""
    _keep(batch, leased_until=now, error=code)
    _at_outlet(batch, last_failed_at=now, last_error=code)
    reminders.look_again()
    touch("deliveries")


def _keep(batch: Batch, **values: object) -> int:
    """Only for the one who holds the lease. Somebody who was asked meanwhile has decided otherwise."""
    mine = Delivery.objects.filter(
        pk__in=[row.pk for row in batch.rows], state=DeliveryState.SENDING, leased_until=batch.leased_until
    )
    count = mine.update(**values)
    if count < len(batch.rows):
        log.warning("delivery_came_back_late", delivery=batch.rows[0].pk)
    return count


def _at_outlet(batch: Batch, **values: object) -> None:
    Outlet.objects.filter(pk=batch.outlet.pk).update(**values)
