"""What beat sends every night."""

from celery import shared_task
from django.utils import timezone
from oauth2_provider.models import clear_expired

from compounds.partners import idempotency


@shared_task
def forget_old() -> None:
    """Answers that were kept for a day, and tokens that have ended."""
    idempotency.forget_old(timezone.now())
    clear_expired()
