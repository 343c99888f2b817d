"""Fewer, larger statements. PostgreSQL takes about as long for an ALTER TABLE that adds ten columns as for one."""

import re
from collections.abc import Iterable

# One addition to one table, perhaps followed by Django's own check of the key that was added; nothing else behind it.
_ADDITION = re.compile(
    r'ALTER TABLE (?P<table>"[^"]+") (?P<addition>ADD (?:COLUMN|CONSTRAINT) [^;]+?)'
    r'(?:; SET CONSTRAINTS "[^"]+" IMMEDIATE)?;?\s*'
)


def condensed(statements: Iterable[str]) -> list[str]:
    """Additions to the same table that follow each other become one statement.

    For tables without rows: there the key that was added needs no check. What holds a semicolon of its own (in a text,
    in a function) is left as it is.
    """
    found: list[str] = []
    table = ""
    for statement in statements:
        addition = _ADDITION.fullmatch(statement)
        if addition and addition["table"] == table:
            found[-1] += f",\n{addition['addition']}"
        elif addition:
            table = addition["table"]
            found.append(f"ALTER TABLE {table} {addition['addition']}")
        else:
            table = ""
            found.append(statement)
    return found
