"""A compound that came from another installation speaks to nobody: there the same robots speak, and here is a copy."""

from compounds.registry.models import Compound
from compounds.registry.moving.arrival import after_arrival
from notices.models import Outlet


def _say_nothing(_compound: Compound) -> None:
    """Until somebody uses a robot again, or turns their own way on. What still waited is not sent."""
    Outlet.objects.update(active=False)


after_arrival(_say_nothing)
