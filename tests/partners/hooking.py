"""Webhooks in tests: a partner with one, events that have settled, and a clock that is set."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from compounds.partners.hooks import sending, subscribing
from compounds.partners.models import Client, Event, EventType, Subscription
from compounds.partners.paging import settled_before


def a_webhook(client: Client, url: str, **said: Any) -> Subscription:
    """It is told of everything, from a while ago on."""
    row = Subscription(client=client, url=url, **{"types": EventType.values, **said})
    subscribing.prepare(row, now=timezone.now() - timedelta(hours=1))
    row.save()
    return row


def settle(minutes: float = 1) -> None:
    """What happened, happened a while ago: every transaction of that time has ended, and if not, it is told which."""
    then = timezone.now() - timedelta(minutes=minutes)
    Event.objects.update(updated_at=then)
    if settled_before() <= then:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid, backend_type, state, xact_start, query FROM pg_stat_activity WHERE xact_start < %s", [then]
            )
            raise AssertionError(f"still writing: {cursor.fetchall()}")


class Worker:
    """The worker at moments that the test says."""

    def __init__(self) -> None:
        self.now: datetime = timezone.now()

    def clock(self) -> datetime:
        return self.now

    def work(self, after: timedelta = timedelta(), *, seconds: float = 2) -> int:
        """One round, so much later. Returns how many were tried."""
        self.now += after
        sending.queue_new(self.clock)
        return sending.send_waiting(self.clock, seconds=seconds)
