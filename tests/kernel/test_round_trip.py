"""Statements in one round trip."""

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from compounds.kernel.round_trip import one_after_the_other
from tests.committing import at_once


@pytest.mark.django_db
def test_the_first_row_of_each_is_answered_in_order():
    with CaptureQueriesContext(connection) as captured:
        rows = one_after_the_other(
            "SELECT %s, 2", "SELECT 3 WHERE false", "VALUES (%s), ('5')", parameters=["a;b", "%"]
        )

    assert rows == [("a;b", 2), None, ("%",)]
    # Besides what names the schema, where nothing has been asked yet.
    assert len([query for query in captured.captured_queries if "a;b" in query["sql"]]) == 1
    assert len([query for query in captured.captured_queries if not query["sql"].startswith("SET ")]) == 1


def test_what_a_lock_guards_is_read_as_the_one_before_left_it(committing):
    """A single statement would count what was there before it waited."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.counted (n integer)")

    def add(_n):
        with transaction.atomic():
            _locked, found = one_after_the_other(
                "SELECT pg_advisory_xact_lock(%s)", "SELECT count(*) FROM public.counted", parameters=[7]
            )
            time.sleep(0.02)
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO public.counted VALUES (1)")
        return found[0]

    try:
        assert sorted(at_once(4, add)) == [0, 1, 2, 3]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE public.counted")
