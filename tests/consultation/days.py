"""Being somewhere in time, and looking through the compound as the worker does."""

from datetime import date, datetime, timedelta

import time_machine
from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from notices import reminders
from notices.models import Reminder
from notices.reminding import engine
from tests.factories import PersonFactory


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


def look_daily(first: str, last: str) -> None:
    """As the night does, and again at noon."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        look(f"{day} 00:10")
        look(f"{day} 12:00")
        day += timedelta(days=1)


def days_of(kind: str) -> list[str]:
    """On which days people were told, as the digest goes out."""
    rows = Reminder.objects.filter(kind=kind).order_by("out_at", "pk").values_list("out_at", flat=True)
    return [f"{timezone.localdate(moment):%m-%d}" for moment in rows]


def words(kind: str, language: str = "en") -> list[str]:
    return [reminders.words(row, language) for row in Reminder.objects.filter(kind=kind).order_by("pk")]


def a_steward(**facts: object) -> Person:
    return PersonFactory(name="楼栋长", posts=[PostKind.BUILDING_STEWARD], **facts)
