"""A real worker and the broker's messages: start, kill, lose, wait."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config import celery_app

# Only what goes wrong waits so long.
PATIENCE = 120
type Start = Callable[[], subprocess.Popen]

_COMMAND = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency=1", "--without-gossip"]


def begin_worker(log: Path, files: Path) -> subprocess.Popen:
    """One process on the test's database and broker, with the kinds of work that these tests add to the product's."""
    database = connection.settings_dict
    address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{address}",
        "REDIS_URL": celery_app.conf.broker_url,
        "VAR_DIR": str(files),
        "LINJULI_PROCESS": "worker",
    }
    with log.open("w") as output:
        # A session of its own, so that the worker and its children can be killed together.
        return subprocess.Popen(
            [*_COMMAND, "--without-mingle", "--loglevel=warning", "--include=tests.worker.probing"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def kill(worker: subprocess.Popen) -> None:
    """At once, with no time to say goodbye to anybody."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(timeout=PATIENCE)


def forget_messages() -> None:
    """What the broker holds is lost."""
    with celery_app.connection_for_write() as broker:
        broker.default_channel.client.flushdb()


def messages() -> int:
    with celery_app.connection_for_write() as broker:
        return broker.default_channel.client.llen(celery_app.conf.task_default_queue)


def until(state: Callable[[], bool], what: str, files: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not state():
        if time.monotonic() > deadline:
            logs = "\n".join(log.read_text()[-2000:] for log in sorted(files.glob("worker*.log")))
            pytest.fail(f"waited in vain until {what}\n{logs}")
        time.sleep(0.05)
