"""When the owners have decided (Civil Code article 278): pure counting, exact at the borders.

Two thirds of all owners, by persons and by exclusive area, must take part. Of those who took part more than half must
agree by both counts; for items 6 to 8 (raising the fund, rebuilding, changed or commercial use of common parts) three
quarters by both counts. “Two thirds” and “three quarters” include the border (以上), “more than half” does not
(过半数).
"""

from dataclasses import dataclass
from decimal import Decimal

from consultation.models import VoteResult

# Items of article 278 that need three quarters of those voting.
THREE_QUARTERS = frozenset({6, 7, 8})


@dataclass(frozen=True)
class Count:
    """One of the two counts: persons, or square metres."""

    total: int | Decimal
    took_part: int | Decimal
    in_favour: int | Decimal

    @property
    def is_possible(self) -> bool:
        """Nobody agrees without taking part, and no more takes part than there is."""
        return 0 <= self.in_favour <= self.took_part <= self.total

    @property
    def enough_took_part(self) -> bool:
        # Multiplied instead of divided: no third is ever rounded.
        return 3 * self.took_part >= 2 * self.total

    def enough_agreed(self, article_item: int) -> bool:
        if article_item in THREE_QUARTERS:
            return 4 * self.in_favour >= 3 * self.took_part
        return 2 * self.in_favour > self.took_part


def result_of(article_item: int, persons: Count, area: Count) -> VoteResult:
    """What the owners decided. Both counts must reach both thresholds."""
    if not (persons.enough_took_part and area.enough_took_part):
        return VoteResult.TOO_FEW
    if persons.enough_agreed(article_item) and area.enough_agreed(article_item):
        return VoteResult.PASSED
    return VoteResult.REFUSED
