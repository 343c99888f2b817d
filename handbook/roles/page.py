"""What a page of the help is made of."""

from dataclasses import dataclass, field
from typing import Any

from compounds.organisation.models import PostKind


@dataclass(frozen=True)
class Line:
    """One thing to do, and where. ``to`` names a page of the compound, or is an address of the district's pages."""

    text: Any
    to: str = ""
    label: Any = ""


@dataclass(frozen=True)
class Answer:
    """What people of this role ask, and what is so."""

    question: Any
    answer: Any
    to: str = ""
    label: Any = ""


@dataclass(frozen=True)
class Page:
    """The help of one role: what it is for, Monday in the order of the day, the rest of the week, and what is asked."""

    slug: str
    title: Any
    opening: Any
    monday: tuple[Line, ...]
    week: tuple[Line, ...]
    asked: tuple[Answer, ...]
    posts: frozenset[PostKind] = field(default_factory=frozenset)
