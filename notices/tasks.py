"""Doors for the worker, each to one service; the schema name comes first."""

from celery import shared_task
from django.utils import timezone

from compounds.jobs import due
from compounds.registry.context import compound_context
from notices import picture_making


@shared_task
def make_pictures(schema_name: str) -> None:
    """Make all pictures of postings that wait in one compound; a second run finds none."""
    with compound_context(schema_name):
        picture_making.make_waiting(timezone.now())


due.register(picture_making.KIND, make_pictures.delay)
