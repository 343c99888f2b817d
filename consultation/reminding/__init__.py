"""Of what people are told about the five steps; ``notices`` finds this module by its name."""

from consultation.reminding import matters, meetings, scoring

__all__ = ["matters", "meetings", "scoring"]
