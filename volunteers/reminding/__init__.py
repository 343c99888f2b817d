"""Of what people are told about volunteering; ``notices`` finds this module by its name."""

from volunteers.reminding import honours

__all__ = ["honours"]
