"""Asking for work: a row per kind, period and compound, once, whoever asks how often; and the minute's look at them."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import nightly, runs
from compounds.jobs.kinds import KindUnknown
from compounds.jobs.models import FanOut, Run, RunState
from compounds.jobs.tasks import wake_due
from compounds.registry.models import Community, Compound, CompoundState
from config import celery_app
from tests.committing import YARD, at_once
from tests.jobs.conftest import KIND

NOW = timezone.now()
MINUTE = timedelta(minutes=1)
DAY = "2026-11-26"


def schemas() -> list[str]:
    return list(Run.objects.order_by("schema_name").values_list("schema_name", flat=True))


@pytest.fixture
def messages():
    """``messages()`` tells how many wait in the queue, which begins and ends empty."""

    def counted() -> int:
        with celery_app.connection_for_write() as broker:
            return broker.default_channel.client.llen(celery_app.conf.task_default_queue)

    def forget() -> None:
        with celery_app.connection_for_write() as broker:
            broker.default_channel.client.delete(celery_app.conf.task_default_queue)

    forget()
    yield counted
    forget()


@pytest.mark.django_db
class TestFanOut:
    def test_every_compound_in_the_state_gets_one_run(self, probe):
        opening = Compound.objects.create(
            slug="half", schema_name="c_half", name="半开", community=Community.objects.earliest("pk")
        )

        assert runs.fan_out(KIND, DAY) == 3

        assert schemas() == ["c_north", "c_south", YARD]
        assert opening.state == CompoundState.OPENING
        runs.register(KIND, probe, title=_("Figures"), state=CompoundState.OPENING)
        assert runs.fan_out(KIND, DAY) == 1

    def test_again_it_adds_only_what_is_missing(self, probe):
        runs.fan_out(KIND, DAY)
        Run.objects.filter(schema_name=YARD).delete()

        assert runs.fan_out(KIND, DAY) == 1
        assert runs.fan_out(KIND, DAY) == 0
        assert runs.fan_out(KIND, "2026-11-27") == 3

    def test_it_costs_the_same_for_three_compounds_and_for_sixty(self, probe):
        runs.fan_out(KIND, "2026-11-25")  # by now the connection is in public
        with CaptureQueriesContext(connection) as few:
            runs.fan_out(KIND, DAY)
        community = Community.objects.earliest("pk")
        Compound.objects.bulk_create(
            Compound(slug=f"more-{n}", schema_name=f"c_more_{n}", name=str(n), community=community, state="ready")
            for n in range(57)
        )

        with CaptureQueriesContext(connection) as many:
            assert runs.fan_out(KIND, "2026-11-27") == 60
        assert len(many) == len(few)

    def test_a_kind_that_nobody_registered_is_refused(self, probe):
        with pytest.raises(KindUnknown):
            runs.fan_out("unheard-of", DAY)
        with pytest.raises(KindUnknown):
            runs.ask("unheard-of", DAY, YARD)

        assert not Run.objects.exists()


@pytest.mark.django_db
class TestAsking:
    def test_one_compound_is_asked_for_once(self, probe):
        first, again = runs.ask(KIND, DAY, YARD), runs.ask(KIND, DAY, YARD)

        assert first == again
        assert (first.state, first.attempts, schemas()) == (RunState.QUEUED, 0, [YARD])

    def test_a_failed_run_is_offered_again_with_all_its_tries(self, probe):
        failed = Run.objects.create(kind=KIND, period=DAY, schema_name=YARD, state=RunState.FAILED, attempts=5)

        assert runs.retry(failed.pk)
        assert not runs.retry(failed.pk)

        failed.refresh_from_db()
        assert (failed.state, failed.attempts, failed.finished_at) == (RunState.QUEUED, 0, None)

    @pytest.mark.parametrize("state", [RunState.QUEUED, RunState.WORKING, RunState.DONE])
    def test_only_what_failed_is_offered_again(self, probe, state):
        leased_until = NOW if state == RunState.WORKING else None
        run = Run.objects.create(kind=KIND, period=DAY, schema_name=YARD, state=state, leased_until=leased_until)

        assert not runs.retry(run.pk)
        assert runs.retry_failed([run.pk]) == 0


def test_workers_are_woken_after_commit_only(committing, probe, messages, settings):
    with transaction.atomic():
        runs.fan_out(KIND, DAY)
        runs.ask(KIND, "2026-11-27", YARD)
        assert messages() == 0
    assert messages() == settings.RUNS_SIDE_BY_SIDE + 1

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        runs.fan_out(KIND, "2026-11-28")
        raise ZeroDivisionError
    assert messages() == settings.RUNS_SIDE_BY_SIDE + 1
    assert not FanOut.objects.filter(period="2026-11-28").exists()


def test_many_who_fan_out_at_once_make_each_run_once(committing, probe, messages):
    new = at_once(6, lambda n: runs.fan_out(KIND, DAY))

    assert sum(new) == 3
    assert schemas() == ["c_north", "c_south", YARD]


@pytest.mark.django_db
class TestTheMinute:
    def test_runs_that_wait_unattended_wake_the_workers(self, probe, messages, settings):
        Run.objects.create(kind=KIND, period=DAY, schema_name=YARD, next_try_at=NOW)

        runs.offer(NOW - MINUTE)
        assert messages() == 0
        runs.offer(NOW)
        assert messages() == settings.RUNS_SIDE_BY_SIDE

    def test_while_workers_claim_runs_they_are_left_in_peace(self, probe, messages):
        Run.objects.create(kind=KIND, period=DAY, schema_name=YARD, next_try_at=NOW)
        lease = {"started_at": NOW, "leased_until": NOW + 10 * MINUTE, "state": RunState.WORKING}
        Run.objects.create(kind=KIND, period=DAY, schema_name="c_north", **lease)

        runs.offer(NOW + MINUTE / 2)
        assert messages() == 0
        runs.offer(NOW + 2 * MINUTE)
        assert messages() > 0

    def test_an_idle_minute_costs_the_same_whatever_there_is(self, probe):
        nightly.register(KIND)
        wake_due()
        Run.objects.update(state=RunState.DONE, finished_at=NOW)

        def idle() -> int:
            with CaptureQueriesContext(connection) as queries:
                wake_due()
            return len(queries)

        few = idle()
        for day in range(20):
            runs.fan_out(KIND, f"2026-10-{day + 1}")
        Run.objects.update(state=RunState.DONE, finished_at=NOW)
        later = NOW + 60 * MINUTE
        Run.objects.create(kind=KIND, period="later", schema_name=YARD, next_try_at=later)
        Run.objects.create(kind=KIND, period="now", schema_name=YARD, state="working", leased_until=later)

        assert idle() == few == 4


@pytest.mark.django_db
class TestPruning:
    def test_what_was_done_long_ago_is_forgotten_and_what_failed_is_kept(self, probe, settings):
        runs.fan_out(KIND, DAY)
        Run.objects.filter(schema_name="c_north").update(state=RunState.FAILED, finished_at=NOW)
        Run.objects.filter(schema_name="c_south").update(state=RunState.DONE, finished_at=NOW)
        kept = timedelta(days=settings.RUNS_KEPT_DAYS)

        assert runs.prune(NOW + kept - MINUTE) == 0
        assert FanOut.objects.exists()
        assert runs.prune(timezone.now() + kept + MINUTE) == 1

        assert schemas() == ["c_north", YARD]
        assert not FanOut.objects.exists()
