"""Ending tidily on Ctrl-C, SIGTERM and a closed terminal."""

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from script.embedded.account import ServerError

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Somebody wants us to end. Unwinds through every ``finally``, past ``except Exception``."""


def raise_when_asked_to_end() -> None:
    """From now on the first such signal raises ``Interrupted``; later ones cannot disturb the tidying up."""

    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise Interrupted

    for number in SIGNALS:
        signal.signal(number, interrupt)


def to_an_end(work: Callable[[], int]) -> int:
    """Do it, and answer its exit code: 130 where somebody wants us to end, 1 where no servers can be had, with why."""
    raise_when_asked_to_end()
    try:
        return work()
    except Interrupted:
        return 130
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
