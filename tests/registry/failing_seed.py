"""What a new compound would begin with, if it did not fail."""

from compounds.organisation.models import Level, Unit
from compounds.registry.models import Compound


def plant_and_fail(compound: Compound) -> None:
    Unit.objects.create(level=Level.GENERAL_BRANCH, name="half a tree")
    raise RuntimeError("on purpose")
