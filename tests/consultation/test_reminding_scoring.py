"""Of what people are told about the quarterly scoring: a sheet that waits, a quarter that was skipped."""

import pytest

from consultation.models import RoundState, ScoringRound
from consultation.services import scoring
from consultation.services.scoring_life import turn
from tests.consultation.days import days_of, look_daily, on, told, words
from tests.consultation.handling import secretary
from tests.consultation.scoring import OPENS, QUARTER, lines, opened
from tests.factories import IssueFactory

pytestmark = pytest.mark.usefixtures("north")


def test_who_has_not_scored_is_told_at_first_near_the_end_and_on_the_last_day():
    row = opened(scorers=3)  # until 2026-04-16
    early, on_paper, late = row.scorers.all()

    look_daily("2026-04-01", "2026-04-05")
    with on("2026-04-05 20:00"):
        scoring.submit(early, lines(early), today=OPENS)
        row.scorers.filter(pk=on_paper.pk).update(took_paper=True)
    look_daily("2026-04-06", "2026-04-20")

    assert days_of("scoring_open") == ["04-01", "04-01", "04-01", "04-13", "04-16"]
    by_name = [name for name, _kind in told("scoring_open")]
    assert [by_name.count(str(one.person)) for one in (early, on_paper, late)] == [1, 1, 3]
    assert "quarter 1 of 2026" in words("scoring_open")[0]
    assert "2026年4月16日" in words("scoring_open", "zh-hans")[0]


def test_a_skipped_quarter_is_told_to_the_branch_once_until_it_takes_note():
    by = secretary()
    with on("2026-03-20 12:00"):
        IssueFactory()
    with on("2026-04-01 01:00"):
        turn(OPENS)
    assert ScoringRound.objects.get(year=QUARTER.year, quarter=QUARTER.number).state == RoundState.SKIPPED

    look_daily("2026-04-01", "2026-04-09")

    assert [name for name, _kind in told("scoring_skipped")] == [by.name]
    assert "quarter 1 of 2026" in words("scoring_skipped")[0]
