"""Asking for work in compounds: one row per kind, period and compound, so that asking again changes nothing.

    runs.register("figures", count_anew, title=_("Figures"))     # in the app's ``tasks`` module
    runs.fan_out("figures", "2026-11-26")                        # in all compounds that are ready
    runs.ask("figures", "2026-11-26 14:05", "c_xijun")           # in this one

The rows are the memory; the messages that wake the workers may be lost, late or doubled (docs/adr/0007).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from compounds.jobs import kinds
from compounds.jobs.kinds import register
from compounds.jobs.models import FanOut, Run, RunState
from compounds.jobs.working import take_back_stale, work_one, work_runs

__all__ = ["ask", "ask_each", "fan_out", "offer", "prune", "register", "retry", "retry_failed"]

# While some worker claims runs this often, all are looked after, and more messages would only lie in the queue.
_LIVELY = timedelta(minutes=1)


@transaction.atomic
def fan_out(kind: str, period: str) -> int:
    """Give every compound in the kind's state a run, one statement for all, and wake the workers after commit.

    Returns how many runs are new; a second call finds them there. Raises KindUnknown.
    """
    state = kinds.look_up(kind).state
    now = timezone.now()
    with connection.cursor() as cursor:
        # In order, so that two at once wait for each other instead of both dying in a deadlock.
        cursor.execute(
            "INSERT INTO public.jobs_run (kind, period, schema_name, next_try_at, created_at) "
            "SELECT %s, %s, schema_name, %s, %s FROM public.registry_compound WHERE state = %s ORDER BY schema_name "
            "ON CONFLICT (kind, period, schema_name) DO NOTHING",
            [kind, period, now, now, state],
        )
        new = cursor.rowcount
    FanOut.objects.bulk_create([FanOut(kind=kind, period=period, made_at=now)], ignore_conflicts=True)
    if new:
        transaction.on_commit(_wake_workers, robust=True)
    return new


def ask(kind: str, period: str, schema_name: str) -> Run:
    """Have one compound worked on, from the caller's transaction. Asked again, the run of before is returned, as it is.

    Raises KindUnknown.
    """
    kinds.look_up(kind)
    now = timezone.now()
    run, new = Run.objects.get_or_create(
        kind=kind, period=period, schema_name=schema_name, defaults={"next_try_at": now, "created_at": now}
    )
    if new:
        _wake_for(run.pk)
    return run


def ask_each(kind: str, period: str, schema_names: Iterable[str]) -> None:
    """Like ``ask`` for some compounds, however many: one statement, and the workers are woken once."""
    kinds.look_up(kind)
    now = timezone.now()
    rows = [Run(kind=kind, period=period, schema_name=name, next_try_at=now, created_at=now) for name in schema_names]
    Run.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(_wake_workers, robust=True)


def retry(pk: int) -> bool:
    """Offer a failed run again, with all its tries. False when it is not, or no longer, failed."""
    again = _offer_again(pk=pk)
    if again:
        _wake_for(pk)
    return bool(again)


def retry_failed(pks: list[int]) -> int:
    """Offer those of the runs that have failed again. Returns how many they are."""
    again = _offer_again(pk__in=pks)
    if again:
        transaction.on_commit(_wake_workers, robust=True)
    return again


def offer(now: datetime) -> None:
    """The minute's look: what was left lying is offered again, and workers are woken if runs wait unattended.

    At most three queries, whatever the number of runs and compounds.
    """
    take_back_stale(now)
    claiming = Run.objects.filter(state=RunState.WORKING, started_at__gt=now - _LIVELY)
    if Run.objects.waiting(now).exists() and not claiming.exists():
        _wake_workers()


def prune(now: datetime) -> int:
    """Forget what was done, or fanned out, more than ``RUNS_KEPT_DAYS`` ago. Failed runs stay until somebody looks."""
    before = now - timedelta(days=settings.RUNS_KEPT_DAYS)
    FanOut.objects.filter(made_at__lt=before).delete()
    return Run.objects.filter(state=RunState.DONE, finished_at__lt=before).delete()[0]


def _offer_again(**which: object) -> int:
    return (
        Run.objects.failed()
        .filter(**which)
        .update(state=RunState.QUEUED, attempts=0, next_try_at=timezone.now(), finished_at=None)
    )


def _wake_for(pk: int) -> None:
    transaction.on_commit(partial(work_one.delay, pk), robust=True)


def _wake_workers() -> None:
    for _ in range(settings.RUNS_SIDE_BY_SIDE):
        work_runs.delay()
