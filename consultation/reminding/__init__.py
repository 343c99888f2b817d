"""Of what people are told about the five steps; ``notices`` finds this module by its name."""

from consultation.reminding import care, matters, meetings, scoring

__all__ = ["care", "matters", "meetings", "scoring"]
