"""The pages of the five steps; one file a step."""

# Before any of them: they use its converter in their addresses.
from consultation.web import addresses

__all__ = ["addresses"]
