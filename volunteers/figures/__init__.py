"""What volunteering counts for the district; ``oversight`` finds this package by its name."""

from volunteers.figures import help as helping
from volunteers.figures import hours

__all__ = ["helping", "hours"]
