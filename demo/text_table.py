"""Plain tables for a terminal, in which a Chinese character takes two columns."""

from collections.abc import Sequence
from unicodedata import east_asian_width


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows below their heads and a line, columns two spaces apart."""
    lines = [heads, *rows]
    widths = [max(_width(line[n]) for line in lines) for n in range(len(heads))]
    rule = "  ".join("-" * width for width in widths)
    head, *body = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([head, rule, *body])


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
