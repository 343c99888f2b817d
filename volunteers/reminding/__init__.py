"""Of what people are told about volunteering; ``notices`` finds this package by its name, one module a subject."""

from volunteers.reminding import activities, helping, honours, hours, months, places

__all__ = ["activities", "helping", "honours", "hours", "months", "places"]
