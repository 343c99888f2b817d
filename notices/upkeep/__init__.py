"""Keeping right where this compound puts things up: the rules, and their pages among the settings."""
