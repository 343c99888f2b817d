"""How far the district's figures are behind the compounds: itself a figure, shown beside the others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Min

from compounds.oversight.models import Outbox

# At most a minute behind, 95 times of 100.
TARGET_SECONDS = 60


@dataclass(frozen=True)
class Lag:
    """Of the changes recounted since a moment: how many recounts, and the 95th percentile of the wait in seconds.

    ``waiting``: seconds that the oldest change not yet recounted has waited; None when none waits.
    """

    recounts: int
    p95: float | None
    waiting: float | None

    @property
    def is_within_target(self) -> bool:
        return (self.p95 or 0) <= TARGET_SECONDS and (self.waiting or 0) <= TARGET_SECONDS


def of_last_day(now: datetime) -> Lag:
    """The lag of the last 24 hours, in two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), percentile_cont(0.95) WITHIN GROUP (ORDER BY lag_ms) "
            "FROM public.oversight_recount WHERE at > %s AND lag_ms IS NOT NULL",
            [now - timedelta(days=1)],
        )
        recounts, p95 = cursor.fetchone()
    oldest = Outbox.objects.of_ready().aggregate(oldest=Min("created_at"))["oldest"]
    waiting = (now - oldest).total_seconds() if oldest else None
    return Lag(recounts, p95 / 1000 if p95 is not None else None, waiting)
