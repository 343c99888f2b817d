"""A round from its first night to the award: each step once, whatever messages, clocks and objections do."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import override_settings

from compounds.jobs import nightly, runs
from compounds.jobs.kinds import look_up
from compounds.jobs.models import Run, RunState
from compounds.organisation.models import Person, Post, PostKind
from compounds.oversight.figures import SOURCES, Value
from consultation.errors import NothingPosted, ObjectionAnswered, SameNumbers, TalliesUnreadable
from consultation.models import (
    Award,
    PaperSheet,
    RoundState,
    Scorer,
    ScoringRound,
    ScoringSubject,
    Tally,
)
from consultation.services import scoring, scoring_life, scoring_paper, scoring_results
from consultation.services.scoring_life import turn
from consultation.standings import own, standings, winners
from notices import objections
from notices.models import ObjectionChannel, Posting, PostingKind
from tests.consultation.handling import secretary
from tests.consultation.scoring import CLOSES, OPENS, day_after, met, noon, opened, score
from tests.factories import EntranceFactory, PersonFactory

pytestmark = pytest.mark.django_db
LONG = 60


@pytest.fixture
def row(north) -> ScoringRound:
    """Open, with six sheets: 议事员0 got 5s, 议事员1 4s, 议事员2 four scores only."""
    made = opened(scorers=8)
    for n, scorer in enumerate(made.scorers.all()[:6]):
        given = {"议事员0": 5, "议事员1": 4, "议事员2": 5 if n < 4 else 0}
        by_name = {str(one): one.pk for one in scoring.subjects_for(scorer)}
        kinds = {one.kind: one.pk for one in scoring.subjects_for(scorer)}
        sheet = dict.fromkeys(by_name.values(), 0) | {by_name[k]: v for k, v in given.items() if k in by_name}
        sheet[kinds["procedure"]], sheet[kinds["feedback"]] = 4, 3 if n else 0
        scoring.submit(scorer, sheet, today=OPENS)
    return made


def through(first: date, last: date) -> None:
    """Every night from one day to another, at its own time."""
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        with time_machine.travel(noon(day), tick=False):
            turn(day)


def again(row: ScoringRound) -> ScoringRound:
    return ScoringRound.objects.get(pk=row.pk)


def posted(row: ScoringRound) -> ScoringRound:
    turn(CLOSES)
    return again(row)


def objected(row: ScoringRound, on: date):
    return objections.receive(row.posting, channel=ObjectionChannel.BOARD, text="票数不对", name="", today=on, by=None)[
        0
    ]


# --- Freezing --------------------------------------------------------------------------------------------------------


def test_it_is_counted_in_the_night_after_the_last_day(row):
    assert not scoring_life.freeze(row, today=row.closes_on)
    assert scoring_life.freeze(row, today=CLOSES)

    found = {str(one): one for one in ScoringSubject.objects.all()}
    first, second, few = (found[f"议事员{n}"] for n in range(3))
    assert (again(row).sheets, again(row).mean_of_all) == (6, Decimal("4.50"))
    assert (first.scores, first.total, first.place) == (6, 30, 1)
    # (5 × 4.50 + 30) ÷ 11 = 4.77; (5 × 4.50 + 24) ÷ 11 = 4.23
    assert (first.fair_mean, second.fair_mean) == (Decimal("4.77"), Decimal("4.23"))
    assert (few.scores, few.abstained, few.total, few.fair_mean, few.place) == (4, 2, None, None, None)


def test_it_waits_two_working_days_for_paper_that_was_taken(row):
    scoring_paper.take(row.scorers.filter(scored=False).first(), today=OPENS)

    assert not scoring_life.freeze(row, today=CLOSES)
    assert not scoring_life.freeze(row, today=row.keying_until)
    assert scoring_life.freeze(row, today=day_after(row.keying_until))


def test_it_does_not_wait_where_all_paper_is_counted(row):
    scoring_paper.take(row.scorers.filter(scored=False).first(), today=OPENS)
    (code,) = scoring_paper.print_pile(row, 1, today=OPENS)
    sheet = scoring_paper.find(row, code)
    for name in ("甲", "乙"):
        whole = dict.fromkeys(row.subjects.values_list("pk", flat=True), 3)
        scoring_paper.key(sheet, whole, today=OPENS, by=PersonFactory(name=name))

    assert scoring_life.freeze(row, today=CLOSES)
    assert again(row).sheets == 7


def test_what_was_keyed_in_once_only_goes_with_the_freezing(row):
    (code,) = scoring_paper.print_pile(row, 1, today=OPENS)
    whole = dict.fromkeys(row.subjects.values_list("pk", flat=True), 3)
    scoring_paper.key(scoring_paper.find(row, code), whole, today=OPENS, by=secretary())

    scoring_life.freeze(row, today=CLOSES)

    assert not PaperSheet.objects.exists()
    assert again(row).sheets == 6


@pytest.mark.parametrize(
    "change",
    [
        lambda row: ScoringSubject.objects.update(scores=99),
        lambda row: ScoringSubject.objects.all().delete(),
        lambda row: Tally.objects.update(sealed=1),
        lambda row: Tally.objects.all().delete(),
        lambda row: Scorer.objects.update(scored=True),
        lambda row: ScoringRound.objects.update(sheets=99),
        lambda row: ScoringRound.objects.update(mean_of_all=1),
        lambda row: ScoringRound.objects.update(closes_on=date(2026, 5, 1)),
        lambda row: ScoringRound.objects.update(state=RoundState.OPEN, frozen_at=None, sheets=None),
        lambda row: row.subjects.create(kind="deliberator", person=secretary(), position=99),
        lambda row: row.scorers.create(person=PersonFactory(), post=PostKind.PARTY_MEMBER),
    ],
)
def test_frozen_numbers_never_change(row, change):
    scoring_life.freeze(row, today=CLOSES)

    with pytest.raises(DatabaseError), transaction.atomic():
        change(row)


def test_who_has_scored_stays_so_while_it_is_open(row):
    with pytest.raises(DatabaseError), transaction.atomic():
        Scorer.objects.filter(scored=True).update(scored=False)


# --- Posting ---------------------------------------------------------------------------------------------------------


def test_the_result_hangs_with_its_places_names_the_winner_and_nobody_else(row):
    EntranceFactory()

    row = posted(row)

    assert (row.state, row.posting.kind) == (RoundState.POSTED, PostingKind.SCORING)
    assert (row.posting.starts_on, row.posting.ends_on) == (CLOSES, date(2026, 4, 24))
    assert row.posting.places.count() == 3
    assert "议事员0" in row.posting.text
    assert "议事员1" not in row.posting.text
    assert "议事员2" not in row.posting.text
    assert row.posting.posted_by == secretary()


def test_the_posting_shows_averages_method_and_example_in_chinese(row):
    text = posted(row).posting.text

    for part in ("4.77", "6 人打分", "应打分 8 人", "4.00", "3.00", "5×4.50+38", "=60.50÷13=4.65"):
        assert part.replace(" ", "") in text.replace(" ", "")
    assert "fair mean" not in text
    assert len(text) <= 2000


def test_everybody_has_their_own_result_and_nobody_elses(row):
    found = standings(posted(row))
    person = Person.objects.get(name="议事员1")

    assert own(found, person).fair_mean == Decimal("4.23")
    assert own(found, secretary()) is None
    assert own(found, None) is None


@pytest.mark.parametrize(
    ("serving", "signs"),
    [
        ([PostKind.BRANCH_SECRETARY, PostKind.GENERAL_SECRETARY], PostKind.BRANCH_SECRETARY),
        ([PostKind.BRANCH_COMMITTEE, PostKind.GENERAL_SECRETARY], PostKind.BRANCH_COMMITTEE),
        ([PostKind.GENERAL_SECRETARY], PostKind.GENERAL_SECRETARY),
    ],
)
def test_somebody_who_serves_signs_the_posting(row, serving, signs):
    Post.objects.filter(kind=PostKind.BRANCH_SECRETARY).update(ends_on=OPENS)
    unit = Post.objects.get(kind=PostKind.BRANCH_SECRETARY).unit
    for kind in serving:
        Post.objects.create(person=PersonFactory(), unit=unit, kind=kind, starts_on=day_after(OPENS))

    row = posted(row)

    assert row.posting.posted_by.posts.get().kind == signs


def test_without_anybody_to_sign_it_stays_counted_until_somebody_serves(row):
    Post.objects.filter(kind=PostKind.BRANCH_SECRETARY).update(ends_on=OPENS)
    assert posted(row).state == RoundState.FROZEN

    Post.objects.filter(kind=PostKind.BRANCH_SECRETARY).update(ends_on=None)
    turn(day_after(CLOSES, 2))

    assert again(row).state == RoundState.POSTED


# --- The award -------------------------------------------------------------------------------------------------------


def test_the_award_is_given_when_the_posting_has_hung_to_its_end(row):
    row = posted(row)
    turn(row.posting.ends_on)
    assert not Award.objects.exists()

    turn(day_after(row.posting.ends_on))

    award = Award.objects.get()
    assert (award.person.name, award.fair_mean, award.scores) == ("议事员0", Decimal("4.77"), 6)
    assert again(row).state == RoundState.AWARDED


def test_equal_ones_share_it(north):
    row = opened(scorers=6)
    score(row, [5, 4, 5, 4, 5])

    through(CLOSES, day_after(CLOSES, LONG))

    assert {award.person.name for award in Award.objects.all()} == {"议事员0", "议事员1", "议事员2"}


def test_with_too_few_scores_the_round_ends_without_an_award(north):
    row = opened(scorers=6)
    score(row, [5, 4, 5, 4])

    through(CLOSES, day_after(CLOSES, LONG))

    assert again(row).state == RoundState.AWARDED
    assert not Award.objects.exists()
    assert again(row).mean_of_all is None


def test_with_nobody_scoring_it_ends_too(north):
    row = opened()

    through(CLOSES, day_after(CLOSES, LONG))

    assert (again(row).state, again(row).sheets) == (RoundState.AWARDED, 0)


def test_awards_never_change(row):
    through(CLOSES, day_after(CLOSES, 14))

    with pytest.raises(DatabaseError), transaction.atomic():
        Award.objects.update(scores=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Award.objects.all().delete()


# --- Objections and corrections --------------------------------------------------------------------------------------


def test_an_objection_that_waits_holds_the_award_back(row):
    row = posted(row)
    objection = objected(row, CLOSES)
    turn(day_after(row.posting.ends_on))
    assert again(row).state == RoundState.POSTED

    scoring_results.dismiss(objection, answer="核对过纸质表，无误。", by=secretary())
    turn(day_after(row.posting.ends_on, 2))

    assert again(row).state == RoundState.AWARDED


def test_one_that_was_upheld_waits_for_a_signed_correction_which_hangs_anew(row):
    row = posted(row)
    objection = scoring_results.uphold(objected(row, CLOSES), answer="录入有误。", by=secretary())
    turn(day_after(row.posting.ends_on, 5))
    assert again(row).state == RoundState.POSTED
    result = ScoringSubject.objects.get(person__name="议事员1")
    later = day_after(row.posting.ends_on, 6)

    correction = scoring_results.correct(
        row, reason="纸质表重新清点", subject=result, scores=7, total=35, today=later, by=secretary()
    )

    assert (correction.objection, correction.by) == (objection, secretary())
    assert "纸质表重新清点" in correction.posting.text
    # 议事员0: (5 × 5.00 + 30) ÷ 11, 议事员1: (5 × 5.00 + 35) ÷ 12: both 5.00.
    assert [one.name for one in winners(standings(again(row)))] == ["议事员0", "议事员1"]
    assert ScoringSubject.objects.get(pk=result.pk).scores == 6, "what was frozen stands beside it"
    turn(correction.posting.ends_on)
    assert again(row).state == RoundState.POSTED
    turn(day_after(correction.posting.ends_on))
    assert Award.objects.count() == 2


def test_an_objection_to_the_corrected_posting_counts_too(row):
    row = posted(row)
    correction = scoring_results.correct(row, reason="姓名写错", today=CLOSES, by=secretary())
    objections.receive(correction.posting, channel="board", text="还不对", name="", today=CLOSES, by=None)

    turn(day_after(correction.posting.ends_on))

    assert again(row).state == RoundState.POSTED


def test_a_correction_changes_something(row):
    row = posted(row)
    result = ScoringSubject.objects.get(person__name="议事员1")

    with pytest.raises(SameNumbers):
        scoring_results.correct(row, reason="x", subject=result, scores=6, total=24, today=CLOSES, by=secretary())


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.AWARDED])
def test_only_what_hangs_is_corrected(row, state):
    if state == RoundState.AWARDED:
        through(CLOSES, day_after(CLOSES, 14))

    with pytest.raises(NothingPosted):
        scoring_results.correct(row, reason="x", today=CLOSES, by=secretary())


def test_an_objection_is_answered_once(row):
    objection = objected(posted(row), CLOSES)
    scoring_results.dismiss(objection, answer="无误", by=secretary())

    with pytest.raises(ObjectionAnswered):
        scoring_results.uphold(objection, answer="有误", by=secretary())


# --- Nights ----------------------------------------------------------------------------------------------------------


def test_a_quarter_goes_through_by_its_nights_alone(north):
    sat = [PersonFactory(name=f"议事员{n}") for n in range(3)]
    met(*sat)
    for _ in range(6):
        PersonFactory(posts=[PostKind.PARTY_MEMBER])

    through(day_after(OPENS, -3), OPENS)
    score(ScoringRound.objects.get(), [5, 5, 4, 4, 3])
    through(day_after(OPENS), day_after(CLOSES, 14))

    row = ScoringRound.objects.get()
    assert (row.state, row.opened_on) == (RoundState.AWARDED, OPENS)
    assert Posting.objects.filter(kind=PostingKind.SCORING).count() == 1
    assert Award.objects.count() == 3


@pytest.mark.parametrize("times", [2, 5])
def test_a_message_that_comes_again_changes_nothing(row, times):
    for day in (CLOSES, day_after(CLOSES, 12)):
        for _ in range(times):
            turn(day)

    assert Posting.objects.filter(kind=PostingKind.SCORING).count() == 1
    assert Award.objects.count() == 1


def test_nights_that_were_missed_are_made_up_for(row):
    turn(day_after(CLOSES, 40))
    assert again(row).state == RoundState.POSTED

    turn(day_after(CLOSES, 80))

    assert again(row).state == RoundState.AWARDED


def test_a_clock_that_is_set_back_changes_nothing(row):
    through(CLOSES, day_after(CLOSES, 14))
    before = list(ScoringRound.objects.values()), list(Award.objects.values())

    for day in (OPENS, date(2026, 1, 5), date(2025, 6, 1)):
        turn(day)

    assert (list(ScoringRound.objects.values()), list(Award.objects.values())) == before


def test_a_round_sealed_with_a_lost_key_holds_no_later_one_up(row):
    met(*[PersonFactory(name=f"后来{n}") for n in range(2)], on=date(2026, 6, 10))
    opens, closes = date(2026, 7, 1), date(2026, 7, 16)
    with override_settings(SECRET_KEY="another key", SECRET_KEY_FALLBACKS=[]):
        for day in (CLOSES, opens):
            with pytest.raises(TalliesUnreadable):
                turn(day)
        score(ScoringRound.objects.get(quarter=2), [4, 5, 4, 5, 4], today=opens)
        with pytest.raises(TalliesUnreadable):
            turn(closes)

    assert (again(row).state, ScoringRound.objects.get(quarter=2).state) == (RoundState.OPEN, RoundState.POSTED)
    turn(closes)
    assert again(row).state == RoundState.POSTED, "the earlier key is there again"


def test_it_is_a_run_of_every_night(north):
    assert str(look_up("scoring").title)

    with time_machine.travel(noon(OPENS), tick=False):
        nightly.catch_up(noon(OPENS))

    assert Run.objects.filter(kind="scoring", period=OPENS.isoformat(), state=RunState.QUEUED).count() >= 3
    assert runs.fan_out("scoring", OPENS.isoformat()) == 0


# --- Figures ---------------------------------------------------------------------------------------------------------


def test_the_district_sees_how_many_took_part_and_the_two_means(row):
    count = next(source.count for source in SOURCES if any(f.key == "scoring_participation" for f in source.figures))
    assert count(CLOSES)["scoring_participation"] == Value(0, 0)

    with time_machine.travel(noon(CLOSES), tick=False):
        turn(CLOSES)

    assert count(CLOSES) == {
        "scoring_participation": Value(6, 8),
        "scoring_procedure": Value(24, 6),
        "scoring_feedback": Value(15, 5),
    }
    assert count(CLOSES + timedelta(days=90))["scoring_participation"] == Value(0, 0)
