"""What the district counts of volunteering; ``oversight`` finds this package by its name, one module a subject."""

from volunteers.figures import activities, hours
from volunteers.figures import help as helping

__all__ = ["activities", "helping", "hours"]
