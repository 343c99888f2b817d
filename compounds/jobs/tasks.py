"""What beat sends. The tasks that work the runs stand beside what they do, in ``working``."""

from celery import shared_task
from django.utils import timezone

from compounds.jobs import due, nightly, runs


@shared_task
def wake_due() -> None:
    """Every minute: wake what is due. Two beats at once do no harm, since what they wake is idempotent."""
    now = timezone.now()
    due.wake(now)
    runs.offer(now)
    nightly.catch_up(now)


@shared_task
def begin_night() -> None:
    """Soon after midnight: every compound's work of the new day. Lost or doubled, the minute's wake-up sees to it."""
    nightly.catch_up(timezone.now())


@shared_task
def prune_runs() -> None:
    """Every night: forget what was done long ago."""
    runs.prune(timezone.now())
