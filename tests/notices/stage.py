"""A kind of reminder for one test, whose occasions the test lays down, and a channel that keeps what goes out."""

from collections.abc import Iterable
from datetime import datetime

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from notices import reminders
from notices.reminders import Occasion, Outgoing
from notices.reminding import engine
from tests.consultation.days import at, on
from tests.consultation.handling import secretary


class Stage:
    """A kind for one test, whose occasions the test lays down, and a channel that keeps what goes out."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.occasions: list[Occasion] = []
        self.out: list[Outgoing] = []
        self.fails = False

    def due(self, now: datetime, until: datetime) -> Iterable[Occasion]:
        if self.fails:
            raise RuntimeError("broken")
        return [one for one in self.occasions if one.at <= until]

    def lay(self, key: str, moment: str, *, urgent: bool = False) -> None:
        self.occasions.append(Occasion(key, at(moment), ("my_day",), {"n": key}, urgent=urgent))


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    stage = Stage(secretary())
    monkeypatch.setattr(reminders, "KINDS", {})
    monkeypatch.setattr(reminders, "BEFORE", [])
    monkeypatch.setattr(reminders, "CHANNELS", [stage.out.extend])
    reminders.register(
        "probe",
        title=_("Overdue"),
        due=stage.due,
        recipients=lambda occasion, roster: roster.branch(),
        text=lambda facts: f"{_('Overdue')} {facts['n']}",
    )
    return stage


def look(moment: str) -> int:
    with on(moment):
        return engine.look(timezone.now())
