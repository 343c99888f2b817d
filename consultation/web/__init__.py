"""The pages of the five steps; one file a step."""

from consultation import audit_names

# Before any of them: they use its converter in their addresses.
from consultation.web import addresses

__all__ = ["addresses", "audit_names"]
