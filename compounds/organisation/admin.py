"""Loads the district's pages. No table of a compound stands in the admin (docs/adr/0002)."""

from compounds.organisation.district import appointments, opening_pages, secretaries, sheets

__all__ = ["appointments", "opening_pages", "secretaries", "sheets"]
