"""The fair mean: exact, checkable with a pencil, and giving nothing away."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import fair_mean
from consultation.fair_mean import FEWEST, PRIOR_WEIGHT, Sum, places, printed

ENOUGH = st.lists(st.integers(1, 5), min_size=FEWEST, max_size=60)
sums = st.dictionaries(st.integers(0, 30), st.lists(st.integers(1, 5), max_size=60).map(lambda v: Sum(len(v), sum(v))))


def test_the_example_of_the_poster_is_calculated_by_hand():
    # (5 × 4.20 + 38) ÷ (5 + 8) = 59 ÷ 13 = 4.538…
    assert fair_mean.example(Decimal("4.20")).fair_mean == Decimal("4.54")


@pytest.mark.parametrize(
    ("value", "shown"),
    [((1, 200), "0.01"), ((9, 2), "4.50"), ((4005, 1000), "4.01"), ((4004, 1000), "4.00"), ((5, 1), "5.00")],
)
def test_halves_are_rounded_up(value, shown):
    assert str(printed(Fraction(*value))) == shown


def test_few_perfect_scores_do_not_beat_many_very_good_ones():
    of = {"known to few": Sum(5, 25), "known to many": Sum(50, 245), "others": Sum(100, 380)}

    found = places(of)

    assert Fraction(25, 5) > Fraction(245, 50)
    assert [found[key].place for key in of] == [2, 1, 3]


def test_equal_as_printed_is_equal():
    found = places({"a": Sum(40, 180), "b": Sum(40, 180), "c": Sum(40, 120)})

    assert [found[key].place for key in "abc"] == [1, 1, 3]


def test_fewer_than_five_scores_give_no_result_and_do_not_move_the_mean_of_all():
    with_few = {"a": Sum(10, 40), "b": Sum(FEWEST - 1, 20)}

    assert places(with_few).keys() == {"a"}
    assert fair_mean.overall(with_few) == fair_mean.overall({"a": Sum(10, 40)}) == Decimal("4.00")


def test_where_nobody_has_enough_there_is_nothing():
    assert fair_mean.overall({"a": Sum(4, 20)}) is None
    assert places({"a": Sum(4, 20)}) == {}


@given(sums)
def test_whoever_has_a_result_has_a_place_and_stays_within_the_scale(of):
    found = places(of)

    assert found.keys() == {key for key, one in of.items() if one.scores >= FEWEST}
    assert all(Decimal(1) <= place.fair_mean <= Decimal(5) for place in found.values())
    assert all(1 <= place.place <= len(found) for place in found.values())
    assert not found or min(place.place for place in found.values()) == 1


@given(sums)
def test_a_better_fair_mean_is_a_better_place(of):
    found = list(places(of).values())

    assert all((a.fair_mean > b.fair_mean) == (a.place < b.place) for a in found for b in found)


@given(ENOUGH, st.decimals(Decimal(1), Decimal(5), places=2))
def test_the_fair_mean_lies_between_ones_own_and_all(values, mean_of_all):
    own = Sum(len(values), sum(values))
    low, high = sorted([own.mean, Fraction(mean_of_all)])

    fair = fair_mean.fair_mean(own, mean_of_all)

    assert printed(low) <= fair <= printed(high)


@given(ENOUGH, st.decimals(Decimal(1), Decimal(5), places=2))
def test_more_of_the_same_scores_draw_it_to_ones_own(values, mean_of_all):
    once, twice = Sum(len(values), sum(values)), Sum(2 * len(values), 2 * sum(values))

    def away(one):
        exact = (PRIOR_WEIGHT * Fraction(mean_of_all) + one.total) / (PRIOR_WEIGHT + one.scores)
        return abs(exact - once.mean)

    assert away(twice) <= away(once)
