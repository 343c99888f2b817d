"""Many at once: thirty scorers lose no count, one sheet counts once, one night's work is done once."""

from datetime import timedelta

import pytest

from compounds.registry.context import compound_context
from consultation.errors import MorePaperThanTaken, PaperCountedAlready, ScoredAlready
from consultation.fair_mean import Sum
from consultation.models import Award, Scorer, ScoringRound, ScoringSubject, Tally
from consultation.services import scoring, scoring_life, scoring_paper, scoring_tallies
from consultation.services.scoring_paper import Keyed
from notices.models import Posting, PostingKind
from tests.committing import YARD, at_once
from tests.consultation.scoring import CLOSES, OPENS, QUARTER, lines, met, opened
from tests.factories import PersonFactory

SCORERS = 30


@pytest.fixture
def row(committing) -> ScoringRound:
    with compound_context(YARD):
        return opened(scorers=SCORERS, deliberators=3)


def test_thirty_scorers_at_once_lose_no_count(row):
    with compound_context(YARD):
        keys = list(row.scorers.values_list("pk", flat=True))

    def give(n):
        with compound_context(YARD):
            scorer = Scorer.objects.select_related("round").get(pk=keys[n])
            scoring.submit(scorer, lines(scorer, n % 6), today=OPENS)

    assert at_once(SCORERS, give) == [None] * SCORERS

    with compound_context(YARD):
        counts = scoring_tallies.read(ScoringRound.objects.get())
        assert {counts[tally.subject_id, tally.value] for tally in Tally.objects.all()} == {SCORERS // 6}
        assert Scorer.objects.filter(scored=True).count() == SCORERS


def test_one_scorer_who_sends_eight_times_at_once_counts_once(row):
    with compound_context(YARD):
        key = row.scorers.values_list("pk", flat=True)[0]

    def give(n):
        with compound_context(YARD):
            scorer = Scorer.objects.select_related("round").get(pk=key)
            scoring.submit(scorer, lines(scorer, 5), today=OPENS)

    results = at_once(8, give)

    assert results.count(None) == 1
    assert sum(isinstance(result, ScoredAlready) for result in results) == 7
    with compound_context(YARD):
        sums = scoring_tallies.sums(scoring_tallies.read(ScoringRound.objects.get()))
        assert set(sums.values()) == {Sum(1, 5)}


def test_a_sheet_keyed_in_by_six_at_once_counts_once(row):
    with compound_context(YARD):
        scoring_paper.take(row.scorers.select_related("round")[0], today=OPENS)
        (code,) = scoring_paper.print_pile(row, 1, today=OPENS)
        people = [PersonFactory(name=f"录入{n}") for n in range(6)]
        whole = dict.fromkeys(row.subjects.values_list("pk", flat=True), 4)

    def key(n):
        with compound_context(YARD):
            return scoring_paper.key(scoring_paper.find(row, code), whole, today=OPENS, by=people[n])

    results = at_once(6, key)

    assert results.count(Keyed.WAITS) == 1
    assert results.count(Keyed.COUNTED) == 1
    assert sum(isinstance(result, PaperCountedAlready) for result in results) == 4


def test_two_sheets_at_once_for_one_that_was_taken(row):
    with compound_context(YARD):
        scoring_paper.take(row.scorers.select_related("round")[0], today=OPENS)
        codes = scoring_paper.print_pile(row, 2, today=OPENS)
        people = [PersonFactory(name=f"录入{n}") for n in range(2)]
        whole = dict.fromkeys(row.subjects.values_list("pk", flat=True), 4)
        for code in codes:
            scoring_paper.key(scoring_paper.find(row, code), whole, today=OPENS, by=people[0])

    def key(n):
        with compound_context(YARD):
            return scoring_paper.key(scoring_paper.find(row, codes[n]), whole, today=OPENS, by=people[1])

    results = at_once(2, key)

    assert results.count(Keyed.COUNTED) == 1
    assert sum(isinstance(result, MorePaperThanTaken) for result in results) == 1


def test_taking_paper_and_scoring_on_screen_at_once_is_one_of_the_two(row):
    with compound_context(YARD):
        key = row.scorers.values_list("pk", flat=True)[0]

    def either(n):
        with compound_context(YARD):
            scorer = Scorer.objects.select_related("round").get(pk=key)
            if n:
                scoring.submit(scorer, lines(scorer, 5), today=OPENS)
            else:
                scoring_paper.take(scorer, today=OPENS)

    assert at_once(2, either).count(None) == 1

    with compound_context(YARD):
        scorer = Scorer.objects.get(pk=key)
        assert scorer.scored != scorer.took_paper


def test_a_night_that_runs_six_times_at_once_does_its_work_once(committing):
    with compound_context(YARD):
        met(*[PersonFactory(name=f"议事员{n}") for n in range(3)])
        for n in range(6):
            PersonFactory(name=f"打分人{n}", posts=["residents_rep"])

    def night(day):
        def run(n):
            with compound_context(YARD):
                scoring_life.turn(day)

        assert at_once(6, run) == [None] * 6

    night(OPENS)
    with compound_context(YARD):
        row = ScoringRound.objects.get(year=QUARTER.year, quarter=QUARTER.number)
        assert row.scorers.count() == 6
        for scorer in row.scorers.select_related("round"):
            scoring.submit(scorer, lines(scorer, 4), today=OPENS)
    night(CLOSES)
    night(CLOSES + timedelta(days=20))

    with compound_context(YARD):
        assert ScoringSubject.objects.counted().count() == 5
        assert Posting.objects.filter(kind=PostingKind.SCORING).count() == 1
        assert Award.objects.count() == 3
