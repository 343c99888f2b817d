"""Being somewhere in time, and looking through the compound as the worker does."""

from datetime import datetime

import time_machine
from django.utils import timezone

from notices.models import Reminder
from notices.reminding import engine


def at(moment: str) -> datetime:
    """``2026-02-13 09:00``, or a day at nine in the morning, here."""
    return timezone.make_aware(datetime.fromisoformat(moment if " " in moment else f"{moment} 09:00"))


def on(moment: str) -> time_machine.travel:
    return time_machine.travel(at(moment), tick=False)


def look(moment: str) -> None:
    """The worker looks through the compound at that moment."""
    with on(moment):
        engine.look(timezone.now())


def told(kind: str | None = None) -> list[tuple[str, str]]:
    """Who was told of what, in the order in which it was."""
    rows = Reminder.objects.order_by("pk").select_related("person")
    return [(row.person.name, row.kind) for row in rows if kind in (None, row.kind)]
