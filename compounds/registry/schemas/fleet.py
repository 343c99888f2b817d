"""Bringing all compounds forward, several at a time.

In threads: a replay is the database's work, for which a thread waits without holding the interpreter, and threads share
what is known of the steps. Python steps take turns; they are rare.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass, field

import structlog
from django.conf import settings
from django.db import OperationalError, connections
from psycopg import errors

from compounds.registry.models import Compound
from compounds.registry.schemas import fingerprints
from compounds.registry.schemas.forward import Forward
from compounds.registry.schemas.progress import Progress

TRIES = 5
PAUSE_SECONDS = 1.0
_WORTH_ANOTHER_TRY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)

log = structlog.get_logger(__name__)


@dataclass
class Waiting:
    """A compound in the line, and when its turn may come at the earliest."""

    schema_name: str
    tries: int = 0
    not_before: float = 0.0


@dataclass
class Fleet:
    """The line of compounds that are behind, and those that could not be brought forward, with the reason."""

    progress: Progress
    workers: int = field(default_factory=lambda: settings.MIGRATION_WORKERS)
    failures: dict[str, str] = field(default_factory=dict)
    _line: deque[Waiting] = field(default_factory=deque)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def bring_all(self) -> None:
        """All that are behind. With none behind it is one query. Failures are kept, and the others go on."""
        forward = Forward()
        while behind := [name for name in _behind() if name not in self.failures]:
            self.progress.expect(len(behind))
            self._line.extend(Waiting(name) for name in behind)
            self._work_off(forward, min(self.workers, len(behind)))
        self.progress.close()

    def _work_off(self, forward: Forward, count: int) -> None:
        threads = [threading.Thread(target=self._work, args=[forward]) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                thread.join()
        except BaseException:
            self._stopped.set()
            for thread in threads:
                thread.join()
            raise

    def _work(self, forward: Forward) -> None:
        try:
            while not self._stopped.is_set():
                try:
                    one = self._line.popleft()
                except IndexError:
                    return
                time.sleep(max(0.0, one.not_before - time.monotonic()))
                self._bring(forward, one)
        finally:
            connections.close_all()

    def _bring(self, forward: Forward, one: Waiting) -> None:
        try:
            forward.bring(one.schema_name)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other compounds go on
            one.tries += 1
            if _is_passing(error) and one.tries < TRIES:
                log.info("migration_waits", schema=one.schema_name, tries=one.tries)
                one.not_before = time.monotonic() + PAUSE_SECONDS
                self._line.append(one)
                return
            self._give_up(one.schema_name, reason(error))
            return
        self.progress.one_done()

    def _give_up(self, schema_name: str, why: str) -> None:
        self.failures[schema_name] = why
        Compound.objects.filter(schema_name=schema_name).update(migration_error=why)
        log.error("migration_failed", schema=schema_name, why=why)
        self.progress.one_failed()


def reason(error: Exception) -> str:
    """Why, in one line. The database's details are left out: they quote rows."""
    first = (str(error).splitlines() or [""])[0]
    doing = [note for note in getattr(error, "__notes__", []) if note]
    return ": ".join([*doing, f"{type(error).__name__} {first}".strip()])


def _is_passing(error: Exception) -> bool:
    return isinstance(error, OperationalError) and isinstance(error.__cause__, _WORTH_ANOTHER_TRY)


def _behind() -> list[str]:
    behind = Compound.objects.behind(fingerprints.wanted()).order_by("schema_name")
    return list(behind.values_list("schema_name", flat=True))
