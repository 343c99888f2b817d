"""Doors for the worker, each to one service; the schema name comes first."""

from datetime import date

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import due, nightly, putting_off, runs
from compounds.registry.context import compound_context
from compounds.workdays import changes
from consultation.documents import making
from consultation.services import escalation, recalculation, scoring_life
from notices import reminders

CLOCKS = "clocks"
SCORING = "scoring"


@shared_task
def make_documents(schema_name: str) -> None:
    """Make all documents that wait in one compound; a second run finds none."""
    with putting_off.if_it_fails(making.KIND, schema_name), compound_context(schema_name):
        making.make_waiting(timezone.now)


due.register(making.KIND, make_documents.delay)
reminders.before(escalation.run)


def count_clocks_again(schema_name: str, period: str) -> None:
    """Dates that were counted by the calendar, as it is now; a second run finds nothing to move."""
    with compound_context(schema_name):
        recalculation.run(timezone.now())


def calendar_changed() -> None:
    """The district corrected a day: every compound counts again, once for each correction."""
    runs.fan_out(CLOCKS, f"calendar {timezone.now():%Y-%m-%d %H:%M:%S.%f}")


# A year's arrangement comes with a new release, so every night looks whether what was provisional no longer is.
runs.register(CLOCKS, count_clocks_again, title=_("Counting due dates"))
nightly.register(CLOCKS)
changes.on_change(calendar_changed)


def turn_scoring(schema_name: str, day: str) -> None:
    """The night's work on one compound's quarterly scoring; a second run finds it done."""
    with compound_context(schema_name):
        scoring_life.turn(date.fromisoformat(day))


runs.register(SCORING, turn_scoring, title=_("Quarterly scoring"))
nightly.register(SCORING)
