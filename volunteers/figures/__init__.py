"""What is counted of volunteers; ``oversight`` finds this module by its name."""

from volunteers.figures import help as helping

__all__ = ["helping"]
