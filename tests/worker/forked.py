"""What a worker's process has imported before it begins: each is forked of one that did so for all (3 s each time)."""

import os
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings

from config import celery_app

# The tests' own process reads this file too, and is ready.
if not apps.ready:
    django.setup()
celery_app.loader.import_default_modules()

_ARGUMENTS = ["worker", "--concurrency=1", "--without-gossip", "--without-mingle", "--loglevel=warning"]


def work(log: Path, chosen: dict[str, Any]) -> None:
    """Be a worker, with these settings, in a session of its own: it and its children can be killed together."""
    os.setsid()
    assert settings.DATABASES["default"]["NAME"].startswith("test_"), "a worker of the tests works on their database"
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for name, value in chosen.items():
        setattr(settings, name, value)
    celery_app.worker_main([*_ARGUMENTS, "--include=tests.worker.probing"])
