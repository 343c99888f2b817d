"""The worker's door: apart from ``notices.tasks``, since sending needs what needs those."""

from celery import shared_task
from django.utils import timezone

from compounds.jobs import due, putting_off
from compounds.registry.context import compound_context
from notices.delivering import KIND, sending


@shared_task
def deliver(schema_name: str) -> None:
    """Send what may go out of one compound; what another worker has claimed is left to it."""
    with putting_off.if_it_fails(KIND, schema_name), compound_context(schema_name) as compound:
        sending.send_waiting(compound, timezone.now)


due.register(KIND, deliver.delay)
