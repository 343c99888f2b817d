"""How long a statement of a migration waits for its lock, while everybody who comes after it waits behind it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection
from psycopg import errors

from compounds.registry.schemas.notes import CONCURRENTLY

LOCK_TIMEOUT = "3s"
TRIES = 20
PAUSE_SECONDS = 1.0


@contextmanager
def short_waits() -> Iterator[None]:
    """Outside a transaction: no statement holds up the pages of its table for longer than LOCK_TIMEOUT.

    One that cannot have its lock is tried again, by itself, after a pause in which those behind it go on: a migration
    that commits in pieces cannot be begun anew. What runs CONCURRENTLY holds nobody up and waits as long as it takes.
    """
    with connection.execute_wrapper(_Patience()):
        try:
            yield
        finally:
            if connection.is_usable():
                _set("DEFAULT")


class _Patience:
    """Used as an ``execute_wrapper``."""

    def __init__(self) -> None:
        self._waits = ""

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if connection.in_atomic_block:
            return execute(sql, params, many, context)
        self._wait("0" if CONCURRENTLY.match(str(sql)) else LOCK_TIMEOUT)
        for _again in range(TRIES - 1):
            try:
                return execute(sql, params, many, context)
            except OperationalError as error:
                if not isinstance(error.__cause__, errors.LockNotAvailable):
                    raise
            time.sleep(PAUSE_SECONDS)
        return execute(sql, params, many, context)

    def _wait(self, waits: str) -> None:
        if waits != self._waits:
            _set(waits)
            self._waits = waits


def _set(waits: str) -> None:
    # Not through Django, which would ask the wrapper.
    connection.connection.execute(f"SET lock_timeout = {waits if waits in ('0', 'DEFAULT') else repr(waits)}")
