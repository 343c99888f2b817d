"""Of what volunteers and those who lead them are told; ``notices`` finds this module by its name."""

from volunteers.reminding import helping

__all__ = ["helping"]
