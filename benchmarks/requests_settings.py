"""The product's settings, and one more address inside compounds: a view that returns a constant."""

from config.settings import *  # noqa: F403

COMPOUND_URLCONF = "benchmarks.requests_urls"
