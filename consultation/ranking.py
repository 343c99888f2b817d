"""The order of a draft edition: by points, except for what the branch has moved by hand. Pure."""

from collections.abc import Iterable

from consultation.models import ListEntry


def ranked(entries: Iterable[ListEntry]) -> list[ListEntry]:
    """Entries with their ``proposal`` in the order that they will be published in.

    What was moved by hand stands at the place that it was moved to, the rest around it by points.
    """
    every = list(entries)
    order = sorted((e for e in every if e.hand_rank is None), key=lambda e: (-e.proposal.score, e.pk))
    for entry in sorted((e for e in every if e.hand_rank), key=lambda e: (e.hand_rank or 0, e.pk)):
        order.insert((entry.hand_rank or 1) - 1, entry)
    return order
