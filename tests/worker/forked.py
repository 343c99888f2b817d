"""What a worker's process has imported before it begins: each is forked of one that did so for all (3 s each time)."""

import os
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - django.setup() comes first, as in ``celery -A config``

from config import celery_app  # noqa: E402

celery_app.loader.import_default_modules()

_ARGUMENTS = ["worker", "--concurrency=1", "--without-gossip", "--without-mingle", "--loglevel=warning"]


def work(log: Path, chosen: dict[str, Any]) -> None:
    """Be a worker, with these settings, in a session of its own: it and its children can be killed together."""
    os.setsid()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for name, value in chosen.items():
        setattr(settings, name, value)
    celery_app.worker_main([*_ARGUMENTS, "--include=tests.worker.probing"])
