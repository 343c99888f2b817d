"""What is due is remembered in PostgreSQL: the earliest moment wins, and a wake-up asks once for all compounds."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from compounds.jobs import due
from compounds.jobs.models import Due
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from tests.committing import YARD, at_once

NOW = timezone.now()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def woken() -> list[str]:
    """A kind of work for this test, and the compounds it was enqueued for."""
    schemas: list[str] = []
    due.register("probing", schemas.append)
    yield schemas
    due._kinds.pop("probing")


@pytest.mark.django_db
class TestDue:
    def test_the_earliest_moment_wins(self):
        with compound_context("c_north"):
            for minutes in (5, 2, 9):
                due.not_later_than("probing", NOW + minutes * MINUTE)

        assert Due.objects.get().due_at == NOW + 2 * MINUTE

    def test_compounds_and_kinds_are_kept_apart(self, woken):
        for schema, minutes in (("c_north", 1), ("c_south", 3)):
            with compound_context(schema):
                due.not_later_than("probing", NOW + minutes * MINUTE)
                due.not_later_than("photos", NOW + 10 * MINUTE)

        assert due.wake(NOW + 2 * MINUTE) == 1
        assert woken == ["c_north"]

    def test_nothing_is_due_before_its_moment(self, woken):
        with compound_context("c_north"):
            due.not_later_than("probing", NOW + MINUTE)

        assert due.wake(NOW) == 0
        assert due.wake(NOW + MINUTE) == 1

    def test_waking_again_before_the_work_is_done_enqueues_again(self, woken):
        with compound_context("c_north"):
            due.not_later_than("probing", NOW)

        due.wake(NOW)
        due.wake(NOW)

        assert woken == ["c_north", "c_north"]

    def test_settled_for_good_is_never_woken(self, woken):
        with compound_context("c_north"):
            due.not_later_than("probing", NOW)
            due.settle("probing", None)

        assert due.wake(NOW + 99 * MINUTE) == 0

    def test_settling_one_compound_leaves_the_others(self, woken):
        for schema in ("c_north", "c_south"):
            with compound_context(schema):
                due.not_later_than("probing", NOW)
        with compound_context("c_north"):
            due.settle("probing", NOW + MINUTE)

        due.wake(NOW)

        assert woken == ["c_south"]

    def test_a_kind_that_nobody_knows_does_not_stop_the_others(self, woken):
        with compound_context("c_north"):
            due.not_later_than("of_old", NOW - MINUTE)
            due.not_later_than("probing", NOW)

        due.wake(NOW)

        assert woken == ["c_north"]

    def test_what_is_due_in_an_archived_compound_waits_until_it_is_back(self, woken):
        for schema in ("c_north", "c_south"):
            with compound_context(schema):
                due.not_later_than("probing", NOW)

        Compound.objects.filter(slug="south").update(state="archived")
        assert due.wake(NOW) == 1
        Compound.objects.filter(slug="south").update(state="ready")
        assert due.wake(NOW) == 2

        assert woken[:1] == ["c_north"]
        assert sorted(woken[1:]) == ["c_north", "c_south"]  # in whichever order

    def test_an_idle_minute_costs_one_query(self, django_assert_num_queries):
        due.wake(NOW)  # by now the connection is in public

        with django_assert_num_queries(1):
            assert due.wake(NOW) == 0

    def test_a_minute_with_work_costs_one_query_too(self, woken, django_assert_num_queries):
        for schema in ("c_north", "c_south", YARD):
            with compound_context(schema):
                due.not_later_than("probing", NOW)
        due.wake(NOW - MINUTE)

        with django_assert_num_queries(1):
            assert due.wake(NOW) == 3

    @pytest.mark.parametrize("call", [lambda: due.not_later_than("probing", NOW), lambda: due.settle("probing", None)])
    def test_a_clock_belongs_to_a_compound(self, call):
        with pytest.raises(RuntimeError):
            call()


def test_a_clock_set_while_somebody_looks_is_not_lost(committing):
    with compound_context(YARD):
        due.not_later_than("probing", NOW)
    looking, set_meanwhile = threading.Event(), threading.Event()

    def set_clock() -> None:
        looking.wait(30)
        with compound_context(YARD):
            due.not_later_than("probing", NOW + MINUTE)
        set_meanwhile.set()
        connections.close_all()

    thread = threading.Thread(target=set_clock)
    thread.start()
    with compound_context(YARD), transaction.atomic():
        due.look("probing")
        looking.set()
        # The other one waits for the lock that ``look`` took, so that its clock comes after the settling.
        assert not set_meanwhile.wait(0.3)
        due.settle("probing", None)
    thread.join(30)

    assert Due.objects.get().due_at == NOW + MINUTE


def test_a_clock_set_after_a_look_that_found_nothing_due_is_not_lost(committing):
    """A doubled wake-up looks when the first has settled: then there is no row to lock."""

    def set_clock(_n: int) -> None:
        with compound_context(YARD):
            due.not_later_than("probing", NOW + MINUTE)
        set_meanwhile.set()

    set_meanwhile = threading.Event()

    def look_and_settle(_n: int) -> None:
        with compound_context(YARD), transaction.atomic():
            due.look("probing")
            setting = threading.Thread(target=lambda: at_once(1, set_clock))
            setting.start()
            assert not set_meanwhile.wait(0.3), "it waits for the one who looks"
            due.settle("probing", None)
        setting.join(30)

    assert at_once(1, look_and_settle) == [None]

    assert Due.objects.get().due_at == NOW + MINUTE


def test_many_clocks_at_once_keep_the_earliest(committing):
    def set_clock(n: int) -> None:
        with compound_context(YARD):
            due.not_later_than("probing", NOW + n * MINUTE)

    at_once(8, set_clock)

    assert Due.objects.get().due_at == NOW
