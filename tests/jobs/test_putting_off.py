"""A compound whose work fails is woken less and less often; what waits there is still seen, and others are served."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.jobs import due, putting_off
from compounds.jobs.models import Due
from compounds.registry.context import compound_context

MINUTE = timedelta(minutes=1)


@pytest.fixture
def kind() -> str:
    """A name that the cache has not heard of."""
    return uuid.uuid4().hex


def fail(kind: str) -> None:
    with pytest.raises(ZeroDivisionError), putting_off.if_it_fails(kind, "c_north"):
        raise ZeroDivisionError


def minutes_put_off(kind: str) -> int:
    now = timezone.now()
    return next(n for n in range(99) if putting_off.without([(kind, "c_north")], now + n * MINUTE))


def test_the_pause_grows_and_then_stays(kind):
    pauses = []
    for _try in range(5):
        fail(kind)
        pauses.append(minutes_put_off(kind))

    assert pauses == [1, 4, 16, 60, 60]


def test_what_does_not_fail_is_not_put_off(kind):
    with putting_off.if_it_fails(kind, "c_north"):
        pass

    assert minutes_put_off(kind) == 0


@pytest.mark.django_db
def test_the_minute_wakes_the_others_and_the_row_of_the_failing_one_stays(kind, monkeypatch):
    woken = []
    monkeypatch.setitem(due._kinds, kind, woken.append)
    now = timezone.now()
    for schema in ("c_north", "c_south"):
        with compound_context(schema):
            due.not_later_than(kind, now)
    fail(kind)

    assert due.wake(now) == 1
    assert (woken, Due.objects.count()) == (["c_south"], 2)
    assert due.wake(now + 2 * MINUTE) == 2
