"""What a new compound would begin with, if it ever came to an end: for a test that kills it on the way."""

import time

from compounds.organisation.models import Level, Unit
from compounds.registry.models import Compound


def plant_and_wait(compound: Compound) -> None:
    Unit.objects.create(level=Level.GENERAL_BRANCH, name="half a tree")
    print("planting", flush=True)
    time.sleep(120)
