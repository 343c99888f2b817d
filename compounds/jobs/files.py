"""Files that a worker makes out of a compound's rows: a row is claimed, its files made outside any transaction, kept.

A claim is a lease with its own end as its mark. Once somebody else has taken the row, or it was queued anew since what
it tells of has changed, who comes back late keeps nothing, neither state nor file: a file is put into its place under
the row's lock.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q, QuerySet

from compounds.jobs import connections, due
from compounds.kernel.models import TimeStamped

log = structlog.get_logger(__name__)

QUEUED, WORKING, READY, FAILED = "queued", "working", "ready", "failed"
# Longer than a task may take (``CELERY_TASK_TIME_LIMIT``) after it has claimed its last row.
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 5
# How many seconds one task claims rows before it lets other tasks have a turn.
SPELL = 20

type Clock = Callable[[], datetime]


class MadeRow(TimeStamped):
    """A row out of which a worker makes files; each kind of them names the four states for its readers."""

    state = models.CharField(max_length=10)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Made:
    """What was made of a row: files by their names in the storage, and the columns that tell of them."""

    files: dict[str, bytes]
    columns: dict[str, object] = field(default_factory=dict)


def make_waiting[Row: MadeRow](kind: str, rows: QuerySet[Row], make: Callable[[Row], Made], clock: Clock) -> int:
    """Make what waits among the rows of the compound one stands in, for a spell. Returns of how many files were made.

    ``make`` reads what it tells of itself, so that it is read after the claim.
    """
    _waiting(rows, clock()).filter(attempts__gte=MAX_ATTEMPTS).update(state=FAILED, error="given up", leased_until=None)
    made, ends = 0, time.monotonic() + SPELL
    while time.monotonic() < ends and (row := _claim(rows, clock())):
        made += _work(row, make)
    if _settle(kind, rows, clock()) and time.monotonic() >= ends:
        due.again(kind)
    return made


def _waiting[Row: MadeRow](rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Queued, or taken by a worker whose lease has run out."""
    return rows.filter(Q(state=QUEUED) | Q(state=WORKING, leased_until__lt=now))


@transaction.atomic
def _claim[Row: MadeRow](rows: QuerySet[Row], now: datetime) -> Row | None:
    row = _waiting(rows, now).select_for_update(skip_locked=True).order_by("created_at", "pk").first()
    if row:
        row.leased_until, row.attempts = now + LEASE, row.attempts + 1
        rows.filter(pk=row.pk).update(state=WORKING, leased_until=row.leased_until, attempts=row.attempts)
    return row


def _work[Row: MadeRow](row: Row, make: Callable[[Row], Made]) -> bool:
    try:
        return _keep(row, make(row))
    except Exception as error:  # noqa: BLE001 - whatever a file is refused for is kept on its row
        connections.let_go_of_unfit()
        _give_back(row, error)
        return False


@transaction.atomic
def _keep(row: MadeRow, made: Made) -> bool:
    mine = _mine(row)
    if mine.select_for_update().first() is None:
        log.warning("file_came_back_late", table=row._meta.label, row=str(row.pk), attempts=row.attempts)
        return False
    for name, body in made.files.items():
        default_storage.delete(name)
        default_storage.save(name, ContentFile(body))
    mine.update(state=READY, leased_until=None, error="", **made.columns)
    return True


def _give_back(row: MadeRow, error: Exception) -> None:
    """A failure is kept on the row; the lease stays, so that the next try comes after it and not at once."""
    ended = {"state": FAILED, "leased_until": None} if row.attempts >= MAX_ATTEMPTS else {}
    _mine(row).update(error=type(error).__name__, **ended)
    log.warning(
        "file_failed", table=row._meta.label, row=str(row.pk), attempts=row.attempts, error=type(error).__name__
    )


def _mine(row: MadeRow) -> QuerySet[MadeRow]:
    """The row, as long as it is still the one that was claimed."""
    rows: QuerySet[MadeRow] = type(row)._default_manager.all()  # noqa: SLF001 - as Django names it
    return rows.filter(pk=row.pk, state=WORKING, leased_until=row.leased_until)


@transaction.atomic
def _settle(kind: str, rows: QuerySet[MadeRow], now: datetime) -> bool:
    """Whether some are still queued."""
    due.look(kind)
    states = set(rows.filter(state__in=[QUEUED, WORKING]).values_list("state", flat=True))
    upcoming = now if QUEUED in states else now + LEASE
    due.settle(kind, upcoming if states else None)
    return QUEUED in states
