"""Counting one compound again: the only writer of its figures and of its part of the register.

The compound's lock first, then the outbox rows that are seen are deleted, then everything is counted afresh, all in one
READ COMMITTED transaction. What commits after the rows were deleted has left rows of its own, so that it is counted
next; whoever comes second counts later than whoever came first, so that older never overwrites newer (design 6).
"""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from compounds.jobs import working
from compounds.oversight import alarms, register
from compounds.oversight.figures import FIGURES, SOURCES, Over, Value, stored
from compounds.oversight.models import CompoundFigures, Outbox, Recount
from compounds.registry.context import compound_context
from compounds.registry.models import Compound

log = structlog.get_logger(__name__)

# Of our advisory locks: those of a compound's recount.
_LOCKS = 7301
# The largest number of its column: twenty-four days.
_LONGEST_LAG_MS = 2**31 - 1


def recount(schema_name: str) -> CompoundFigures:
    """Count the compound as it is now. Raises CompoundNotThere unless it is ready."""
    with compound_context(schema_name) as compound, transaction.atomic():
        _lock(compound)
        return _recount(compound, timezone.localdate())


def recount_if_changed(schema_name: str) -> CompoundFigures | None:
    """Count the compound if it has said something since; None if not, or if somebody is counting it right now.

    What the other one does not see any more stays in the outbox and is found there next time.
    """
    with compound_context(schema_name) as compound, transaction.atomic():
        if not _lock_unless_taken(compound) or not Outbox.objects.filter(schema_name=schema_name).exists():
            return None
        return _recount(compound, timezone.localdate())


def recount_of_night(schema_name: str, today: date) -> None:
    """Shortly after midnight: what moves with time, such as what is overdue, for the new day.

    Yesterday's row is counted once more before, for what was changed after its last count.
    """
    with compound_context(schema_name) as compound:
        yesterday = today - timedelta(days=1)
        with transaction.atomic():
            _lock(compound)
            row = CompoundFigures.objects.filter(compound=compound, day=yesterday).first()
            if row and timezone.localdate(row.computed_at) == yesterday:
                _recount(compound, yesterday)
            _recount(compound, today)


def count_past(schema_name: str, days: Iterable[date]) -> None:
    """Write rows for days that are over, as far as the compound's dates still tell; a row that is there stays.

    What tells of a month or a quarter is counted by its dates. What stands at a moment (open, overdue, in touch) is
    left out: nobody wrote down how it stood then, and today's says nothing of it.
    """
    with compound_context(schema_name) as compound, transaction.atomic():
        _lock(compound)
        there = set(CompoundFigures.objects.filter(compound=compound).values_list("day", flat=True))
        rows = []
        for day in days:
            if day not in there:
                values, _errors = _count(day)
                told = {key: value for key, value in values.items() if FIGURES[key].over != Over.NOW}
                rows.append(CompoundFigures(compound=compound, day=day, **_columns(told, {}, timezone.now())))
        CompoundFigures.objects.bulk_create(rows)


def _recount(compound: Compound, on: date) -> CompoundFigures:
    began = time.monotonic()
    oldest = _take_outbox(compound.schema_name)
    values, errors = _count(on)
    now = timezone.now()
    row, _created = CompoundFigures.objects.update_or_create(
        compound=compound, day=on, defaults=_columns(values, errors, now)
    )
    register.keep_in_step(compound)
    lag = max(timedelta(0), now - oldest) if oldest else None
    took = time.monotonic() - began
    # What was said before an archived compound came back may be older than the column can tell.
    lag_ms = min(round(lag.total_seconds() * 1000), _LONGEST_LAG_MS) if lag is not None else None
    Recount.objects.create(compound=compound, at=now, took_ms=round(took * 1000), lag_ms=lag_ms)
    log.info("compound_recounted", took_ms=round(took * 1000), errors=sorted(errors))
    return row


def _columns(values: dict[str, Value], errors: dict[str, str], now: datetime) -> dict[str, Any]:
    verdict = alarms.judge(values)
    return {
        "values": stored(values),
        "errors": errors,
        "state": verdict.state,
        "alarms": verdict.alarms,
        "rank": verdict.rank,
        "computed_at": now,
    }


def _lock(compound: Compound) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, compound.pk])


def _lock_unless_taken(compound: Compound) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCKS, compound.pk])
        return bool(cursor.fetchone()[0])


def _take_outbox(schema_name: str) -> datetime | None:
    """Delete what has been said of the compound so far. Returns when the oldest of it was said."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH seen AS (DELETE FROM public.oversight_outbox WHERE schema_name = %s RETURNING created_at) "
            "SELECT min(created_at) FROM seen",
            [schema_name],
        )
        oldest: datetime | None = cursor.fetchone()[0]
    return oldest


def _count(on: date) -> tuple[dict[str, Value], dict[str, str]]:
    """Every figure, and for those whose function raised what went wrong; one that raises leaves the others alone."""
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for source in SOURCES:
        try:
            with transaction.atomic():
                values |= source.count(on)
        except (InterfaceError, OperationalError):
            raise  # the server is not there: nothing can be counted, and the recount is tried again
        except Exception as error:  # whatever a figure's function does wrong is shown at that figure
            log.exception("figure_failed", figures=[figure.key for figure in source.figures])
            # As the ledger of runs keeps it: without what may be a name, a phone or an address.
            errors |= dict.fromkeys((figure.key for figure in source.figures), working.reason(error))
    return values, errors
