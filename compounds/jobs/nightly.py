"""Work that every compound needs once a day, soon after the local midnight. A night that was missed is caught up."""

from datetime import datetime, timedelta

from django.utils import timezone

from compounds.jobs import kinds, runs
from compounds.jobs.models import FanOut

# Beat starts the night then (see ``CELERY_BEAT_SCHEDULE``); until then the day before is the one to be done.
BEGINS = timedelta(minutes=10)

_nightly: set[str] = set()


def register(kind: str) -> None:
    """Have ``kind``, a registered kind of run, done each night; its period is the new local day, ``2026-11-26``."""
    kinds.look_up(kind)
    _nightly.add(kind)


def period(now: datetime) -> str:
    """The local day that is to be done at ``now``."""
    return timezone.localdate(now - BEGINS).isoformat()


def catch_up(now: datetime) -> int:
    """Fan out every nightly kind that has not been for this day. Returns how many runs are new.

    One query when nothing is left to do; so the minute's wake-up asks too, and a beat that was missed, late or doubled
    makes no difference.
    """
    day = period(now)
    made = FanOut.objects.filter(kind__in=sorted(_nightly), period=day).values_list("kind", flat=True)
    return sum(runs.fan_out(kind, day) for kind in sorted(_nightly.difference(made)))
