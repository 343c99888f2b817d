"""PostgreSQL and Valkey from PyPI wheels, started and stopped by us: a machine with a Python needs nothing else."""
