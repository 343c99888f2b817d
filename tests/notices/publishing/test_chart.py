"""A chart out of typed lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compounds.oversight.charts.bars import WIDTH
from notices.publishing import chart


def test_lines_become_bars_below_their_headings_as_long_as_their_figures():
    drawn = chart.read("按案件数\n刷单返利 34.62%\n冒充客服：17.31 %\n\n按金额\nA B 35.37%")

    first, second = drawn.groups
    assert [group.heading for group in drawn.groups] == ["按案件数", "按金额"]
    assert [(row.label, row.figure, first.length(row.bars[0][0])) for row in first.rows] == [
        ("刷单返利", "34.62%", 320),
        ("冒充客服", "17.31%", 160),
    ]
    assert [row.label for row in second.rows] == ["A B"]
    assert drawn.svg.count('class="b0"') == 3


def test_without_lines_there_is_none():
    assert chart.read("") is None
    assert chart.read("  \n ") is None


def test_nought_is_drawn_as_nothing():
    [group] = chart.read("甲 0\n乙 0").groups

    assert [group.length(row.bars[0][0]) for row in group.rows] == [0, 0]


@pytest.mark.parametrize("text", ["标题", "甲 1\n标题", "标题\n标题二\n甲 1", "甲 12345678901234567890"])
def test_what_is_no_chart_is_refused(text):
    with pytest.raises(chart.Unreadable):
        chart.read(text)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_drawn_or_refused(text):
    try:
        drawn = chart.read(text)
    except chart.Unreadable:
        return
    for group in drawn.groups if drawn else []:
        assert group.rows
        assert all(0 <= group.length(row.bars[0][0]) <= WIDTH for row in group.rows)
