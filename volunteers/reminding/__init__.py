"""Of what people are told about volunteering; ``notices`` finds this package by its name, one module a subject."""

from volunteers.reminding import activities, hours, months, places

__all__ = ["activities", "hours", "months", "places"]
