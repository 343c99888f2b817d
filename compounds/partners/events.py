"""Telling partners: an event is a row in public, written in the transaction of what it tells."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Subquery

from compounds.partners.models import Client, Event, EventType
from compounds.registry.context import current_schema

# How far back the feed reaches, and from where a webhook can be told again.
KEPT = timedelta(days=30)


def tell(
    event: EventType,
    data: dict[str, Any],
    *,
    about: str = "",
    on_board: bool,
    for_members: bool,
    recorded_by: int | None = None,
    handlers: Iterable[str] = (),
) -> Event:
    """From a service inside a compound, in its transaction. ``data`` holds ids and numbers, no words.

    ``recorded_by`` is the account of who brought the matter in: where it stands behind a partner, that one is told.
    """
    # Looked up by the statement that writes: one more would stand in every change of a matter.
    brought_by: Any = Subquery(Client.objects.filter(user=recorded_by).values("pk")) if recorded_by else None
    return Event.objects.create(
        type=event,
        schema_name=current_schema(),
        about=about,
        data=data,
        on_board=on_board,
        for_members=for_members,
        brought_by_id=brought_by,
        handlers=sorted(set(handlers)),
    )


def withdraw(*about: str) -> None:
    """From inside a compound: these have become confidential, so nothing of them is told any more."""
    Event.objects.filter(schema_name=current_schema(), about__in=about).delete()


def shown(event: Event, slug: str) -> dict[str, Any]:
    """How an event looks, in the feed and in a webhook alike."""
    return {
        "id": event.message_id,
        "type": event.type,
        "timestamp": event.created_at,
        "data": {"compound": slug, **event.data},
    }


def forget_old(now: datetime) -> None:
    Event.objects.filter(updated_at__lt=now - KEPT).delete()
