"""What is kept of partner systems, all of it in public."""

from compounds.partners.models.client import (
    ANSWERS_KEPT,
    DEFAULT_RATE,
    Client,
    Grant,
    GrantQuerySet,
    KeptAnswer,
    Secret,
    SecretQuerySet,
    _all_scopes,
)
from compounds.partners.models.event import Event, EventType
from compounds.partners.models.hook import HookDelivery, HookState, Subscription
from compounds.partners.models.reading import PersonalRead

__all__ = [
    "ANSWERS_KEPT",
    "DEFAULT_RATE",
    "Client",
    "Event",
    "EventType",
    "Grant",
    "GrantQuerySet",
    "HookDelivery",
    "HookState",
    "KeptAnswer",
    "PersonalRead",
    "Secret",
    "SecretQuerySet",
    "Subscription",
    "_all_scopes",
]
