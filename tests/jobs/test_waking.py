"""A worker is woken once for what one transaction leaves it, after commit, and for nothing that was taken back."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from compounds.jobs import waking
from compounds.registry.context import compound_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def task():
    woken = []
    return SimpleNamespace(delay=woken.append, woken=woken)


def test_asked_thrice_in_one_transaction_it_is_woken_once_for_each_compound(task, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for schema_name in ("c_north", "c_south", "c_north"):
            with compound_context(schema_name):
                waking.after_commit(task)
        assert task.woken == []

    assert task.woken == ["c_north", "c_south"]


def test_what_was_taken_back_wakes_nobody_and_what_comes_after_it_does(task, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), compound_context("c_north"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            waking.after_commit(task)
            raise ZeroDivisionError
        with transaction.atomic():
            waking.after_commit(task)
        waking.after_commit(task)

    assert task.woken == ["c_north"]


def test_what_is_committed_is_done_though_a_worker_cannot_be_woken(task, django_capture_on_commit_callbacks):
    def away(_schema_name):
        raise OperationalError

    with django_capture_on_commit_callbacks(execute=True), compound_context("c_north"):
        waking.after_commit(SimpleNamespace(delay=away))
        waking.after_commit(task)

    assert task.woken == ["c_north"]
