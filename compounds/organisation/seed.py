"""What every compound begins with: the two upper levels of its tree."""

from compounds.organisation.models import Level, Unit
from compounds.registry.models import Compound


def plant_tree(compound: Compound) -> None:
    """The general branch mirrors the community; the branch is the compound's. Names are data, so they are Chinese."""
    general = Unit.objects.create(level=Level.GENERAL_BRANCH, name=f"{compound.community.name}党总支", position=1)
    Unit.objects.create(level=Level.BRANCH, parent=general, name=f"{compound.name}党支部", position=1)
