"""What the story of a matter is told in."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Event:
    """One thing that happened: a title or somebody's own words, and who stood behind it."""

    at: datetime
    title: str | Promise = ""
    quote: str = ""
    who: str | Promise = ""
    note: str | Promise = ""
    big: bool = False
