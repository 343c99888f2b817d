"""Opening a partner's system, its secrets and its places. Called by the district's admin and by commands."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from compounds.accounts.models import User, hash_token
from compounds.partners.models import Client, Grant, Secret
from compounds.partners.scopes import Scope
from compounds.registry.models import Community, Compound, District

# How long the earlier secrets stay good once there is a new one.
OVERLAP = timedelta(days=7)
_SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def open_client(name: str, *, scopes: Iterable[Scope]) -> Client:
    """A new partner, without secret and grant, and the closed account that stands behind what it does."""
    client = Client(name=name, scopes=list(scopes))
    prepare(client)
    client.save()
    return client


def prepare(client: Client) -> None:
    """What every new client has besides its name."""
    client.client_type, client.authorization_grant_type = "confidential", "client-credentials"
    # The library's own column for one secret is not used: what stands there matches nothing.
    client.client_secret, client.hash_client_secret = make_password(None), False
    user = User(username=f"partner-{secrets.token_hex(8)}", display_name=client.name[:60], is_active=False)
    user.set_unusable_password()
    user.save()
    client.user = user


@transaction.atomic
def new_secret(client: Client, *, now: datetime) -> str:
    """A further secret, told this once. Those before it end after a week, so that the partner can change over."""
    secret = secrets.token_urlsafe(32)
    earlier = client.secrets.valid(now)
    earlier.filter(expires_at__isnull=True).update(expires_at=now + OVERLAP)
    earlier.filter(expires_at__gt=now + OVERLAP).update(expires_at=now + OVERLAP)
    Secret.objects.create(client=client, secret_hash=hash_token(secret))
    return secret


def valid_hashes(client: Client, *, now: datetime) -> list[str]:
    """What is kept of the secrets that are good now."""
    return list(client.secrets.valid(now).values_list("secret_hash", flat=True))


def secret_used(secret_hash: str, *, now: datetime) -> None:
    """Write down when a secret was last used, so that one sees when the old one can go."""
    Secret.objects.filter(secret_hash=secret_hash).update(last_used_at=now)


def seen(client: Client, *, now: datetime) -> None:
    """Write down that it was here; at most once a minute, not on each request."""
    if client.last_used_at is None or now - client.last_used_at > _SEEN_EVERY:
        Client.objects.filter(pk=client.pk).update(last_used_at=now)


def grant(client: Client, place: District | Community | Compound, *, handles: Iterable[str] = ()) -> Grant:
    """Let it work there."""
    return Grant.objects.create(client=client, handles=list(handles), **{str(place._meta.model_name): place})
