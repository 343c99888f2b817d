"""The worker's side of the ledger: a run is claimed, worked on outside any transaction, and its outcome kept.

A claim is one statement and skips what others are claiming, so workers drain side by side. It is a lease: who is killed
leaves a run that the minute's wake-up offers again when the lease is over. The task's time limit ends before the lease
does, so that a run is never worked on twice at once; and who comes back late all the same changes nothing, since the
number of the try is part of every outcome.
"""

import re
import time
from datetime import datetime, timedelta

import structlog
from celery import shared_task
from django.db.models import Case, Value, When
from django.utils import timezone

from compounds.jobs import connections, kinds
from compounds.jobs.models import Run, RunState

log = structlog.get_logger(__name__)

# Far longer than a normal run, which takes seconds.
LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 5
# After the first, second … failure; the last one is final.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 4, 16, 60)]
# How many seconds one task claims runs before it lets other tasks have a turn.
SPELL = 5
_ERROR_LENGTH = 200
STOPPED = "WorkerStopped: a worker began this run and did not come back"

_CLAIM = """
    WITH next AS (
        SELECT id FROM public.jobs_run WHERE state = 'queued' AND next_try_at <= %(now)s {only}
        ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE public.jobs_run AS run
    SET state = 'working', attempts = attempts + 1, started_at = %(now)s, leased_until = %(lease)s
    FROM next WHERE run.id = next.id RETURNING run.*
"""
_CLAIM_ANY, _CLAIM_ONE = _CLAIM.format(only=""), _CLAIM.format(only="AND id = %(pk)s")


@shared_task(soft_time_limit=LEASE.seconds - 60, time_limit=LEASE.seconds - 30)
def work_runs() -> None:
    """Claim and work runs one after another, whatever their kind; after a spell queue up again behind other tasks."""
    ends = time.monotonic() + SPELL
    while work_next(timezone.now()):
        if time.monotonic() > ends:
            work_runs.delay()
            return


@shared_task(soft_time_limit=LEASE.seconds - 60, time_limit=LEASE.seconds - 30)
def work_one(pk: int) -> None:
    """Work this run, unless somebody else did, does, or it is not its time."""
    if run := _claim(_CLAIM_ONE, timezone.now(), pk=pk):
        _work(run)


def work_next(now: datetime) -> bool:
    """Claim the run that has waited longest and work it. Whether there was one."""
    run = _claim(_CLAIM_ANY, now)
    if run is not None:
        _work(run)
    return run is not None


def take_back_stale(now: datetime) -> int:
    """Queue again, or give up, what workers began and did not finish within the lease. One query."""
    spent = When(attempts__gte=MAX_ATTEMPTS, then=Value(RunState.FAILED))
    ended = When(attempts__gte=MAX_ATTEMPTS, then=Value(now))
    return Run.objects.stale(now).update(
        state=Case(spent, default=Value(RunState.QUEUED)),
        finished_at=Case(ended, default=None),
        leased_until=None,
        next_try_at=now,
        error=STOPPED,
    )


def _claim(statement: str, now: datetime, *, pk: int | None = None) -> Run | None:
    return next(iter(Run.objects.raw(statement, {"now": now, "lease": now + LEASE, "pk": pk})), None)


def _work(run: Run) -> None:
    fields = {"kind": run.kind, "period": run.period, "schema": run.schema_name, "attempts": run.attempts}
    try:
        kinds.look_up(run.kind).work(run.schema_name, run.period)
    except Exception as error:
        # Whatever one compound's work raises, the others go on.
        log.exception("run_failed", **fields)
        # A connection that broke in the middle would take the outcome with it.
        connections.let_go_of_unfit()
        _keep_failure(run, error)
    else:
        _outcome(run, state=RunState.DONE, finished_at=timezone.now(), error="")
        log.debug("run_done", **fields)


def _keep_failure(run: Run, error: Exception) -> None:
    now = timezone.now()
    if run.attempts >= MAX_ATTEMPTS:
        _outcome(run, state=RunState.FAILED, finished_at=now, error=reason(error))
    else:
        next_try_at = now + BACK_OFF[run.attempts - 1]
        _outcome(run, state=RunState.QUEUED, next_try_at=next_try_at, error=reason(error))


def _outcome(run: Run, **values: object) -> None:
    """Only for the one who holds the lease: a later try has another number."""
    mine = Run.objects.filter(pk=run.pk, state=RunState.WORKING, attempts=run.attempts)
    if not mine.update(leased_until=None, **values):
        log.warning("run_came_back_late", kind=run.kind, schema=run.schema_name, attempts=run.attempts)


def reason(error: Exception) -> str:
    """What the ledger keeps of a failure: its type and first line, without what may be a name, a phone or an address.

    Our own messages are English; what is not ASCII came out of somebody's data, and so did long numbers and quotes.
    """
    line = next(iter(str(error).splitlines()), "")
    line = re.sub(r"[^\x20-\x7e]+|\d[\d -]{3,}\d|\S+@\S+", "…", line)
    return f"{type(error).__name__}: {line}"[:_ERROR_LENGTH] if line else type(error).__name__
