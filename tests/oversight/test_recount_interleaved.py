"""Whatever comes in between: once the outbox is empty, the district's figures equal a direct count."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from compounds.organisation.models import Person
from compounds.oversight import recount, register
from compounds.oversight.models import CompoundFigures, OpenItem, Outbox
from compounds.oversight.recount import _count
from compounds.registry.context import compound_context
from consultation.models import Category, Issue, Outcome
from consultation.services import flow
from consultation.steps import Step
from tests.committing import YARD, at_once

RECOUNTERS, CHANGERS = 2, 2


class Crash(Exception):
    """The worker or the web process dies here."""


def write_down() -> None:
    by = Person.objects.get(name="记")
    category = Category.objects.get(name="电梯设备")
    with transaction.atomic():
        flow.begin(Issue(title="电梯夜里异响", said="响", category=category), by=by)


def write_down_and_crash() -> None:
    with transaction.atomic():
        write_down()
        raise Crash


def close_one() -> None:
    by = Person.objects.get(name="记")
    with transaction.atomic():
        if issue := Issue.objects.filter(step=Step.VISIT).select_for_update(skip_locked=True).first():
            flow.advance(issue, Step.CLOSED, outcome=Outcome.WITHDRAWN, by=by)


def count_again() -> None:
    recount.recount(YARD)


def count_if_changed() -> None:
    recount.recount_if_changed(YARD)


def count_and_crash() -> None:
    with transaction.atomic():
        recount.recount(YARD)
        raise Crash


changes = st.lists(st.sampled_from([write_down, write_down_and_crash, close_one]), min_size=2, max_size=5)
counts = st.lists(st.sampled_from([count_again, count_if_changed, count_and_crash]), min_size=1, max_size=4)


def run_all(work: list[Any]) -> None:
    with compound_context(YARD):
        for one in work:
            try:
                one()
            except Crash:
                continue


def drain_to_the_end() -> None:
    for _ in range(5):
        recount.recount_if_changed(YARD)
    assert not Outbox.objects.filter(schema_name=YARD).exists()


def test_figures_equal_a_direct_count(committing):
    with compound_context(YARD):
        Person.objects.create(name="记")

    @settings(
        max_examples=10,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.tuples(*[changes] * CHANGERS), st.tuples(*[counts] * RECOUNTERS))
    def whatever_comes_in_between(changing, counting):
        work = [*changing, *counting]
        failed = [result for result in at_once(len(work), lambda n: run_all(work[n])) if result is not None]
        assert failed == []

        drain_to_the_end()

        with compound_context(YARD) as yard:
            values, errors = _count(timezone.localdate())
            listed = {item.number for items, _words in register._sources for item in items()}
            assert errors == {}
            assert CompoundFigures.objects.newest().get(compound=yard).figures == values
            assert set(OpenItem.objects.filter(compound=yard).values_list("number", flat=True)) == listed

    whatever_comes_in_between()
    assert connection.schema_name == "public"


def test_an_older_count_never_overwrites_a_newer_one(committing):
    """Two recounts at once: the second waits for the first and counts what has come meanwhile."""
    with compound_context(YARD):
        Person.objects.create(name="记")
    at_once(8, lambda n: run_all([write_down, count_again]))

    drain_to_the_end()

    assert CompoundFigures.objects.newest().get(compound__schema_name=YARD).figures["open"].part == 8
