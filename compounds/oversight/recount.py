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
from compounds.oversight import alarms, periods, register
from compounds.oversight.figures import FIGURES, SOURCES, Over, Value, stored
from compounds.oversight.models import CompoundFigures, Outbox, Recount
from compounds.registry.context import compound_context
from compounds.registry.models import Compound

log = structlog.get_logger(__name__)

# Of our advisory locks: those of a compound's recount.
_LOCKS = 7301
# For so many days after a quarter its figures still move: a matter may come back within 30 days of its closing, and the
# hours of what was written down on the last evening end later.
_SETTLES = timedelta(days=35)
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

    Yesterday's row is counted once more before, for what was changed after its last count; and for some weeks last
    quarter's, for what became of its matters since. A night that is made up for on a later day counts only that day:
    nobody knows any more how things stood.
    """
    if today != timezone.localdate():
        recount(schema_name)
        return
    with compound_context(schema_name) as compound:
        yesterday = today - timedelta(days=1)
        with transaction.atomic():
            _lock(compound)
            row = CompoundFigures.objects.filter(compound=compound, day=yesterday).first()
            if row and timezone.localdate(row.computed_at) == yesterday:
                _recount(compound, yesterday)
            _recount(compound, today)
        _settle_last_quarter(compound, today)


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


def _settle_last_quarter(compound: Compound, today: date) -> None:
    """Put what tells of last quarter into its last row as it is known now; what stood at that moment stays."""
    last = periods.last_day_of_previous_quarter(today)
    if today - last > _SETTLES:
        return
    with transaction.atomic():
        _lock(compound)
        rows = CompoundFigures.objects.filter(compound=compound, day__range=(periods.quarter_start(last), last))
        if not (row := rows.order_by("-day").first()):
            return
        values, errors = _count(last, over=Over.QUARTER)
        still = {key: value for key, value in row.figures.items() if FIGURES[key].over != Over.QUARTER}
        errors |= {key: why for key, why in row.errors.items() if key in FIGURES and FIGURES[key].over != Over.QUARTER}
        rows.filter(pk=row.pk).update(**_columns(still | values, errors, row.computed_at))


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


def _count(on: date, *, over: Over | None = None) -> tuple[dict[str, Value], dict[str, str]]:
    """Every figure, and for those whose function raised what went wrong; one that raises leaves the others alone.

    ``over``: only those that tell of such a time.
    """
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for source in SOURCES:
        asked = {figure.key for figure in source.figures if over in {None, figure.over}}
        if not asked:
            continue
        try:
            with transaction.atomic():
                values |= {key: value for key, value in source.count(on).items() if key in asked}
        except (InterfaceError, OperationalError):
            raise  # the server is not there: nothing can be counted, and the recount is tried again
        except Exception as error:  # whatever a figure's function does wrong is shown at that figure
            log.exception("figure_failed", figures=[figure.key for figure in source.figures])
            # As the ledger of runs keeps it: without what may be a name, a phone or an address.
            errors |= dict.fromkeys(sorted(asked), working.reason(error))
    return values, errors
