"""What waited in a compound where it came from, waits here."""

from django.utils import timezone

from compounds.jobs import due
from compounds.registry.models import Compound
from compounds.registry.moving.arrival import after_arrival


def _wake_everything(_compound: Compound) -> None:
    due.everything_not_later_than(timezone.now())


after_arrival(_wake_everything)
