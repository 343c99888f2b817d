"""What beat sends: every night, and every ten seconds."""

from celery import shared_task
from django.utils import timezone
from oauth2_provider.models import clear_expired

from compounds.partners import events, idempotency
from compounds.partners.hooks import sending


@shared_task
def forget_old() -> None:
    """Answers that were kept for a day, tokens that have ended, events of last month."""
    idempotency.forget_old(timezone.now())
    clear_expired()
    events.forget_old(timezone.now())


@shared_task
def send_events() -> None:
    """Webhooks: queue what has happened, send what waits. Lost or doubled, the next one sees to it."""
    sending.queue_new(timezone.now)
    if sending.send_waiting(timezone.now):
        # More may wait; behind other tasks.
        send_events.delay()
