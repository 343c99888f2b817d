from celery import shared_task
from django.utils import timezone

from compounds.jobs import due
from compounds.photos import sizes, sweeping
from compounds.registry.context import compound_context


@shared_task
def make_sizes(schema_name: str) -> None:
    """Make the sizes of all photos that wait in one compound; a second run finds none."""
    with compound_context(schema_name):
        sizes.make_waiting(timezone.now())


@shared_task
def sweep_everywhere() -> None:
    """Every night: have each compound's files without a row swept."""
    for schema_name in sweeping.schemas_with_photos():
        sweep.delay(schema_name)


@shared_task
def sweep(schema_name: str) -> None:
    """Delete one compound's picture files that no row knows; a second run finds none."""
    with compound_context(schema_name):
        sweeping.sweep(timezone.now())


due.register(sizes.KIND, make_sizes.delay)
