"""What the district counts of volunteering; ``oversight`` finds this module by its name, one module a subject."""

from volunteers.figures import activities

__all__ = ["activities"]
