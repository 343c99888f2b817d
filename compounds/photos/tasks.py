from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import due, nightly, putting_off, runs
from compounds.photos import sizes, sweeping
from compounds.registry.context import compound_context

SWEEP = "photos"


@shared_task
def make_sizes(schema_name: str) -> None:
    """Make the sizes of all photos that wait in one compound; a second run finds none."""
    with putting_off.if_it_fails(sizes.KIND, schema_name), compound_context(schema_name):
        sizes.make_waiting(timezone.now)


def sweep_in_the_night(schema_name: str, day: str) -> None:
    """Delete one compound's picture files that no row knows; a second run finds none."""
    with compound_context(schema_name):
        sweeping.sweep(timezone.now())


due.register(sizes.KIND, make_sizes.delay)
runs.register(SWEEP, sweep_in_the_night, title=_("Sweeping up photos that no row knows"))
nightly.register(SWEEP)
