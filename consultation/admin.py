"""Loads the district's pages about matters. No table of a compound stands in the admin (docs/adr/0002)."""

from consultation.district import actions, demands

__all__ = ["actions", "demands"]
