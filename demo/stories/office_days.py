"""Days of a story that people at work keep: no edition of the list and no meeting falls on a weekend or a holiday.

The stories are written as so many days before today, whatever day that is. Where an edition or a meeting would fall on
a day on which nobody works, it moves back, and all that was before it too: the order stays, and no two days become one.
"""

from datetime import date, timedelta
from functools import cache

from compounds.workdays.calendar import works_nationally

# The editions and meetings of the living matters, as they are written down.
KEPT = (3, 9, 24, 31, 45, 53, 66, 74, 104, 112)


def moved(written: int, today: date) -> int:
    """How many days before ``today`` it was, of what is written down as ``written`` days before."""
    return written + max((shift for kept, shift in _shifts(today) if kept <= written), default=0)


@cache
def _shifts(today: date) -> tuple[tuple[int, int], ...]:
    """From which written day on everything lies how many days further back."""
    shift, found = 0, []
    for written in KEPT:
        while not works_nationally(today - timedelta(days=written + shift)):
            shift += 1
        found.append((written, shift))
    return tuple(found)
