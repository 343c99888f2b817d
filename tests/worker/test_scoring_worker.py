"""A quarter's scoring by a real worker that is killed in the middle of each night: every step happens once."""

import threading
from datetime import date, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from django.db import connection, connections, models, transaction
from django.utils import timezone

from compounds.jobs import runs
from compounds.jobs.models import Run, RunState
from compounds.registry.context import compound_context
from consultation.models import Award, RoundState, Scorer, ScoringRound, ScoringSubject
from consultation.services import scoring
from consultation.tasks import SCORING
from notices.models import Posting, PostingKind
from tests.committing import YARD
from tests.consultation.scoring import CLOSES, OPENS, lines, met
from tests.factories import PersonFactory
from tests.worker.running import Start, forget_messages, kill, until

AWARDED = CLOSES + timedelta(days=20)


def a_compound_that_has_met() -> None:
    with compound_context(YARD):
        met(*[PersonFactory(name=f"议事员{n}") for n in range(3)])
        for n in range(6):
            PersonFactory(name=f"打分人{n}", posts=["residents_rep"])


def everybody_scores() -> None:
    with compound_context(YARD):
        for scorer in ScoringRound.objects.get().scorers.select_related("round"):
            scoring.submit(scorer, lines(scorer, 4), today=OPENS)


def state() -> tuple[list[str], int, int, int]:
    """The round's state, and how many results, postings and awards there are."""
    with compound_context(YARD):
        states = list(ScoringRound.objects.values_list("state", flat=True))
        postings = Posting.objects.filter(kind=PostingKind.SCORING).count()
        return states, ScoringSubject.objects.counted().count(), postings, Award.objects.count()


# By night, the table that the work wants to write to when the worker is killed, and what stands there by then.
MIDDLE = {
    OPENS: (Scorer, ([], 0, 0, 0)),
    # It is frozen by then, and not posted yet.
    CLOSES: (Posting, ([RoundState.FROZEN], 5, 0, 0)),
    AWARDED: (Award, ([RoundState.POSTED], 5, 1, 0)),
}


def test_every_night_of_a_round_survives_a_worker_killed_in_the_middle(start_worker: Start, files):
    a_compound_that_has_met()

    worker = night(OPENS, start_worker(), start_worker, files)
    assert state() == ([RoundState.OPEN], 0, 0, 0)

    everybody_scores()
    worker = night(CLOSES, worker, start_worker, files)
    assert state() == ([RoundState.POSTED], 5, 1, 0)

    night(AWARDED, worker, start_worker, files)
    assert state() == ([RoundState.AWARDED], 5, 1, 3)


def night(day: date, first: BaseProcess, start_worker: Start, files: Path) -> BaseProcess:
    """A worker is killed in the middle of the night's run; the next one ends it, and once more changes nothing.

    Returns the one that goes on.
    """
    table, in_the_middle = MIDDLE[day]
    held, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=_hold, args=[table, held, let_go])
    holder.start()
    held.wait(timeout=30)
    run = runs.ask(SCORING, day.isoformat(), YARD)
    until(lambda: _somebody_waits_for(table), "the first worker is in the middle", files)

    kill(first)
    let_go.set()
    holder.join(timeout=30)
    forget_messages()
    assert state() == in_the_middle
    Run.objects.filter(pk=run.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    second = start_worker()
    runs.offer(timezone.now())
    until(lambda: Run.objects.get(pk=run.pk).state == RunState.DONE, "the second worker has done it", files)
    after = state()
    Run.objects.filter(pk=run.pk).update(state=RunState.QUEUED, finished_at=None, next_try_at=timezone.now())
    runs.work_one.delay(run.pk)
    until(lambda: Run.objects.get(pk=run.pk).state == RunState.DONE, "it is done again", files)
    assert state() == after
    return second


def _hold(table: type[models.Model], held: threading.Event, let_go: threading.Event) -> None:
    """Let everybody read and nobody write there."""
    try:
        with compound_context(YARD), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {table._meta.db_table} IN SHARE MODE")
            held.set()
            let_go.wait(timeout=60)
    finally:
        connections.close_all()


def _somebody_waits_for(table: type[models.Model]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s",
            [f'INSERT INTO "{table._meta.db_table}"%'],
        )
        waiting: int = cursor.fetchone()[0]
    return waiting > 0
