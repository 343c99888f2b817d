"""Telling several stories at once, in the order in which things happened.

A story is a generator: it yields the moment of what comes next and then does it, through the same services as the web
pages. Stories are merged by those moments, so that numbers, editions and meetings count up as the days go by. Nothing
is written that the services would not write, and no row is dated by hand: while a part of a story is told, Django's
clock stands at its moment. That replaces ``timezone.now`` for the whole process, which only a command of its own may.
"""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

type Story = Iterator[datetime]


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Inside, ``timezone.now()`` is ``moment``; afterwards it is what it was before."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def tell(stories: Iterable[Story]) -> None:
    """Tell them to their end. Raises ValueError when one goes back in time."""
    waiting = [(moment, n, story) for n, story in enumerate(stories) if (moment := next(story, None))]
    heapq.heapify(waiting)
    while waiting:
        moment, n, story = heapq.heappop(waiting)
        with clock_at(moment):
            upcoming = next(story, None)
        if upcoming and upcoming < moment:
            raise ValueError(f"story {n} goes back from {moment} to {upcoming}")
        if upcoming:
            heapq.heappush(waiting, (upcoming, n, story))
