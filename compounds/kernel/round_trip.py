"""Statements that belong together, sent to the database at once."""

from typing import Any

from django.db import connection


def one_after_the_other(*statements: str, parameters: list[Any]) -> list[tuple[Any, ...] | None]:
    """The first row of each statement, in one round trip; ``parameters`` are those of all of them, in order.

    Each sees what was committed before it began, as if it had been sent alone. So what takes a lock comes first, and
    what the lock guards is read after it was got: a single statement would read what was so before it waited.
    """
    rows = []
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statements), parameters)
        for number in range(len(statements)):
            if number:
                cursor.nextset()
            rows.append(cursor.fetchone())
    return rows
