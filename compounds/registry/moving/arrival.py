"""Where an app says what it has to do when a compound has come from another installation."""

from collections.abc import Callable

from compounds.registry.models import Compound

type Work = Callable[[Compound], object]

_works: list[Work] = []


def after_arrival(work: Work) -> None:
    """Have ``work(compound)`` called inside the compound, in the transaction that has just filled it."""
    _works.append(work)


def welcome(compound: Compound) -> None:
    for work in _works:
        work(compound)
