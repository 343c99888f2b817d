"""Days of a story: written as dates, or as so many days before today, and what lies between them."""

from datetime import date, timedelta
from typing import Any

from compounds.workdays.calendar import Calendar
from demo.draw import stream
from demo.stories.office_days import moved
from demo.stories.plans import Moment

type Day = int | date
type Words = dict[str, Any]

_CALENDAR = Calendar({})


class Days:
    """Counts for one matter; minutes of the hour are drawn from its key."""

    def __init__(self, key: str, today: date) -> None:
        self.key, self.today = key, today
        self.draw = stream("xijun", f"clock of {key}")

    def ago(self, day: Day) -> int:
        return day if isinstance(day, int) else (self.today - day).days

    def kept(self, day: Day) -> int:
        """The same for an edition or a meeting, which fall on a working day; a date is kept as it is."""
        return moved(day, self.today) if isinstance(day, int) else self.ago(day)

    def at(self, day: Day, clock: str) -> Moment:
        return self.ago(day), clock

    def soon(self, day: Day, hour: int) -> Moment:
        """Some minute of that hour, the same each time."""
        return self.ago(day), f"{hour:02d}:{self.draw.randrange(12) * 5:02d}"

    def later(self, day: Day, working_days: int) -> int:
        """So many working days after."""
        start = self.today - timedelta(days=self.ago(day))
        return (self.today - _CALENDAR.after(start, working_days).day).days
