"""Of what people are told about volunteering; ``notices`` finds this module by its name."""

from volunteers.reminding import helping, hours, places

__all__ = ["helping", "hours", "places"]
