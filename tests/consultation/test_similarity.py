"""Which matters sound alike: measured on sixty labelled pairs, and the calculation itself."""

import pytest

from consultation.similarity import Text, likeness, pieces, ranked
from tests.consultation.similar_pairs import PAIRS

FIRST = 5


# All sixty are candidates for each: harder than the product, which looks at those of one category and building.
CANDIDATES = [(n, Text(there)) for n, (_category, there, _said) in enumerate(PAIRS)]


def recall(most: int) -> float:
    found = [n in ranked(Text(said), CANDIDATES, most=most) for n, (_category, _there, said) in enumerate(PAIRS)]
    return sum(found) / len(PAIRS)


def test_there_are_sixty_pairs_of_their_own_words():
    assert len(PAIRS) == 60
    assert all(there != said for _category, there, said in PAIRS)
    assert len({there for _category, there, _said in PAIRS}) == 60


def test_the_right_one_is_among_the_first_five_at_least_eight_times_in_ten():
    assert recall(FIRST) >= 0.8


def test_it_is_mostly_the_very_first():
    assert recall(1) >= 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [("电梯夜里异响", "3栋电梯晚上有异响"), ("车库渗水", "车库漏水"), ("电瓶车在楼道充电", "楼道里给电动车充电")],
)
def test_words_that_mean_the_same_are_the_same(one, other):
    assert likeness(one, other) >= 0.75


def test_what_has_nothing_in_common_is_not_alike():
    assert likeness("电梯夜里异响", "草坪枯死一片") == 0


@pytest.mark.parametrize("empty", ["", "   ", "，。", "3栋2单元"])
def test_nothing_said_is_like_nothing(empty):
    assert likeness(empty, "电梯异响") == 0


def test_it_does_not_matter_which_of_two_comes_first():
    for _category, there, said in PAIRS:
        assert likeness(there, said) == likeness(said, there)


def test_a_short_text_inside_a_long_one_is_found_whole():
    assert likeness("围栏锈断", "东门往南那一段围栏锈断了好几根，大人侧着身子就能钻进来") == 1


def test_one_character_is_a_piece():
    assert pieces("门") == {"门"}
