"""Of what people are told about volunteering; notices find this module by its name."""

from volunteers.reminding import activities, months

__all__ = ["activities", "months"]
