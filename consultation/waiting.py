"""One thing that waits for somebody: what "my day" is made of."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from compounds.workdays.lateness import is_past


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
    # The moment of a clock in hours.
    due_at: datetime | None = None

    def is_late(self, now: datetime) -> bool:
        return is_past(self.due_on, self.due_at, now)

    def days_left(self, today: date) -> int | None:
        return (self.due_on - today).days if self.due_on else None
