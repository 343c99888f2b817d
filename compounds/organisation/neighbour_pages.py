"""What else there is among neighbours: pages of higher apps that the page of the tree leads to, each with a sentence.

An app registers them in its module ``neighbour_pages``, which is found by that name:

    neighbour_pages.register("teams", _("Squads"), how_many_serve)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from compounds.organisation.models import Person

# What there is now, for this reader (None: staff of the district); None where the page is nothing for them.
type Sentence = Callable[[Person | None, datetime], str | None]


@dataclass(frozen=True)
class NeighbourPage:
    """One page without arguments: its address by name, what it is called, and what there is now."""

    url_name: str
    title: Any
    sentence: Sentence


@dataclass(frozen=True)
class NeighbourLine:
    """One page as a reader finds it."""

    url_name: str
    title: Any
    sentence: str


PAGES: list[NeighbourPage] = []


def register(url_name: str, title: Any, sentence: Sentence) -> None:
    """Add a page. Raises ValueError when it is there already."""
    if any(known.url_name == url_name for known in PAGES):
        raise ValueError(f"{url_name} is there already")
    PAGES.append(NeighbourPage(url_name, title, sentence))


def lines_for(person: Person | None, now: datetime) -> list[NeighbourLine]:
    """The pages for this reader, in the order in which they were added."""
    said = [(page, page.sentence(person, now)) for page in PAGES]
    return [NeighbourLine(page.url_name, page.title, sentence) for page, sentence in said if sentence is not None]
