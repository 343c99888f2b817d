"""Measured figures, each beside what a user would get without us. Never part of the tests; ``script/bench`` runs them.

One module per name, with ``measure(options) -> Figures`` and, where it takes some, ``arguments(parser)``. It finds
a database of its own with the public tables and nothing in them.
"""
