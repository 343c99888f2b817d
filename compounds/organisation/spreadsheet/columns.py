"""The form of the spreadsheet: three sheets and their columns, named in any of the product's languages."""

from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.organisation.models import Occupancy


@dataclass(frozen=True)
class Column:
    """One column: its key in code, its heading, what to write into it, and whether it must be filled.

    Of ``words`` not a letter is changed; ``sign``, such as a number, is the same in full width and half; ``day`` is a
    sign that may be a date.
    """

    key: str
    heading: Any
    help: Any
    required: bool = False
    kind: Literal["words", "sign", "day"] = "words"


@dataclass(frozen=True)
class SheetForm:
    """One sheet: its key in code, its name on the tab, and its columns."""

    key: str
    name: Any
    columns: tuple[Column, ...]


BUILDING = pgettext_lazy("spreadsheet", "Building number")
ENTRANCE = pgettext_lazy("spreadsheet", "Entrance")
DOOR = pgettext_lazy("spreadsheet", "Door")
BUILDINGS = SheetForm(
    "buildings",
    pgettext_lazy("spreadsheet", "Buildings"),
    (
        Column("building", BUILDING, _("A whole number, for example 3."), required=True, kind="sign"),
        Column("name", pgettext_lazy("spreadsheet", "Building name"), _("For example 3栋; may stay empty.")),
        Column(
            "entrances",
            pgettext_lazy("spreadsheet", "Number of entrances"),
            _("From 1 to 30. Entrances that are missing are added, none is removed."),
            required=True,
            kind="sign",
        ),
    ),
)
HOUSEHOLDS = SheetForm(
    "households",
    pgettext_lazy("spreadsheet", "Households"),
    (
        Column(
            "building",
            BUILDING,
            _("As in the sheet of buildings, or of a building that is there."),
            required=True,
            kind="sign",
        ),
        Column("entrance", ENTRANCE, _("A whole number."), required=True, kind="sign"),
        Column("door", DOOR, _("For example 601; each door once."), required=True, kind="sign"),
        Column(
            "group",
            pgettext_lazy("spreadsheet", "Neighbour group"),
            _("The group's name; a new name adds a group below the building. May stay empty."),
        ),
        Column(
            "occupancy",
            pgettext_lazy("spreadsheet", "Occupancy"),
            _("One of: lived in by its owner, let, empty. May stay empty."),
        ),
    ),
)
PERSONS = SheetForm(
    "persons",
    pgettext_lazy("spreadsheet", "People"),
    (
        Column("name", pgettext_lazy("spreadsheet", "Name"), _("At most 60 characters."), required=True),
        Column(
            "phone",
            pgettext_lazy("spreadsheet", "Phone"),
            _("7 to 15 digits. Empty: what is known stays."),
            kind="sign",
        ),
        Column("building", BUILDING, _("Where the person lives; all three may stay empty."), kind="sign"),
        Column("entrance", ENTRANCE, _("A whole number."), kind="sign"),
        Column("door", DOOR, _("A door of the sheet of households, or one that is there."), kind="sign"),
    ),
)
SHEETS = (BUILDINGS, HOUSEHOLDS, PERSONS)
EXPLANATION = pgettext_lazy("spreadsheet", "Explanation")


def in_every_language(text: Any) -> set[str]:
    """What a heading is called in each of the product's languages, so that a template of either is read."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(str(text).strip().casefold())
    return found


def occupancies() -> dict[str, str]:
    """The words for occupancy in each language, and what they mean."""
    words = {value: value for value in Occupancy.values}
    for choice in Occupancy:
        words |= dict.fromkeys(in_every_language(choice.label), choice.value)
    return words
