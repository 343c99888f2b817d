"""The pages by which a compound is set up and kept right: each app adds its own, the settings page shows them.

Add one line in the app's ``policies.py``: ``settings_pages.register("settings_x", _("X"), _("It …"), "x.change")``.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.organisation.policies import allows


@dataclass(frozen=True)
class SettingsPage:
    """One page: its address by name, what it is called, one sentence on it, and the action that opens it."""

    url_name: str
    title: Any
    sentence: Any
    action: str


PAGES: list[SettingsPage] = []
PERSON_PAGES: list[SettingsPage] = []


def register(url_name: str, title: Any, sentence: Any, action: str) -> None:
    """Add a page without arguments to the settings. Raises ValueError when it is there already."""
    _add(PAGES, SettingsPage(url_name, title, sentence, action))


def register_for_person(url_name: str, title: Any, sentence: Any, action: str) -> None:
    """Add a page that takes a person's key to what is offered on that person's page."""
    _add(PERSON_PAGES, SettingsPage(url_name, title, sentence, action))


def pages_for(person: Person | None) -> list[SettingsPage]:
    """The settings pages that this person may use, in the order in which they were added."""
    return [page for page in PAGES if allows(page.action, person)]


def person_pages_for(person: Person | None) -> list[SettingsPage]:
    """What this person may do with somebody else's entry."""
    return [page for page in PERSON_PAGES if allows(page.action, person)]


def _add(pages: list[SettingsPage], page: SettingsPage) -> None:
    if any(known.url_name == page.url_name for known in pages):
        raise ValueError(f"{page.url_name} is there already")
    pages.append(page)


register("places", _("Buildings and groups"), _("Buildings, entrances, doors and neighbour groups."), "place.change")
register(
    "sheet_import",
    _("Take in a spreadsheet"),
    _("Buildings, households and people from Excel: checked first, then taken in as a whole."),
    "sheet.import",
)
register("sheet_export", _("Export"), _("What is there, as a spreadsheet of the same form."), "sheet.export")
register(
    "settings_rhythm", _("Contact rhythm"), _("How many days a contact with a household counts."), "settings.change"
)
register("settings_phone", _("Phone for residents"), _("Where they ring when a page is too much."), "settings.change")
register("settings_titles", _("Titles of posts"), _("What the posts are called in this compound."), "settings.change")
register("audit", _("Who changed what"), _("Every setting and correction, newest first."), "audit.read")
