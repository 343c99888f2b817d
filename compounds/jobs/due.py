"""Keeping and reading the due rows. Redis carries wake-ups; PostgreSQL remembers what is due."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import connection
from django.utils import timezone

from compounds.jobs import putting_off
from compounds.jobs.models import Call, Due
from compounds.registry.context import current_schema

log = structlog.get_logger(__name__)

type Enqueue = Callable[[str], object]
_kinds: dict[str, Enqueue] = {}


def register(kind: str, enqueue: Enqueue) -> None:
    """Name the task that is woken for work of ``kind``: ``enqueue(schema_name)`` must be idempotent."""
    _kinds[kind] = enqueue


def not_later_than(kind: str, moment: datetime) -> None:
    """From inside a compound and its transaction: have ``kind`` woken here at ``moment`` or before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.jobs_due (kind, schema_name, due_at) VALUES (%s, %s, %s) "
            "ON CONFLICT (kind, schema_name) DO UPDATE SET due_at = LEAST(jobs_due.due_at, EXCLUDED.due_at)",
            [kind, current_schema(), moment],
        )


def everything_not_later_than(moment: datetime) -> None:
    """From inside a compound whose rows came from elsewhere: have every kind woken here."""
    for kind in _kinds:
        not_later_than(kind, moment)


def call(kind: str) -> None:
    """From inside a compound and its transaction: have ``kind`` woken here by the next minute. Waits for nobody.

    For clocks that are set in the middle of larger work: ``not_later_than`` holds one row until that is committed.
    """
    Call.objects.create(kind=kind, schema_name=current_schema())


def answer(kind: str) -> None:
    """From inside a compound, in the transaction of a look and before it: what was called so far is answered by it."""
    Call.objects.filter(kind=kind, schema_name=current_schema()).delete()


def settle(kind: str, upcoming: datetime | None) -> None:
    """From inside a compound: the work of ``kind`` is done until ``upcoming``, or for good when that is None.

    Call it in the transaction that looked, after locking the row with ``look``.
    """
    mine = Due.objects.filter(kind=kind, schema_name=current_schema())
    if upcoming is None:
        mine.delete()
    else:
        mine.update(due_at=upcoming)


def look(kind: str) -> None:
    """Lock this compound's due row, so that a clock set while one looks is not lost by ``settle``.

    Where there is none it is written: otherwise a clock, and the work it is for, could be committed between the look
    and the settling.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.jobs_due (kind, schema_name, due_at) VALUES (%s, %s, %s) "
            "ON CONFLICT (kind, schema_name) DO UPDATE SET due_at = jobs_due.due_at",
            [kind, current_schema(), timezone.now()],
        )


def again(kind: str) -> None:
    """From inside a compound: enqueue the work of ``kind`` here, behind other tasks. Lost, the due row remembers it."""
    _kinds[kind](current_schema())


def waiting(now: datetime) -> list[tuple[str, str]]:
    """Each kind and compound that is due or was called. One query."""
    called = Call.objects.in_ready_compounds().values_list("kind", "schema_name")
    return list(Due.objects.by(now).in_ready_compounds().values_list("kind", "schema_name").union(called))


def wake(now: datetime) -> int:
    """Enqueue the task of every compound and kind that is due and not put off. Returns how many; costs one query."""
    due = putting_off.without(waiting(now), now)
    for kind, schema_name in due:
        if kind in _kinds:
            _kinds[kind](schema_name)
        else:
            log.error("due_kind_unknown", kind=kind, schema=schema_name)
    return len(due)
