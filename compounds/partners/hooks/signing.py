"""The secrets of webhooks and what is signed with them. None is kept: each follows from a nonce and our key."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from django.conf import settings
from standardwebhooks import Webhook

from compounds.partners.models import Subscription

_SALT = b"linjuli webhook "


def secret(nonce: str, *, key: str | None = None) -> str:
    """What the receiver is given, as the specification writes it; ``key`` is the installation's, now or earlier."""
    made = hmac.new((key or settings.SECRET_KEY).encode(), _SALT + nonce.encode(), hashlib.sha256).digest()
    return "whsec_" + base64.b64encode(made).decode()


def headers(subscription: Subscription, message_id: str, body: bytes, *, now: datetime) -> dict[str, str]:
    """While a secret, or our key, is being changed, both sign: the receiver takes over when it likes."""
    at = now.astimezone(UTC)
    nonces = [subscription.nonce]
    if subscription.earlier_nonce and subscription.earlier_until and subscription.earlier_until > now:
        nonces.append(subscription.earlier_nonce)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    known = [secret(nonce, key=key) for key in keys for nonce in nonces]
    signed = [Webhook(one).sign(message_id, at, body.decode()) for one in known]
    return {
        "Content-Type": "application/json",
        "User-Agent": "linjuli-webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }
