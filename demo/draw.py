"""Chance that comes out the same each time: every purpose draws from a stream of its own."""

from random import Random


def stream(slug: str, purpose: str) -> Random:
    """The draws of one compound for one purpose, so that a change in one purpose leaves the others as they were."""
    return Random(f"linjuli demo, {slug}, {purpose}")  # noqa: S311 - repeatable is what is wanted, not secret
