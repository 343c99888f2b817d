"""A real worker and the broker's messages: start, kill, lose, wait."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config import celery_app
from tests.worker.forked import work

# Only what goes wrong waits so long.
PATIENCE = 120
type Start = Callable[[], BaseProcess]

# What a test may choose; the rest a worker takes from its environment.
_CHOSEN = ("VAR_DIR", "MEDIA_ROOT", "ROBOT_ORIGINS", "WEBHOOKS_TO_PRIVATE_ADDRESSES")
_PROCESSES = multiprocessing.get_context("forkserver")


def load_for_all(environment: pytest.MonkeyPatch) -> None:
    """Start the process of which workers are forked, on the test's database and broker."""
    database = connection.settings_dict
    address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment.setenv("DATABASE_URL", f"postgres://{database['USER']}:{database['PASSWORD']}@{address}")
    environment.setenv("REDIS_URL", celery_app.conf.broker_url)
    environment.setenv("LINJULI_PROCESS", "worker")
    _PROCESSES.set_forkserver_preload([work.__module__])
    forkserver.ensure_running()


def begin_worker(log: Path) -> BaseProcess:
    """One more worker, with the kinds of work that these tests add to the product's."""
    chosen = {name: getattr(settings, name) for name in _CHOSEN}
    worker = _PROCESSES.Process(target=work, args=[log, chosen])
    worker.start()
    return worker


def kill(worker: BaseProcess) -> None:
    """At once, with no time to say goodbye to anybody."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    # It may not have come so far as to lead a group.
    worker.kill()
    worker.join(timeout=PATIENCE)
    assert not worker.is_alive()


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
