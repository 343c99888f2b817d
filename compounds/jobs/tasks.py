from celery import shared_task
from django.utils import timezone

from compounds.jobs import due


@shared_task
def wake_due() -> None:
    """Every minute: wake what is due. Two beats at once do no harm, since what they wake is idempotent."""
    due.wake(timezone.now())
