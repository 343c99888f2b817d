"""The tallies of one round: opened, added to, sealed and rewritten, all at once (docs/adr/0020).

Call everything here with the round's row locked. What one sheet says is only ever in the memory of the process.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection

from compounds.registry.context import current_schema
from consultation import seal
from consultation.errors import TalliesUnreadable
from consultation.fair_mean import Sum
from consultation.models import PaperSheet, Scorer, ScoringRound, Tally
from consultation.models.scoring import ABSTAINED, VALUES

# Value by the subject's key.
type Lines = Mapping[int, int]
type Counts = Counter[tuple[int, int]]


def begin(scoring: ScoringRound) -> None:
    """Lay out one tally for each subject and value, all of them zero."""
    subjects = scoring.subjects.values_list("pk", flat=True)
    Tally.objects.bulk_create(
        Tally(round=scoring, subject_id=subject, value=value, sealed=0) for subject in subjects for value in VALUES
    )
    _write(scoring, Counter())


def add(scoring: ScoringRound, sheets: Iterable[Lines]) -> None:
    """Count these sheets. Whoever calls says on other rows, in this transaction, that so many more are counted.

    Each subject must have a line on each sheet. Raises TalliesUnreadable.
    """
    counts = read(scoring)
    for lines in sheets:
        counts.update(lines.items())
    _write(scoring, counts)


def read(scoring: ScoringRound) -> Counts:
    """How many gave which value to which subject, by (subject, value).

    Every subject was given as many values and abstentions as there are sheets; where no known key makes that come
    true, TalliesUnreadable is raised.
    """
    kept = list(Tally.objects.filter(round=scoring).values_list("subject_id", "value", "sealed"))
    expected = counted_sheets(scoring)
    for mask in seal.masks(scoring.nonce, where=_where(scoring)):
        counts = Counter(
            {(subject, value): seal.opened(number, mask(subject, value)) for subject, value, number in kept}
        )
        if all(sheets == expected for sheets in _sheets_by_subject(counts).values()):
            return counts
    raise TalliesUnreadable


def sums(counts: Counts) -> dict[int, Sum]:
    """Scores without abstentions, and what they add up to, by the subject's key."""
    scores: Counter[int] = Counter()
    totals: Counter[int] = Counter()
    for (subject, value), number in counts.items():
        scores[subject] += 0 if value == ABSTAINED else number
        totals[subject] += value * number
    return {subject: Sum(scores[subject], totals[subject]) for subject in scores}


def counted_sheets(scoring: ScoringRound) -> int:
    """On screen and on paper."""
    on_screen = Scorer.objects.filter(round=scoring, scored=True).count()
    return on_screen + PaperSheet.objects.filter(round=scoring, counted=True).count()


def _sheets_by_subject(counts: Counts) -> Counter[int]:
    found: Counter[int] = Counter()
    for (subject, _value), number in counts.items():
        found[subject] += number
    return found


def _write(scoring: ScoringRound, counts: Counts) -> None:
    """Rewrite every tally under a new nonce, in one statement, in an order that the counts have no part in."""
    scoring.nonce = secrets.token_hex(16)
    mask = seal.masks(scoring.nonce, where=_where(scoring))[0]
    rows = list(Tally.objects.filter(round=scoring).order_by("pk").values_list("pk", "subject_id", "value"))
    fresh = [seal.sealed(counts[subject, value], mask(subject, value)) for _pk, subject, value in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consultation_tally AS tally SET sealed = fresh.sealed "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS fresh (id, sealed) WHERE tally.id = fresh.id",
            [[pk for pk, _subject, _value in rows], fresh],
        )
    scoring.save(update_fields=["nonce"])


def _where(scoring: ScoringRound) -> str:
    return f"{current_schema()}:{scoring.label}"
