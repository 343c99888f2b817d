"""A release that has not happened: ``organisation`` with one more column."""

COLUMN = "bench_sign"
MIGRATION = "9001_bench_sign"
MIGRATION_MODULES = {"organisation": "benchmarks.release.migrations"}
