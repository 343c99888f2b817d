"""Waking a worker for one compound, from the transaction that leaves it something to do."""

from dataclasses import dataclass

from celery import Task
from django.db import connection, transaction

from compounds.registry.context import current_schema


@dataclass(frozen=True)
class _Wake:
    task: Task
    schema_name: str

    def __call__(self) -> None:
        self.task.delay(self.schema_name)


def after_commit(task: Task) -> None:
    """Have the task called for the compound one stands in: once, however often one transaction asks for it.

    What is asked for inside a savepoint is forgotten with it. A later wish that finds an earlier one there is safe: an
    earlier one that could still be forgotten alone would belong to a savepoint in which the later one stands too.
    """
    wake = _Wake(task, current_schema())
    if not any(waiting[1] == wake for waiting in connection.run_on_commit):
        # Without Redis it is done all the same: the due row is found within a minute.
        transaction.on_commit(wake, robust=True)
