"""How much a robot may still say this minute, counted for all workers and all compounds that share the robot.

Kept in the cache ``shared``, not in PostgreSQL: two compounds' schemas have no row in common, a row in public would be
written and locked for every message, and nothing hangs on it: when the count is lost, WeCom answers 45009 and the
robot rests. There are as many places as messages in a minute; whoever sends takes one, and it is free again a minute
after the answer. So no minute, wherever it begins, holds more, even when one message is slow to arrive and the next is
not.
"""

import hashlib

from django.core.cache import caches

PER_MINUTE = 20
# From taking a place until its answer is there at the latest, then a minute, with some to spare.
_SENDING, _MINUTE = 30, 61


def take(address: str) -> str:
    """A place, to be given back with ``answered``; empty when there is none. At most twenty small questions."""
    for name in _names(address):
        if caches["shared"].add(name, 1, timeout=_SENDING + _MINUTE):
            return name
    return ""


def answered(place: str) -> None:
    """The message's minute begins now."""
    caches["shared"].set(place, 1, timeout=_MINUTE)


def free(address: str) -> int:
    """How many places are free. One question."""
    return PER_MINUTE - len(caches["shared"].get_many(_names(address)))


def _names(address: str) -> list[str]:
    """The key itself stands in no cache."""
    robot = hashlib.sha256(address.encode()).hexdigest()
    return [f"robot:{robot}:{n}" for n in range(PER_MINUTE)]
