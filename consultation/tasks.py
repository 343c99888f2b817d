"""Doors for the worker, each to one service; the schema name comes first."""

from datetime import date

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import due, nightly, runs
from compounds.registry.context import compound_context
from consultation.documents import making
from consultation.services import scoring_life

SCORING = "scoring"


@shared_task
def make_documents(schema_name: str) -> None:
    """Make all documents that wait in one compound; a second run finds none."""
    with compound_context(schema_name):
        making.make_waiting(timezone.now())


due.register(making.KIND, make_documents.delay)


def turn_scoring(schema_name: str, day: str) -> None:
    """The night's work on one compound's quarterly scoring; a second run finds it done."""
    with compound_context(schema_name):
        scoring_life.turn(date.fromisoformat(day))


runs.register(SCORING, turn_scoring, title=_("Quarterly scoring"))
nightly.register(SCORING)
