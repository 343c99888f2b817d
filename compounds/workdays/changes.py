"""Saying that the calendar has changed: whoever keeps dates that were counted by it registers what is to be done."""

from collections.abc import Callable

_receivers: list[Callable[[], object]] = []


def on_change(receive: Callable[[], object]) -> None:
    """Have ``receive()`` called, in the transaction of the change, whenever the district corrects the calendar."""
    _receivers.append(receive)


def say() -> None:
    """The calendar was corrected."""
    for receive in _receivers:
        receive()
