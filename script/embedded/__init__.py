"""PostgreSQL and Valkey from PyPI wheels, started and stopped by us, so that a machine with a Python needs nothing else."""
