"""The kinds of work that runs are made of. The app that does the work names it, in its ``tasks`` module."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from compounds.registry.models import CompoundState

type Work = Callable[[str, str], None]


class KindUnknown(LookupError):
    """No app has registered this kind of work: a fault of ours, or a run of an older release."""


@dataclass(frozen=True)
class Kind:
    """What is done, under which name people read it, and in compounds of which state."""

    work: Work
    title: Promise
    state: CompoundState


_kinds: dict[str, Kind] = {}


def register(kind: str, work: Work, *, title: Promise, state: CompoundState = CompoundState.READY) -> None:
    """Name the work of ``kind``: a worker calls ``work(schema_name, period)`` outside any compound and transaction.

    It enters the compound itself, in ``state``, and is idempotent: after a kill it is called again.
    """
    _kinds[kind] = Kind(work, title, state)


def look_up(kind: str) -> Kind:
    """Raises KindUnknown."""
    try:
        return _kinds[kind]
    except KeyError as error:
        raise KindUnknown(kind) from error


def title(kind: str) -> str:
    """What people read; the bare name for a kind that nobody registers any more."""
    return str(_kinds[kind].title) if kind in _kinds else kind


def titles() -> dict[str, str]:
    return {kind: str(known.title) for kind, known in _kinds.items()}
