"""Reading figures of many compounds in SQL gives what ``Figure.together`` gives from whole rows."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from compounds.oversight.charts.lines import top_of
from compounds.oversight.district import counted
from compounds.oversight.district.shown import duration
from compounds.oversight.figures import FIGURES, Kind, Value
from compounds.oversight.models import CompoundFigures
from tests.oversight.district.places import community, compounds
from tests.oversight.district.places import counted as count

FIGURES_HERE = list(FIGURES.values())


def any_value(figure, chance):
    if chance.random() < 0.1:
        return None
    if figure.kind == Kind.COUNT:
        return Value(chance.randint(0, 50))
    whole = chance.choice([0, 1, 7, 30])
    return Value(chance.choice([0.5, 2.0, 3.25]) if figure.kind == Kind.MEDIAN else chance.randint(0, whole), whole)


@pytest.mark.parametrize("seed", range(4))
def test_sums_in_sql_are_those_of_the_figures_themselves(db, seed):
    chance = random.Random(seed)
    rows = compounds(community("大区", "大社区"), 9)
    for compound in rows:
        count(compound, **{figure.key: any_value(figure, chance) for figure in FIGURES_HERE})
    pks, today = [compound.pk for compound in rows], timezone.localdate()
    whole = [row.figures for row in CompoundFigures.objects.all()]

    n, found = counted.together(FIGURES_HERE, pks, by=today)
    each = counted.of_each(FIGURES_HERE, pks, by=today)

    assert n == 9
    for figure in FIGURES_HERE:
        expected = figure.together(values.get(figure.key) for values in whole)
        assert figure.text(found[figure.key]) == figure.text(expected), figure.key
        assert figure.together(values[figure.key] for values in each.values()) == expected


def test_of_no_compounds_nothing_is_known(db):
    assert counted.together(FIGURES_HERE, [], by=date(2026, 1, 1)) == (0, dict.fromkeys(FIGURES))
    assert counted.newest([], by=date(2026, 1, 1)) == {}


def test_the_newest_row_by_a_day_is_read(db):
    [one] = compounds(community("大区", "大社区"), 1)
    today = timezone.localdate()
    for days in (0, 10, 20):
        count(one, day=today - timedelta(days=days), open=Value(days))

    by = today - timedelta(days=5)
    assert counted.newest([one.pk], by=by)[one.pk].day == today - timedelta(days=10)
    assert counted.of_each([FIGURES["open"]], [one.pk], by=by) == {one.pk: {"open": Value(10)}}
    assert counted.of_each([FIGURES["open"]], [one.pk], by=by, since=by) == {}


@pytest.mark.parametrize(
    ("numbers", "percent", "top"),
    [([], False, 4), ([3], False, 4), ([5], False, 8), ([60], False, 80), ([101], False, 200), ([40], True, 100)],
)
def test_a_scale_ends_at_a_round_number(numbers, percent, top):
    assert top_of(numbers, percent=percent) == top


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (59, "59 s"), (119, "119 s"), (125, "2 min"), (7300, "2 h"), (200_000, "2 days")],
)
def test_a_wait_is_told_in_a_fitting_unit(seconds, text):
    with override("en"):
        assert duration(seconds) == text
