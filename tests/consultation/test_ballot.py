"""The thresholds of Civil Code article 278, at their borders."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.ballot import Count, result_of
from consultation.models import VoteResult

PASSED, TOO_FEW, REFUSED = VoteResult.PASSED, VoteResult.TOO_FEW, VoteResult.REFUSED

# Item; persons and area as total, took part, in favour; what the owners decided.
BORDERS = [
    # Two thirds must take part, the border included, by persons ...
    (5, (300, 200, 101), (Decimal("900.00"), Decimal("600.00"), Decimal("300.01")), PASSED),
    (5, (300, 199, 199), (Decimal("900.00"), Decimal("900.00"), Decimal("900.00")), TOO_FEW),
    (5, (1000, 667, 667), (Decimal(900), Decimal(900), Decimal(900)), PASSED),
    (5, (1000, 666, 666), (Decimal(900), Decimal(900), Decimal(900)), TOO_FEW),
    # ... and by area, to the hundredth of a square metre.
    (5, (300, 300, 300), (Decimal("900.00"), Decimal("599.99"), Decimal("599.99")), TOO_FEW),
    (5, (300, 300, 300), (Decimal("100.00"), Decimal("66.67"), Decimal("66.67")), PASSED),
    (5, (300, 300, 300), (Decimal("100.00"), Decimal("66.66"), Decimal("66.66")), TOO_FEW),
    # More than half of those voting: exactly half is not enough, by either count.
    (5, (300, 200, 100), (Decimal(900), Decimal(600), Decimal(600)), REFUSED),
    (5, (300, 200, 200), (Decimal(900), Decimal(600), Decimal(300)), REFUSED),
    (4, (300, 201, 101), (Decimal(900), Decimal("600.02"), Decimal("300.02")), PASSED),
    # Items 6 to 8 need three quarters, the border included, by both counts.
    (8, (300, 200, 150), (Decimal(900), Decimal(600), Decimal(450)), PASSED),
    (8, (300, 200, 149), (Decimal(900), Decimal(600), Decimal(600)), REFUSED),
    (7, (300, 200, 200), (Decimal(900), Decimal(600), Decimal("449.99")), REFUSED),
    (6, (300, 201, 150), (Decimal(900), Decimal(600), Decimal(600)), REFUSED),
    (6, (300, 201, 151), (Decimal(900), Decimal(600), Decimal(450)), PASSED),
    # The items beside them do not.
    (9, (300, 200, 101), (Decimal(900), Decimal(600), Decimal(301)), PASSED),
    (5, (300, 200, 149), (Decimal(900), Decimal(600), Decimal(449)), PASSED),
    (5, (300, 0, 0), (Decimal(900), Decimal(0), Decimal(0)), TOO_FEW),
]


@pytest.mark.parametrize(("item", "persons", "area", "expected"), BORDERS)
def test_the_thresholds_at_their_borders(item, persons, area, expected):
    assert result_of(item, Count(*persons), Count(*area)) == expected


counts = st.tuples(*[st.integers(0, 2000)] * 3).map(sorted).map(lambda n: Count(n[2], n[1], n[0]))


@given(item=st.integers(1, 9), persons=counts, area=counts)
def test_it_counts_as_fractions_do(item, persons, area):
    both = (persons, area)
    enough = all(count.took_part >= Fraction(2, 3) * count.total for count in both)
    if item in {6, 7, 8}:
        agreed = all(count.in_favour >= Fraction(3, 4) * count.took_part for count in both)
    else:
        agreed = all(count.in_favour > Fraction(1, 2) * count.took_part for count in both)

    assert result_of(item, *both) == (TOO_FEW if not enough else PASSED if agreed else REFUSED)


@pytest.mark.parametrize(
    ("count", "possible"),
    [
        ((100, 100, 100), True),
        ((100, 101, 0), False),
        ((100, 50, 51), False),
        ((100, 50, -1), False),
        ((Decimal("100.00"), Decimal("100.01"), Decimal(0)), False),
    ],
)
def test_no_more_votes_than_owners(count, possible):
    assert Count(*count).is_possible is possible
