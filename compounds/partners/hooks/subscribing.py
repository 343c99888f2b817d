"""Making a webhook, changing its secret, telling it again. Called by the district's admin."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from compounds.partners.hooks import signing
from compounds.partners.models import Subscription

# How long the earlier secret still signs beside the new one.
OVERLAP = timedelta(days=1)


def prepare(subscription: Subscription, *, now: datetime) -> None:
    """What a new one has besides what was typed: a secret, and its place at the end of what has happened."""
    subscription.nonce = secrets.token_hex(16)
    subscription.seen_at = now


@transaction.atomic
def rotate(subscription: Subscription, *, now: datetime) -> str:
    """A new secret, told this once; the earlier one still signs for a day."""
    row = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    row.earlier_nonce, row.earlier_until = row.nonce, now + OVERLAP
    row.nonce = secrets.token_hex(16)
    row.save(update_fields=["nonce", "earlier_nonce", "earlier_until", "updated_at"])
    return signing.secret(row.nonce)


@transaction.atomic
def replay(subscription: Subscription, *, since: datetime) -> None:
    """Tell it again everything from that moment on, with the same ids; one that was switched off is in use again."""
    row = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    row.seen_at, row.seen_id = since, 0
    start_again(row)
    row.save()


def start_again(subscription: Subscription) -> None:
    """In use, as if it had never failed. What waited for it goes out."""
    subscription.active, subscription.disabled_at = True, None
    subscription.failures, subscription.failing_since, subscription.busy_until = 0, None, None
