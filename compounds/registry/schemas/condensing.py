"""Fewer, larger statements for a new schema: what is added to a table stands in its CREATE TABLE where it can.

A key that an ALTER TABLE adds is checked by a query against both tables, though they are empty; one that stands in the
CREATE TABLE is not. And PostgreSQL takes about as long for an ALTER TABLE that adds ten columns as for one.
"""

import re
from collections.abc import Iterable

# One addition to one table, perhaps followed by Django's own check of the key that was added; nothing else behind it.
_ADDITION = re.compile(
    r'ALTER TABLE (?P<table>"[^"]+") ADD (?P<kind>COLUMN|CONSTRAINT) (?P<definition>[^;]+?)'
    r'(?:; SET CONSTRAINTS "[^"]+" IMMEDIATE)?;?\s*'
)
_CREATION = re.compile(r'CREATE TABLE (?P<table>"[^"]+") \((?P<body>[^;]+)\)\s*')
_INDEX = re.compile(r'CREATE (?:UNIQUE )?INDEX "[^"]+" ON "[^"]+" [^;]+')
_REFERENCED = re.compile(r'REFERENCES ("[^"]+")')


def condensed(statements: Iterable[str]) -> list[str]:
    """The same for tables without rows: there a key that was added needs no check.

    An addition goes into the table's creation if whatever it refers to was there by then and nothing between could
    notice; else it joins the addition to the same table before it. What holds a semicolon of its own (in a text, in a
    function) is left as it is, and nothing is moved across it.
    """
    script = _Script()
    for statement in statements:
        if creation := _CREATION.fullmatch(statement):
            script.create(creation["table"], statement.rstrip())
        elif addition := _ADDITION.fullmatch(statement):
            script.add(addition["table"], addition["kind"], addition["definition"])
        else:
            # An index is of what was there before it, so more may still be added.
            script.append(statement, moves_on=_INDEX.fullmatch(statement) is None)
    return script.parts


class _Script:
    """The statements so far, and which tables may still take something into their creation."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._there: set[str] = set()
        # By table: its place among the parts, and the tables that were there by then.
        self._open: dict[str, tuple[int, set[str]]] = {}
        self._altered_last = ""

    def create(self, table: str, statement: str) -> None:
        self._there.add(table)
        self._open[table] = len(self.parts), set(self._there)
        self.append(statement, moves_on=False)

    def add(self, table: str, kind: str, definition: str) -> None:
        place, there = self._open.get(table, (0, set()))
        if table in self._open and there.issuperset(_REFERENCED.findall(definition)):
            inside = definition if kind == "COLUMN" else f"CONSTRAINT {definition}"
            self.parts[place] = f"{self.parts[place].removesuffix(')')},\n{inside})"
        elif self._altered_last == table:
            self.parts[-1] += f",\nADD {kind} {definition}"
        else:
            # What comes after it may need it: this table takes nothing more, and nothing that refers to it moves.
            self._open.pop(table, None)
            for known in (self._there, *(known for _place, known in self._open.values())):
                known.discard(table)
            self.parts.append(f"ALTER TABLE {table} ADD {kind} {definition}")
            self._altered_last = table

    def append(self, statement: str, *, moves_on: bool) -> None:
        """``moves_on``: it may look at any table, so none takes anything any more that comes after it."""
        if moves_on:
            self._open.clear()
        self.parts.append(statement)
        self._altered_last = ""
