"""Between tasks a worker keeps its connection to the database (``CELERY_DB_REUSE_MAX``), and nobody looks at it: Celery
only counts, and Django looks around requests. What a restarted server, or a time limit in the middle of a statement,
has left of one would fail every task that follows.

So it is looked at before and after each task, without asking the server anything.
"""

import contextlib
import select

import psycopg
from celery import signals
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import ConnStatus, TransactionStatus

# In seconds, for telling the server that nobody waits for its answer any more.
_CANCELLING = 2


def let_go_of_unfit(**_signal: object) -> None:
    """Close each connection that cannot take the next statement; whoever needs one is given a new one by Django.

    Inside a transaction nothing is closed: it ends first, and tells its caller itself what went wrong.
    """
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.in_atomic_block and not _is_fit(connection):
            _stop(connection.connection)
            connection.close()


def watch_tasks() -> None:
    signals.task_prerun.connect(let_go_of_unfit)
    signals.task_postrun.connect(let_go_of_unfit)


def _is_fit(connection: BaseDatabaseWrapper) -> bool:
    wire = connection.connection.pgconn
    if connection.errors_occurred or not connection.autocommit or wire.status != ConnStatus.OK:
        return False
    return wire.transaction_status == TransactionStatus.IDLE and not _has_been_told(wire.socket)


def _has_been_told(socket: int) -> bool:
    """Whether the server said something that nobody asked for: nearly always that it has hung up."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))


def _stop(connection: psycopg.Connection) -> None:
    """A statement that was left in the middle would run on, with its locks."""
    if connection.info.transaction_status == TransactionStatus.ACTIVE:
        with contextlib.suppress(psycopg.Error):
            connection.cancel_safe(timeout=_CANCELLING)
