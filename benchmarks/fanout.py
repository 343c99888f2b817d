"""Work in every compound: runs drained by two worker processes, against a loop over compounds in one task.

Each compound's work is forty small queries, about what counting its figures anew costs. Also measured: the same with
one compound whose schema is missing.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from django.conf import settings
from django.db import connection

from benchmarks.fanout_kind import KIND, loop
from benchmarks.measuring import Figures, seconds, taking_turns
from compounds.jobs import runs
from compounds.jobs.models import FanOut, Run, RunState
from compounds.registry.models import Community, Compound, CompoundState, District
from config import celery_app

WORKERS = 2
_PATIENCE = 600
_periods = count(1)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> Figures:
    """Both in turn, by the same worker; then ours with a compound that fails."""
    _make_compounds(options.compounds)
    with _worker():
        _drain()  # the worker is there, and has its connections
        taken = taking_turns(options.rounds, ours=_drain, against=_loop)
        Compound.objects.create(
            slug="gone", schema_name="gone", name="缺", state=CompoundState.READY, community=Community.objects.get()
        )
        failing = statistics.median(seconds(_drain) for _ in range(options.rounds))
    failed = Run.objects.filter(schema_name="gone").exclude(state=RunState.DONE).count()
    print(f"  with one failing compound: {failing:.4f} s; it failed {failed} times, the others never")
    assert failed == options.rounds
    return Figures(
        "fanout",
        ours=taken["ours"],
        against=taken["against"],
        unit="s",
        more={
            "compounds": options.compounds,
            "workers": WORKERS,
            "ours_with_one_failing_s": failing,
            "ours_ms_per_compound": taken["ours"] / options.compounds * 1000,
        },
    )


def _drain() -> None:
    """Fan out, and wait until every run was tried."""
    period = f"{next(_periods)}"
    runs.fan_out(KIND, period)
    untried = Run.objects.filter(kind=KIND, period=period, finished_at=None, error="")
    _wait_until(lambda: not untried.exists())


def _loop() -> None:
    period = f"{next(_periods)}"
    loop.delay(period)
    _wait_until(FanOut.objects.filter(kind="bench-loop", period=period).exists)


def _wait_until(state: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not state():
        assert time.monotonic() < deadline, "the worker does not come to an end"
        time.sleep(0.1)


@contextmanager
def _worker() -> Iterator[None]:
    celery_app.control.purge()
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", f"--concurrency={WORKERS}", "--without-gossip"]
    worker = subprocess.Popen(
        [*command, "--without-mingle", "--loglevel=critical", "--include=benchmarks.fanout_kind"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def _make_compounds(number: int) -> None:
    """Compounds with the one table that the work reads: what counts here is how they are gone through."""
    community = Community.objects.create(district=District.objects.create(name="合成区"), name="合成社区")
    Compound.objects.bulk_create(
        Compound(slug=name, schema_name=name, name=name, community=community, state=CompoundState.READY)
        for name in (f"c{n:04d}" for n in range(number))
    )
    with connection.cursor() as cursor:
        for n in range(number):
            cursor.execute(
                f"CREATE SCHEMA c{n:04d} "
                f"CREATE TABLE organisation_unit (id bigint PRIMARY KEY, level smallint NOT NULL, name text NOT NULL);"
                f"INSERT INTO c{n:04d}.organisation_unit SELECT g, g % 4 + 1, g FROM generate_series(1, 60) g"
            )
