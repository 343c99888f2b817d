from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worker.running import Start, begin_worker, forget_messages, kill, load_for_all


@pytest.fixture(scope="package")
def loaded(django_db_setup: None) -> None:
    """The product, imported once for all workers of this folder."""
    with pytest.MonkeyPatch.context() as environment:
        load_for_all(environment)


@pytest.fixture
def files(settings, tmp_path: Path) -> Path:
    """One folder for the test's process and the worker's; a worker keeps its files below VAR_DIR."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def start_worker(loaded: None, committing, files: Path) -> Iterator[Start]:
    """``start_worker()`` starts one; all are gone at the end, with their messages."""
    running = []

    def start():
        running.append(begin_worker(files / f"worker{len(running)}.log"))
        return running[-1]

    forget_messages()
    yield start
    for worker in running:
        kill(worker)
    forget_messages()
