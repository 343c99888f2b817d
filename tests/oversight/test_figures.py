"""What a figure is, how several are put together, and what they call for."""

import pytest
from django.utils.translation import override

from compounds.oversight import alarms
from compounds.oversight.figures import FIGURES, Alarm, Figure, Good, Kind, Over, Value, register
from compounds.oversight.models import State

ASKED_FOR = (
    "households assigned in_touch visits open open_visit open_propose open_meet open_handle open_evaluate "
    "open_referred overdue unowned opened_month closed_month opened closed days_visit days_propose days_meet "
    "days_handle days_evaluate inside reported reopened promises_kept_property_company promises_late_property_company "
    "promises_open_property_company meetings attendance satisfaction ratings editions"
).split()


def figure(kind=Kind.COUNT, good=Good.DOWN, **more):
    return Figure(key="x", name="X", definition="…", kind=kind, good=good, over=Over.NOW, unit="", **more)


def test_everything_that_the_district_asks_for_is_registered():
    assert set(ASKED_FOR) <= set(FIGURES)


@pytest.mark.parametrize("key", sorted(FIGURES))
def test_every_figure_says_in_both_languages_what_it_counts(key):

    texts = {}
    for language in ("zh-hans", "en"):
        with override(language):
            texts[language] = (str(FIGURES[key].name), str(FIGURES[key].definition))

    assert all(len(definition) > 8 for _name, definition in texts.values())
    assert texts["zh-hans"] != texts["en"], "translated"


def test_a_key_is_given_once():
    with pytest.raises(ValueError, match="households"):
        register(FIGURES["households"], count=lambda on: {})


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (Kind.COUNT, [Value(3), Value(4), None], 7),
        (Kind.PERCENT, [Value(1, 2), Value(0, 8)], 10.0),
        (Kind.PERCENT, [Value(0, 0)], None),
        (Kind.MEAN, [Value(10, 2), Value(3, 1)], 13 / 3),
        (Kind.MEDIAN, [Value(2.0, 5), Value(9.0, 1), Value(0.0, 0)], 5.5),
        (Kind.MEDIAN, [Value(0.0, 0)], None),
        (Kind.COUNT, [None], None),
    ],
)
def test_several_compounds_together(kind, values, expected):
    one = figure(kind)

    assert one.number(one.together(values)) == expected


@pytest.mark.parametrize(
    ("kind", "value", "small"),
    [
        (Kind.COUNT, Value(0), False),
        (Kind.PERCENT, Value(1, 4), True),
        (Kind.PERCENT, Value(1, 5), False),
        (Kind.MEAN, None, True),
    ],
)
def test_a_small_sample_is_known(kind, value, small):
    assert figure(kind).is_small(value) is small


@pytest.mark.parametrize(
    ("good", "number", "state"),
    [
        (Good.DOWN, 9, State.FINE),
        (Good.DOWN, 10, State.WATCH),
        (Good.DOWN, 25, State.ACT),
        (Good.UP, 26, State.FINE),
        (Good.UP, 25, State.WATCH),
        (Good.UP, 10, State.ACT),
    ],
)
def test_an_alarm_goes_off_at_its_border(good, number, state):
    borders = Alarm(watch=10, act=25) if good == Good.DOWN else Alarm(watch=25, act=10)

    assert alarms.level(figure(good=good, alarm=borders), Value(number)) == state


def test_a_share_of_too_few_cases_raises_no_alarm():
    share = figure(Kind.PERCENT, alarm=Alarm(watch=10, act=25))

    assert alarms.level(share, Value(4, 4)) == State.FINE
    assert alarms.level(share, Value(5, 5)) == State.ACT


def test_late_reporting_ranks_above_every_other_alarm():
    many = alarms.judge({"overdue_percent": Value(9, 10), "unowned": Value(9), "inside": Value(0, 9)})
    late = alarms.judge({"reported_late": Value(1)})

    assert late.state == many.state == State.ACT
    assert late.alarms == ["reported_late"]
    assert late.rank > many.rank


def test_nothing_counted_calls_for_nothing():
    assert alarms.judge({}).state == State.FINE
