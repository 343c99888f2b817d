"""Who lives and serves in one compound: the four-level tree, the doors, the people, their posts, what was corrected."""

from compounds.organisation.models.audit import AuditEntry
from compounds.organisation.models.people import Person, Post, PostKind
from compounds.organisation.models.places import Building, Entrance, Household, Occupancy
from compounds.organisation.models.tree import Level, Unit

__all__ = [
    "AuditEntry",
    "Building",
    "Entrance",
    "Household",
    "Level",
    "Occupancy",
    "Person",
    "Post",
    "PostKind",
    "Unit",
]
