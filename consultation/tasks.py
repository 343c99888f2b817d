"""Doors for the worker, each to one service; the schema name comes first."""

from celery import shared_task
from django.utils import timezone

from compounds.jobs import due
from compounds.registry.context import compound_context
from consultation.documents import making


@shared_task
def make_documents(schema_name: str) -> None:
    """Make all documents that wait in one compound; a second run finds none."""
    with compound_context(schema_name):
        making.make_waiting(timezone.now())


due.register(making.KIND, make_documents.delay)
