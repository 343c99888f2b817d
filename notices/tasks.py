"""Doors for the worker, each to one service; the schema name comes first."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import due, nightly, putting_off, runs
from compounds.registry.context import compound_context
from notices import file_making, file_sweeping, reminding_kinds
from notices.publishing import told
from notices.reminders import KIND
from notices.reminding import engine

SWEEP = "posting_files"

__all__ = ["make_files", "remind", "reminding_kinds", "told"]


@shared_task
def make_files(schema_name: str) -> None:
    """Make all files of postings that wait in one compound; a second run finds none."""
    with putting_off.if_it_fails(file_making.KIND, schema_name), compound_context(schema_name):
        file_making.make_waiting(timezone.now)


@shared_task
def remind(schema_name: str) -> None:
    """Tell everybody in one compound what is to be told now; a second run finds it told."""
    with putting_off.if_it_fails(KIND, schema_name), compound_context(schema_name):
        engine.look(timezone.now())


def remind_of_night(schema_name: str, period: str) -> None:
    """The net below the wake-ups: every night every compound is looked through."""
    with compound_context(schema_name):
        engine.look(timezone.now())


def sweep_files_of_night(schema_name: str, period: str) -> None:
    """Delete one compound's files of postings that no row knows, and have those made anew that are gone."""
    with compound_context(schema_name):
        file_sweeping.sweep(timezone.now())


due.register(file_making.KIND, make_files.delay)
due.register(KIND, remind.delay)
runs.register(KIND, remind_of_night, title=_("Reminders and escalation"))
nightly.register(KIND)
runs.register(SWEEP, sweep_files_of_night, title=_("Sweeping up files of postings that no row knows"))
nightly.register(SWEEP)
