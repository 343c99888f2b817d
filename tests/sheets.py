"""Spreadsheets as people send them: right ones, and ones that are wrong in one place."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

HEADINGS = {
    "Buildings": ["Building number", "Building name", "Number of entrances"],
    "Households": ["Building number", "Entrance", "Door", "Neighbour group", "Occupancy"],
    "People": ["Name", "Phone", "Building number", "Entrance", "Door"],
}
BUILDINGS = [[3, "3栋", 2]]
HOUSEHOLDS = [[3, 1, 601, "甲组", "let"], [3, 1, 602, "", ""], [3, 2, "601", "乙组", ""]]
PEOPLE = [["王女士", 13812345678, 3, 1, 601], ["李先生", "", 3, 2, 601], ["无门氏", "13900000000", "", "", ""]]


def a_sheet(
    *,
    buildings: Sequence[Sequence[Any]] = BUILDINGS,
    households: Sequence[Sequence[Any]] = HOUSEHOLDS,
    people: Sequence[Sequence[Any]] = PEOPLE,
    headings: dict[str, list[str]] | None = None,
    merge: str = "",
) -> bytes:
    """An .xlsx file; a text that begins with = becomes a formula, ``merge`` is a range of the households' sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in {"Buildings": buildings, "Households": households, "People": people}.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, (headings or {}).get(name, HEADINGS[name]))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        if merge and name == "Households":
            sheet.merge_range(merge, "601")
    book.close()
    return out.getvalue()


def large(doors: int) -> bytes:
    """So many doors in twenty buildings, and as many people."""
    places = [(n % 20 + 1, n // 20 % 5 + 1, f"{n // 100 + 101}") for n in range(doors)]
    return a_sheet(
        buildings=[[n, "", 5] for n in range(1, 21)],
        households=[[*place, f"{place[1]}组", ""] for place in places],
        people=[[f"住户{n}", f"138{n:08d}", *place] for n, place in enumerate(places)],
    )
