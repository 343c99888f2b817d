"""The worker's side: each run is claimed by one, tried again after a while, given up at last; the others go on."""

import os
import signal
import socket
from datetime import timedelta

import psycopg
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone

from compounds.jobs import connections, runs, working
from compounds.jobs.models import Run, RunState
from compounds.kernel.errors import NotAllowed
from config import celery_app
from tests.committing import YARD, at_once
from tests.jobs.conftest import KIND

MINUTE = timedelta(minutes=1)
DAY = "2026-11-26"


def work_all() -> int:
    worked = 0
    while working.work_next(timezone.now()):
        worked += 1
    return worked


def its_time_has_come() -> None:
    Run.objects.filter(state=RunState.QUEUED).update(next_try_at=timezone.now() - MINUTE)


@pytest.mark.django_db
class TestWorking:
    def test_each_run_is_worked_with_its_compound_and_period(self, probe):
        runs.fan_out(KIND, DAY)

        assert work_all() == 3

        assert probe.worked == [("c_north", DAY), ("c_south", DAY), (YARD, DAY)]
        assert set(Run.objects.values_list("state", "attempts", "leased_until")) == {(RunState.DONE, 1, None)}
        assert all(run.started_at <= run.finished_at for run in Run.objects.all())

    def test_one_failing_compound_does_not_stop_the_others(self, probe):
        probe.fails["c_north"] = ValueError("no units")
        runs.fan_out(KIND, DAY)

        work_all()

        assert probe.worked == [("c_south", DAY), (YARD, DAY)]
        failed = Run.objects.get(schema_name="c_north")
        assert (failed.state, failed.error, failed.leased_until) == (RunState.QUEUED, "ValueError: no units", None)

    def test_tries_come_later_and_later_and_then_no_more(self, probe):
        probe.fails[YARD] = ValueError()
        run = runs.ask(KIND, DAY, YARD)

        waits = []
        for _try in range(working.MAX_ATTEMPTS):
            its_time_has_come()
            assert work_all() == 1
            run.refresh_from_db()
            waits.append(round((run.next_try_at - run.started_at) / MINUTE))

        assert waits[:-1] == [1, 4, 16, 60]
        assert (run.state, run.attempts, run.error) == (RunState.FAILED, 5, "ValueError")
        assert run.finished_at is not None
        its_time_has_come()
        assert work_all() == 0

    def test_a_success_forgets_the_error_of_before(self, probe):
        probe.fails[YARD] = ValueError("for now")
        run = runs.ask(KIND, DAY, YARD)
        work_all()
        probe.fails.clear()
        its_time_has_come()

        work_all()

        run.refresh_from_db()
        assert (run.state, run.attempts, run.error) == (RunState.DONE, 2, "")

    def test_a_kind_of_an_older_release_fails_and_the_others_go_on(self, probe):
        Run.objects.create(kind="of-old", period=DAY, schema_name=YARD)
        runs.ask(KIND, DAY, YARD)

        work_all()

        assert probe.worked == [(YARD, DAY)]
        assert Run.objects.get(kind="of-old").error == "KindUnknown: of-old"

    def test_a_named_run_is_worked_only_while_it_waits(self, probe):
        run, other = runs.ask(KIND, DAY, YARD), runs.ask(KIND, DAY, "c_north")

        for _message in range(3):
            working.work_one(run.pk)

        assert probe.worked == [(YARD, DAY)]
        other.refresh_from_db()
        assert other.state == RunState.QUEUED


@pytest.mark.django_db
class TestLeases:
    def test_what_a_killed_worker_began_is_offered_after_the_lease(self, probe):
        run = runs.ask(KIND, DAY, YARD)
        began = timezone.now()
        claimed = working._claim(working._CLAIM_ANY, began)
        assert claimed == run

        assert working.take_back_stale(began + working.LEASE - MINUTE) == 0
        assert work_all() == 0
        assert working.take_back_stale(began + working.LEASE) == 1
        run.refresh_from_db()
        assert (run.state, run.error) == (RunState.QUEUED, working.STOPPED)

    def test_what_kills_every_worker_is_given_up_at_last(self, probe):
        now = timezone.now()
        run = runs.ask(KIND, DAY, YARD)

        for _try in range(working.MAX_ATTEMPTS):
            now += working.LEASE
            assert working._claim(working._CLAIM_ANY, now)
            working.take_back_stale(now + working.LEASE)

        run.refresh_from_db()
        assert (run.state, run.error, run.attempts) == (RunState.FAILED, working.STOPPED, 5)
        assert run.finished_at is not None

    def test_who_comes_back_after_the_lease_changes_nothing(self, probe):
        run = runs.ask(KIND, DAY, YARD)
        now = timezone.now()

        def meanwhile(_schema_name: str) -> None:
            probe.while_working = lambda schema_name: None
            working.take_back_stale(now + 2 * working.LEASE)
            assert working._claim(working._CLAIM_ANY, now + 2 * working.LEASE)

        probe.while_working = meanwhile
        working.work_one(run.pk)

        run.refresh_from_db()
        assert (run.state, run.attempts) == (RunState.WORKING, 2), "the second one still holds it"

    def test_no_task_outlives_the_lease_of_what_it_claimed_last(self):
        for task in (working.work_runs, working.work_one):
            assert working.SPELL + task.time_limit < working.LEASE.total_seconds()
            assert task.soft_time_limit < task.time_limit


def test_many_workers_claim_each_run_once(committing, probe):
    Run.objects.bulk_create(Run(kind=KIND, period=f"{n}", schema_name=YARD) for n in range(40))

    worked = at_once(6, lambda n: work_all())

    assert sum(worked) == 40
    assert sorted(period for _schema, period in probe.worked) == sorted(str(n) for n in range(40))
    assert set(Run.objects.values_list("state", "attempts")) == {(RunState.DONE, 1)}


def test_a_connection_that_breaks_in_the_middle_does_not_take_the_outcome_with_it(committing, probe):
    def break_connection(_schema_name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    probe.while_working = break_connection
    run = runs.ask(KIND, DAY, YARD)

    work_all()

    run.refresh_from_db()
    assert run.state == RunState.QUEUED
    assert run.error == "OperationalError: terminating connection due to administrator command"


def test_a_time_limit_in_the_middle_of_a_statement_does_not_take_the_outcome_with_it(committing, probe):
    def run_out_of_time(_number, _frame) -> None:
        raise SoftTimeLimitExceeded

    def wait_long(_schema_name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")

    probe.while_working = wait_long
    run = runs.ask(KIND, DAY, YARD)

    before = signal.signal(signal.SIGALRM, run_out_of_time)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        work_all()
    finally:
        signal.signal(signal.SIGALRM, before)

    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.QUEUED, "SoftTimeLimitExceeded: SoftTimeLimitExceeded()")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' "
            "AND query LIKE 'SELECT pg_sleep%'"
        )
        assert cursor.fetchone() == (0,), "the statement runs on for nobody"


def test_a_connection_that_is_fit_is_kept_and_one_that_the_server_hung_up_on_is_let_go_of(committing):
    def server_process() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    first = server_process()
    connections.let_go_of_unfit()
    assert server_process() == first

    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    connections.let_go_of_unfit()
    assert server_process() != first


def test_a_server_that_is_gone_without_a_word_is_noticed(committing):
    connection.ensure_connection()
    with socket.socket(fileno=os.dup(connection.connection.pgconn.socket)) as wire:
        named = (socket.TCP_USER_TIMEOUT, socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
        options = [wire.getsockopt(socket.IPPROTO_TCP, name) for name in named]

    assert options == [60_000, 30, 10, 3]
    assert "connect_timeout" in connection.get_connection_params()


def test_every_task_has_a_time_limit():
    ours = {name: task for name, task in celery_app.tasks.items() if not name.startswith("celery.")}

    assert len(ours) > 10
    assert [name for name, task in ours.items() if not (task.soft_time_limit and task.time_limit)] == []


def test_a_broker_that_is_gone_without_a_word_is_noticed():
    with celery_app.connection_for_write() as broker:
        wire = broker.default_channel.client.connection_pool.connection_kwargs
    assert (wire["socket_timeout"], wire["socket_connect_timeout"], wire["socket_keepalive"]) == (10, 10, True)


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (ValueError(), "ValueError"),
        (ValueError("二号楼的张三没有电话"), "ValueError: …"),
        (ValueError("call 138 1234 5678 or 13812345678"), "ValueError: call … or …"),
        (ValueError("mail somebody@example.org"), "ValueError: mail …"),
        (ValueError("first line\nDETAIL: Key (phone)=(1)"), "ValueError: first line"),
        (ValueError("x" * 500), "ValueError: " + "x" * 188),
        (NotAllowed(person="张三"), "NotAllowed: not_allowed"),
    ],
)
def test_the_reason_that_is_kept_names_nobody(error, kept):
    assert working.reason(error) == kept
