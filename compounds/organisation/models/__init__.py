"""Who lives and serves in one compound: the four-level tree, the doors, the people, their posts, what was corrected."""

from compounds.organisation.models.audit import AuditEntry
from compounds.organisation.models.people import Person, Post, PostKind, post_title
from compounds.organisation.models.places import Building, Entrance, Household, Occupancy
from compounds.organisation.models.settings import OrganisationSettings, contact_rhythm
from compounds.organisation.models.sheets import SheetImport
from compounds.organisation.models.tree import Level, Unit

__all__ = [
    "AuditEntry",
    "Building",
    "Entrance",
    "Household",
    "Level",
    "Occupancy",
    "OrganisationSettings",
    "Person",
    "Post",
    "PostKind",
    "SheetImport",
    "Unit",
    "contact_rhythm",
    "post_title",
]
