"""Days, times, numbers and counted things, as each language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import ngettext

from compounds.kernel.words import listed, moment

DAY, AT = date(2026, 11, 26), datetime(2026, 11, 26, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "short", "said"),
    [
        ("en", "26 Nov 2026", "26 Nov", "Thursday 26 Nov 2026, 19:30"),
        ("zh-hans", "2026年11月26日", "11月26日", "2026年11月26日 星期四 19:30"),
    ],
)
def test_days_and_moments(language, day, short, said):
    with translation.override(language):
        assert date_format(DAY) == day
        assert date_format(DAY, "MONTH_DAY_FORMAT") == short
        assert moment(AT) == said


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_numbers_are_grouped_by_thousands_and_never_by_ten_thousands(language):
    with translation.override(language):
        assert number_format(1234567.5, 1, force_grouping=True) == "1,234,567.5"


@pytest.mark.parametrize(
    ("language", "one", "many"), [("en", "1 day late", "2 days late"), ("zh-hans", "逾期1天", "逾期2天")]
)
def test_counted_things(language, one, many):
    with translation.override(language):
        said = [ngettext("%(days)s day late", "%(days)s days late", n) % {"days": n} for n in (1, 2)]

    assert said == [one, many]


@pytest.mark.parametrize(("language", "line"), [("en", "王芳, 李强"), ("zh-hans", "王芳、李强")])
def test_names_in_a_line(language, line):
    with translation.override(language):
        assert listed(["王芳", "李强"]) == line
