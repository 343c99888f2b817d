"""Looking through a spreadsheet against what stands: a plan of what would be new and changed, or problems."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from compounds.kernel import phones
from compounds.kernel.words import listed
from compounds.organisation import doors
from compounds.organisation.models import Household, Occupancy, Person
from compounds.organisation.spreadsheet.columns import occupancies
from compounds.organisation.spreadsheet.reading import Book, Problem, Row
from compounds.organisation.spreadsheet.standing import DoorKey, PersonKey, Standing

_LARGEST = 9999
_MOST_ENTRANCES = 30


@dataclass
class Plan:
    """What a spreadsheet would do, by its keys. Nothing is ever removed."""

    buildings: dict[int, str] = field(default_factory=dict)
    renamed: dict[int, str] = field(default_factory=dict)
    entrances: list[tuple[int, int]] = field(default_factory=list)
    groups: dict[tuple[int, str], None] = field(default_factory=dict)
    doors: dict[DoorKey, tuple[str, str]] = field(default_factory=dict)
    changed_doors: list[tuple[Household, str, str]] = field(default_factory=list)
    people: list[tuple[str, str, DoorKey | None]] = field(default_factory=list)
    changed_people: list[tuple[Person, str]] = field(default_factory=list)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows would be added and changed, by sheet."""
        return {
            "buildings": {"added": len(self.buildings), "changed": len(self.renamed)},
            "households": {"added": len(self.doors), "changed": len(self.changed_doors)},
            "persons": {"added": len(self.people), "changed": len(self.changed_people)},
        }


def check(book: Book, now: Standing) -> tuple[Plan, list[Problem]]:
    """The plan of a book, and what is wrong in it; a plan with problems is not to be carried out."""
    looked = _Look(book, now)
    looked.buildings()
    looked.households()
    looked.persons()
    return looked.plan, looked.problems


class _Look:
    def __init__(self, book: Book, now: Standing) -> None:
        self.book, self.now = book, now
        self.plan, self.problems = Plan(), list(book.problems)
        # What will be there once the sheets before have been taken in.
        self.entrances = set(now.entrances)
        self.names = dict(now.names)
        self.occupancies = occupancies()

    def wrong(self, sheet: str, row: Row, key: str, what: Any) -> None:
        column = self.book.headings[sheet].get(key, "")
        self.problems.append(Problem(self.book.names[sheet], row.number, column, what, row.cells.get(key, "")[:60]))

    def whole(self, sheet: str, row: Row, key: str, *, most: int = _LARGEST) -> int | None:
        """The whole number in a cell, or None after saying what is wrong."""
        text = row.cells.get(key, "")
        if not text:
            self.wrong(sheet, row, key, _("This must not be empty."))
        elif not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= most:
            self.wrong(sheet, row, key, _("A whole number from 1 to %(most)s is needed.") % {"most": most})
        else:
            return int(text)
        return None

    def fits(self, sheet: str, row: Row, key: str, most: int, *, needed: bool) -> bool:
        text = row.cells.get(key, "")
        if needed and not text:
            self.wrong(sheet, row, key, _("This must not be empty."))
        elif len(text) > most:
            self.wrong(sheet, row, key, _("Longer than %(most)s characters.") % {"most": most})
        else:
            return True
        return False

    def buildings(self) -> None:
        seen: dict[int, int] = {}
        self._free_names()
        for row in self.book.rows.get("buildings", []):
            number = self.whole("buildings", row, "building")
            stairs = self.whole("buildings", row, "entrances", most=_MOST_ENTRANCES)
            fits = self.fits("buildings", row, "name", 60, needed=False)
            if number is None or stairs is None or not fits:
                continue
            if number in seen:
                self.wrong("buildings", row, "building", _("Row %(row)s has it already.") % {"row": seen[number]})
                continue
            seen[number] = row.number
            self._name_building(row, number)
            for stair in range(1, stairs + 1):
                if (number, stair) not in self.entrances:
                    self.entrances.add((number, stair))
                    self.plan.entrances.append((number, stair))

    def _free_names(self) -> None:
        """Names that their buildings lose in this spreadsheet may go to others in it."""
        for row in self.book.rows.get("buildings", []):
            number, name = row.cells.get("building", ""), row.cells.get("name")
            there = self.now.buildings.get(int(number)) if re.fullmatch(r"[0-9]{1,4}", number) else None
            if there and name and name != there.unit.name:
                self.names.pop(there.unit.name, None)

    def _name_building(self, row: Row, number: int) -> None:
        there = self.now.buildings.get(number)
        name = row.cells.get("name") or (there.unit.name if there else f"{number}栋")
        if self.names.get(name, number) != number:
            self.wrong("buildings", row, "name", _("Another building is called “%(name)s”.") % {"name": name})
            return
        self.names[name] = number
        if there is None:
            self.plan.buildings[number] = name
        elif there.unit.name != name:
            self.plan.renamed[number] = name

    def place(self, sheet: str, row: Row) -> DoorKey | None:
        """The door that a row names, its entrance being there; or None after saying what is wrong."""
        number = self.whole(sheet, row, "building")
        stair = self.whole(sheet, row, "entrance")
        if not self.door(sheet, row) or number is None or stair is None:
            return None
        if (number, stair) not in self.entrances:
            self.wrong(sheet, row, "entrance", _("Building %(number)s has no such entrance.") % {"number": number})
            return None
        return number, stair, row.cells["door"]

    def door(self, sheet: str, row: Row) -> bool:
        if not self.fits(sheet, row, "door", doors.LONGEST, needed=True):
            return False
        try:
            doors.no_spaces(row.cells["door"])
        except ValidationError as error:
            self.wrong(sheet, row, "door", error.message)
            return False
        return True

    def households(self) -> None:
        seen: dict[DoorKey, int] = {}
        for row in self.book.rows.get("households", []):
            key = self.place("households", row)
            fits = self.fits("households", row, "group", 60, needed=False)
            word = row.cells.get("occupancy", "")
            occupancy = self.occupancies.get(word.casefold(), "")
            if word and not occupancy:
                known = listed(choice.label for choice in Occupancy)
                self.wrong("households", row, "occupancy", _("This must be one of: %(words)s.") % {"words": known})
                continue
            if key is None or not fits:
                continue
            if key in seen:
                self.wrong("households", row, "door", _("Row %(row)s has this door already.") % {"row": seen[key]})
                continue
            seen[key] = row.number
            self._plan_door(key, row.cells.get("group", ""), occupancy)

    def _plan_door(self, key: DoorKey, group: str, occupancy: str) -> None:
        if group and (key[0], group) not in self.now.groups:
            self.plan.groups[key[0], group] = None
        there = self.now.doors.get(key)
        if there is None:
            self.plan.doors[key] = (group, occupancy)
            return
        moves = bool(group) and there.group_id != self.now.groups.get((key[0], group))
        if moves or (occupancy and there.occupancy != occupancy):
            self.plan.changed_doors.append((there, group, occupancy))

    def persons(self) -> None:
        seen: dict[tuple[PersonKey, str], int] = {}
        for row in self.book.rows.get("persons", []):
            named = self.fits("persons", row, "name", 60, needed=True)
            phone = phones.as_kept(row.cells.get("phone", ""))
            if phone and not phones.is_phone(phone):
                self.wrong("persons", row, "phone", _("A phone number has 7 to 15 digits."))
                continue
            homeless = not any(row.cells.get(part) for part in ("building", "entrance", "door"))
            door = None if homeless else self.place("persons", row)
            if not named or (door is None and not homeless):
                continue
            if door and door not in self.now.doors and door not in self.plan.doors:
                self.wrong("persons", row, "door", _("There is no such door, neither here nor in the spreadsheet."))
                continue
            key: PersonKey = (row.cells["name"], door)
            # Without a door only the phone tells two people of one name apart.
            same = (key, phone if door is None else "")
            if same in seen:
                self.wrong("persons", row, "name", _("Row %(row)s has this person already.") % {"row": seen[same]})
                continue
            seen[same] = row.number
            self._plan_person(row, key, phone)

    def _plan_person(self, row: Row, key: PersonKey, phone: str) -> None:
        there = self.now.people.get(key, [])
        if key[1] is None:
            there = [person for person in there if person.phone == phone]
        if len(there) > 1 and key[1] is not None and phone and all(person.phone != phone for person in there):
            self.wrong("persons", row, "name", _("Several people of this name live there. Correct them by hand."))
        elif not there:
            self.plan.people.append((key[0], phone, key[1]))
        elif phone and all(person.phone != phone for person in there):
            self.plan.changed_people.append((there[0], phone))
