"""Certificates on paper: set as PDF by typst, and as an office document that a branch can still change."""
