from celery import shared_task
from django.utils import timezone

from compounds.jobs import due
from compounds.photos import sizes
from compounds.registry.context import compound_context


@shared_task
def make_sizes(schema_name: str) -> None:
    """Make the sizes of all photos that wait in one compound; a second run finds none."""
    with compound_context(schema_name):
        sizes.make_waiting(timezone.now())


due.register(sizes.KIND, make_sizes.delay)
