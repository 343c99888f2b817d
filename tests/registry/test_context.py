"""The one door: refuses what is not there, never mixes compounds, and always leads back to public."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.db import connection, transaction

from compounds.organisation.models import Level, Unit
from compounds.registry.context import CompoundNotThere, InAnotherCompound, compound_context, current_schema
from compounds.registry.models import Compound, CompoundState
from tests.committing import YARD, at_once

PUBLIC = "public"


def branch_name() -> str:
    return Unit.objects.get(level=Level.BRANCH).name


@contextmanager
def given_up() -> Iterator[None]:
    """What is done inside is rolled back, to the savepoint or the beginning."""
    with suppress(ZeroDivisionError), transaction.atomic():
        yield
        raise ZeroDivisionError


@pytest.mark.django_db
class TestEntering:
    def test_an_unknown_schema_is_refused(self):
        with pytest.raises(CompoundNotThere), compound_context("c_nowhere"):
            pass

        assert connection.schema_name == PUBLIC

    @pytest.mark.parametrize("name", ["", PUBLIC.upper(), "pg_catalog", "c_north; DROP SCHEMA c_north"])
    def test_what_is_no_compounds_schema_is_refused(self, name):
        with pytest.raises(CompoundNotThere), compound_context(name):
            pass

    def test_public_is_no_compound(self):
        with pytest.raises(CompoundNotThere), compound_context(PUBLIC):
            pass

    @pytest.mark.parametrize("state", [CompoundState.OPENING, CompoundState.ARCHIVED])
    def test_a_compound_in_another_state_is_refused(self, state):
        Compound.objects.filter(slug="south").update(state=state)

        with pytest.raises(CompoundNotThere), compound_context("c_south"):
            pass

    def test_the_state_that_one_needs_can_be_named(self):
        Compound.objects.filter(slug="south").update(state=CompoundState.ARCHIVED)

        with compound_context("c_south", state=CompoundState.ARCHIVED) as compound:
            assert compound.slug == "south"

    def test_a_different_compound_is_refused_inside_one(self):
        with compound_context("c_north"):
            with pytest.raises(InAnotherCompound), compound_context("c_south"):
                pass

            assert connection.schema_name == "c_north"

    def test_the_same_compound_again_changes_nothing(self):
        with compound_context("c_north") as outer:
            with compound_context("c_north") as inner:
                assert inner == outer
            assert connection.schema_name == "c_north"
            assert branch_name() == "北苑党支部"

        assert connection.schema_name == PUBLIC

    def test_an_exception_leads_back_to_public(self):
        with pytest.raises(ZeroDivisionError), compound_context("c_north"):
            raise ZeroDivisionError

        assert connection.schema_name == PUBLIC

    def test_work_of_a_compound_is_refused_in_public(self):
        with pytest.raises(RuntimeError):
            current_schema()


class TestRollingBack:
    """TENANT_LIMIT_SET_CALLS trusts the search path it has set; PostgreSQL takes a SET back with its transaction."""

    def test_after_a_rollback_one_reads_the_same_compound(self, committing):
        with compound_context(YARD):
            with given_up():
                branch_name()

            assert branch_name() == "后院党支部"

    def test_after_a_rollback_to_a_savepoint_one_reads_the_same_compound(self, committing):
        with compound_context(YARD), transaction.atomic():
            with given_up():
                branch_name()

            assert branch_name() == "后院党支部"

    def test_a_compound_entered_inside_a_savepoint_is_left_with_it(self, committing):
        with transaction.atomic():
            with given_up(), compound_context("c_south"):
                branch_name()

            assert Compound.objects.filter(slug="yard").exists()
            with compound_context(YARD):
                assert branch_name() == "后院党支部"

    def test_after_a_broken_statement_one_reads_the_same_compound(self, committing):
        with compound_context(YARD):
            with pytest.raises(Exception, match="no_such_table"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT * FROM no_such_table")

            assert branch_name() == "后院党支部"

    def test_in_public_after_a_rollback_inside(self, committing):
        with compound_context(YARD), given_up():
            branch_name()

        with connection.cursor() as cursor:
            cursor.execute("SHOW search_path")
            assert cursor.fetchone() == (PUBLIC,)


def test_threads_in_two_compounds_never_cross(committing):
    expected = {"c_north": "北苑党支部", "c_south": "南苑党支部"}

    def read_many_times(n: int) -> set[tuple[str, str]]:
        seen = set()
        for turn in range(25):
            schema = list(expected)[(n + turn) % 2]
            with compound_context(schema):
                time.sleep(0)
                seen.add((schema, branch_name()))
            seen.add((PUBLIC, connection.schema_name))
        return seen

    for seen in at_once(8, read_many_times):
        assert seen == {*expected.items(), (PUBLIC, PUBLIC)}
