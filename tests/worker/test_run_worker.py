"""A real worker on the real broker: every compound's work is done exactly once, and what fails is listed."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from compounds.jobs import runs
from compounds.jobs.models import Run, RunState
from compounds.jobs.working import MAX_ATTEMPTS
from compounds.registry.models import Community, Compound
from tests.committing import YARD
from tests.worker.probing import KIND, gate, inside, traces
from tests.worker.running import forget_messages, kill, messages, until

DAY = "2026-11-26"
ALL = {"c_north": 1, "c_south": 1, YARD: 1}


def all_are(state: RunState) -> bool:
    return set(Run.objects.values_list("state", flat=True)) == {state}


def done() -> bool:
    return all_are(RunState.DONE) and messages() == 0


def next_tries_come() -> None:
    """Without waiting for them; then a minute's wake-up. What is being worked on is left alone."""
    Run.objects.filter(state=RunState.QUEUED).update(next_try_at=timezone.now() - timedelta(seconds=1))
    runs.offer(timezone.now() + timedelta(minutes=2))


def leases_run_out() -> None:
    """Only where nobody works any more: a lease outlives whoever holds it."""
    earlier = timezone.now() - timedelta(seconds=1)
    Run.objects.filter(state=RunState.WORKING).update(leased_until=earlier)
    runs.offer(timezone.now())


def compound_without_schema() -> Compound:
    return Compound.objects.create(
        slug="gone", schema_name="c_gone", name="没了", community=Community.objects.earliest("pk"), state="ready"
    )


def test_a_fan_out_reaches_every_compound_once(start_worker, files):
    start_worker()

    assert runs.fan_out(KIND, DAY) == 3

    until(done, "every run is done", files)
    assert traces(DAY) == ALL


def test_messages_that_were_lost_are_sent_again_by_the_next_wake_up(start_worker, files):
    runs.fan_out(KIND, DAY)
    forget_messages()
    start_worker()

    next_tries_come()

    until(done, "every run is done", files)
    assert traces(DAY) == ALL


def test_messages_that_come_many_times_do_the_work_once(start_worker, files):
    for _ in range(3):
        runs.fan_out(KIND, DAY)
        next_tries_come()
    for pk in list(Run.objects.values_list("pk", flat=True)) * 3:
        runs.work_one.delay(pk)
    start_worker()
    start_worker()

    until(done, "every run is done", files)

    assert traces(DAY) == ALL
    assert set(Run.objects.values_list("attempts", flat=True)) == {1}


def test_a_worker_killed_in_the_middle_leaves_its_run_to_the_next(start_worker, files):
    gate(YARD).touch()
    first = start_worker()
    runs.fan_out(KIND, DAY)
    until(inside(YARD).exists, "the first worker is in the middle", files)

    kill(first)
    forget_messages()
    gate(YARD).unlink()
    start_worker()
    runs.offer(timezone.now() + timedelta(minutes=2))
    until(lambda: messages() == 0, "the second worker has looked", files)
    assert Run.objects.get(schema_name=YARD).state == RunState.WORKING, "the lease holds"
    leases_run_out()

    until(done, "every run is done", files)
    assert traces(DAY) == ALL
    assert Run.objects.get(schema_name=YARD).attempts == 2


def test_the_broker_emptied_while_one_works_loses_nothing(start_worker, files):
    gate("c_north").touch()
    start_worker()
    runs.fan_out(KIND, DAY)
    until(inside("c_north").exists, "the worker is in the middle", files)

    forget_messages()
    gate("c_north").unlink()
    until(lambda: Run.objects.filter(state=RunState.DONE).exists(), "the first run is done", files)
    next_tries_come()

    until(done, "every run is done", files)
    assert traces(DAY) == ALL


def test_a_compound_without_its_schema_is_listed_and_the_others_are_served(start_worker, files):
    compound_without_schema()
    start_worker()

    assert runs.fan_out(KIND, DAY) == 4
    for tries in range(1, MAX_ATTEMPTS + 1):
        until(lambda so_far=tries: tried("c_gone") == so_far, f"try {tries} has failed", files)
        next_tries_come()

    until(lambda: Run.objects.filter(state=RunState.FAILED).exists(), "it is given up", files)
    failed = Run.objects.failed().get()
    assert failed.schema_name == "c_gone"
    assert failed.error == 'ProgrammingError: relation "organisation_unit" does not exist'
    assert traces(DAY) == ALL
    assert Run.objects.filter(state=RunState.DONE).count() == 3


def tried(schema_name: str) -> int:
    """How many tries have ended."""
    run = Run.objects.get(schema_name=schema_name)
    return run.attempts if run.state != RunState.WORKING else run.attempts - 1


def test_a_server_that_hung_up_between_two_tasks_costs_no_task(start_worker, files):
    start_worker()
    runs.ask(KIND, DAY, YARD)
    until(done, "the first run is done", files)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 1, "the worker keeps its connection"
    runs.ask(KIND, DAY, "c_north")

    until(done, "the next run is done", files)
    assert traces(DAY) == {YARD: 1, "c_north": 1}
    assert "OperationalError" not in (files / "worker0.log").read_text()


def test_a_failed_run_that_somebody_offers_again_is_done(start_worker, files):
    failed = Run.objects.create(kind=KIND, period=DAY, schema_name=YARD, state=RunState.FAILED, attempts=5, error="x")
    start_worker()

    assert runs.retry(failed.pk)

    until(done, "the run is done", files)
    failed.refresh_from_db()
    assert (failed.attempts, failed.error, traces(DAY)) == (1, "", {YARD: 1})


def test_one_run_that_is_asked_for_is_worked_at_once(start_worker, files):
    start_worker()

    run = runs.ask(KIND, DAY, YARD)

    until(done, "the run is done", files)
    run.refresh_from_db()
    assert (run.state, run.attempts, traces(DAY)) == (RunState.DONE, 1, {YARD: 1})
