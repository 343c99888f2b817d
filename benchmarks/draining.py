"""The ledger's runs, drained by two processes as workers do."""

import os
import subprocess
import sys

_WORKERS = 2
_WORK = """
import django

django.setup()

from django.utils import timezone

from compounds.jobs.working import work_next

while work_next(timezone.now()):
    pass
"""


def drain() -> None:
    """Until no run is left that can be worked on."""
    workers = [subprocess.Popen([sys.executable, "-c", _WORK], env=os.environ.copy()) for _ in range(_WORKERS)]
    for worker in workers:
        if worker.wait():
            raise RuntimeError("a worker failed")
