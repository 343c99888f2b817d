"""Ending tidily on Ctrl-C, SIGTERM and a closed terminal."""

import signal
from types import FrameType
from typing import NoReturn

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
