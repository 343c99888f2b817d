"""The fair mean of the quarterly scoring. Pure: whole numbers in, exact fractions, rounded once for people.

Somebody whom five people know well must not beat somebody whom fifty know, by luck alone. So each deliberator's mean is
drawn towards the mean of all, the more so the fewer scores there are (domain: Quarterly scoring):

    fair mean = (W × M + sum of their scores) ÷ (W + number of their scores)

W is the prior weight: it is as if everybody had W more scores, each of them M. M is the mean of all scores that went to
deliberators who have a result, **rounded to two decimals first**, so that whoever reads the poster can calculate along.
Fair means are rounded half up to two decimals, and whoever is equal as printed is equal.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

# Fewer scores than this give no result: too few to be fair, and few enough to guess who gave what.
FEWEST = 5
PRIOR_WEIGHT = 5
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Sum:
    """What one subject was given: how many scores (without abstentions), and what they add up to."""

    scores: int
    total: int

    @property
    def mean(self) -> Fraction:
        """Only where there is a score."""
        return Fraction(self.total, self.scores)


@dataclass(frozen=True)
class Place:
    """Where somebody stands: the fair mean as printed, and the place; equal ones share the better place."""

    fair_mean: Decimal
    place: int


@dataclass(frozen=True)
class Example:
    """A worked example with this round's mean and nobody's scores."""

    scores: int
    total: int
    mean: Decimal
    fair_mean: Decimal


def printed(value: Fraction) -> Decimal:
    """To two decimals, half up. Exact: no binary fraction comes between."""
    hundredths = (value * 200 + 1) // 2
    return Decimal(int(hundredths)).scaleb(-2)


def overall[K: Hashable](sums: Mapping[K, Sum], *, fewest: int = FEWEST) -> Decimal | None:
    """M, as printed; None where nobody has a result. Who has too few scores is left out: M must not give them away."""
    counted = [one for one in sums.values() if one.scores >= fewest]
    if not counted:
        return None
    return printed(Fraction(sum(one.total for one in counted), sum(one.scores for one in counted)))


def fair_mean(of: Sum, mean_of_all: Decimal, *, weight: int = PRIOR_WEIGHT) -> Decimal:
    """As printed."""
    return printed((weight * Fraction(mean_of_all) + of.total) / (weight + of.scores))


def places[K: Hashable](sums: Mapping[K, Sum], *, fewest: int = FEWEST, weight: int = PRIOR_WEIGHT) -> dict[K, Place]:
    """Everybody who has a result, best first."""
    mean_of_all = overall(sums, fewest=fewest)
    if mean_of_all is None:
        return {}
    fair = {key: fair_mean(one, mean_of_all, weight=weight) for key, one in sums.items() if one.scores >= fewest}
    best_first = sorted(fair, key=lambda key: fair[key], reverse=True)
    return {key: Place(fair[key], 1 + sum(other > fair[key] for other in fair.values())) for key in best_first}


def example(mean_of_all: Decimal, *, weight: int = PRIOR_WEIGHT) -> Example:
    """Eight scores, six of five points and two of four: to be calculated along on the poster."""
    made = Sum(8, 38)
    return Example(made.scores, made.total, printed(made.mean), fair_mean(made, mean_of_all, weight=weight))
