"""One thing that waits for somebody: what "my day" is made of."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for this person, with what to do and until when."""

    title: str
    what: str | Promise
    url: str
    due_on: date | None = None
    provisional: bool = False
    # Before everything else, whatever its date: what must be reported to an authority.
    first: bool = False

    def days_left(self, today: date) -> int | None:
        return (self.due_on - today).days if self.due_on else None
