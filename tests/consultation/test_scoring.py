"""A round of quarterly scoring: who is drawn, what is scored, one sheet each, and that no sheet is kept."""

from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import override_settings
from django.urls import set_urlconf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compounds.accounts.models import hash_token
from compounds.organisation.models import AuditEntry, Post, PostKind
from compounds.oversight.models import Outbox
from consultation.errors import (
    ScoredAlready,
    ScoringLinkGone,
    ScoringNotOpen,
    SheetIncomplete,
    TalliesUnreadable,
    TookPaper,
)
from consultation.fair_mean import Sum
from consultation.models import (
    Attendance,
    AttendanceKind,
    ConsultationSettings,
    RoundState,
    Scorer,
    ScoringRound,
    SkipReason,
    Tally,
)
from consultation.my_day import waiting_for
from consultation.quarters import Quarter
from consultation.services import scoring, scoring_paper, scoring_tallies
from tests.consultation.handling import secretary
from tests.consultation.scoring import CLOSES, OPENS, QUARTER, lines, met, noon, opened, score
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses():
    """Addresses as they are inside a compound."""
    set_urlconf(django_settings.COMPOUND_URLCONF)
    yield
    set_urlconf(None)


# --- Quarters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "quarter", "first", "last"),
    [
        (date(2026, 1, 1), "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_quarter(day, quarter, first, last):
    found = Quarter.of(day)

    assert (str(found), found.first, found.last) == (quarter, first, last)
    assert Quarter.before(last + timedelta(days=1)) == found


@pytest.mark.parametrize(
    ("quarter", "opens"),
    [
        # New Year's day is a holiday in 2026, and so are the 2nd and the 3rd; Sunday the 4th is worked.
        (Quarter(2025, 4), date(2026, 1, 4)),
        (Quarter(2026, 1), date(2026, 4, 1)),
        # The national holiday of 2025 with the Mid-Autumn feast: 1 to 8 October.
        (Quarter(2025, 3), date(2025, 10, 9)),
    ],
)
def test_scoring_opens_on_the_first_working_day_after_the_quarter(quarter, opens):
    assert quarter.opens_on() == opens


# --- Opening ---------------------------------------------------------------------------------------------------------


def test_scorers_are_those_who_hold_a_scoring_post_on_that_day(north):
    sat = PersonFactory(name="议事员")
    met(sat)
    held = {kind: PersonFactory(posts=[kind]) for kind in PostKind if kind != PostKind.BRANCH_SECRETARY}
    both = PersonFactory(name="双职", posts=[PostKind.PARTY_MEMBER, PostKind.VOLUNTEER_LEADER])
    ended = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    Post.objects.filter(person=ended).update(ends_on=OPENS - timedelta(days=1))
    last_day = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    Post.objects.filter(person=last_day).update(ends_on=OPENS)

    row = scoring.open_round(QUARTER, today=OPENS)

    expected = {held[PostKind.PARTY_MEMBER], held[PostKind.RESIDENTS_REP], held[PostKind.VOLUNTEER_LEADER]}
    assert {scorer.person for scorer in row.scorers.all()} == expected | {both, last_day}
    assert row.scorers.get(person=both).post == PostKind.VOLUNTEER_LEADER


def test_subjects_are_procedure_feedback_and_each_deliberator_who_sat(north):
    sat, elsewhere, invited, cancelled = (PersonFactory(name=name) for name in ("坐了", "上季", "受邀", "取消"))
    met(sat, on=date(2026, 1, 1))
    met(sat, on=date(2026, 3, 31))
    met(elsewhere, on=date(2025, 12, 31))
    Attendance.objects.filter(meeting=met(invited)).update(kind=AttendanceKind.INVITED)
    meeting = met(cancelled)
    meeting.cancelled_at, meeting.cancelled_by, meeting.cancel_reason = noon(OPENS), secretary(), "下雨"
    meeting.save()
    PersonFactory(posts=[PostKind.PARTY_MEMBER])

    row = scoring.open_round(QUARTER, today=OPENS)

    assert [(one.kind, one.person) for one in row.subjects.all()] == [
        ("procedure", None),
        ("feedback", None),
        ("deliberator", sat),
    ]


def test_dates_count_working_days_and_are_what_the_compound_has_set(north):
    ConsultationSettings.objects.update(scoring_days=3, scoring_posting_days=4)

    row = opened()

    # Wednesday the 1st; the 4th to 6th is the Tomb-sweeping feast.
    assert (row.closes_on, row.keying_until, row.posting_days) == (date(2026, 4, 7), date(2026, 4, 9), 4)
    ConsultationSettings.objects.update(scoring_posting_days=9)
    assert ScoringRound.objects.get().posting_days == 4


@pytest.mark.parametrize("today", [date(2026, 3, 31), date(2026, 2, 1)])
def test_it_does_not_open_before_its_day(north, today):
    met(PersonFactory())

    assert scoring.open_round(QUARTER, today=today) is None


def test_it_opens_once_and_never_behind_a_later_one(north):
    row = opened()

    assert scoring.open_round(QUARTER, today=OPENS + timedelta(days=1)) is None
    assert scoring.open_round(Quarter(2025, 4), today=OPENS) is None, "the clock was set back"
    assert list(ScoringRound.objects.all()) == [row]


def test_a_quarter_without_a_meeting_is_skipped_with_a_notice_to_the_branch(north, addresses):
    met(on=date(2025, 12, 1))
    PersonFactory(posts=[PostKind.PARTY_MEMBER])

    row = scoring.open_round(QUARTER, today=OPENS)

    assert (row.state, row.skip_reason) == (RoundState.SKIPPED, SkipReason.NO_MEETING)
    assert not row.scorers.exists()
    notice = [one for one in waiting_for(secretary(), OPENS) if str(row) == one.title]
    assert len(notice) == 1
    scoring.note(row, by=secretary())
    assert not [one for one in waiting_for(secretary(), OPENS) if str(row) == one.title]


def test_a_quarter_with_nobody_to_score_says_so(north):
    met(PersonFactory())

    assert scoring.open_round(QUARTER, today=OPENS).skip_reason == SkipReason.NO_SCORER


def test_a_compound_that_had_not_begun_has_no_round_to_skip(north):
    assert scoring.open_round(QUARTER, today=OPENS) is None
    assert not ScoringRound.objects.exists()


# --- One sheet -------------------------------------------------------------------------------------------------------


def test_a_sheet_is_counted_and_the_scorer_has_scored(north):
    row = opened()
    scorer = row.scorers.first()
    given = lines(scorer, {"议事员0": 5, "议事员1": 2})

    scoring.submit(scorer, given, today=OPENS)

    row.refresh_from_db()
    counts = scoring_tallies.read(row)
    assert {key: number for key, number in counts.items() if number} == dict.fromkeys(given.items(), 1)
    assert row.scorers.get(scored=True) == scorer


def test_a_sheet_leaves_no_audit_entry_and_no_outbox_row(north):
    row = opened()
    before = AuditEntry.objects.count(), Outbox.objects.count()

    score(row, [4, 5, 3])

    assert (AuditEntry.objects.count(), Outbox.objects.count()) == before


def test_nobody_scores_themselves(north):
    own = PersonFactory(name="自己", posts=[PostKind.PARTY_MEMBER])
    met(own, PersonFactory(name="别人"))
    row = scoring.open_round(QUARTER, today=OPENS)
    scorer = row.scorers.get(person=own)
    mine = row.subjects.get(person=own)

    assert mine not in scoring.subjects_for(scorer)
    with pytest.raises(SheetIncomplete):
        scoring.submit(scorer, {**lines(scorer), mine.pk: 5}, today=OPENS)
    scoring.submit(scorer, lines(scorer, 4), today=OPENS)

    row.refresh_from_db()
    sums = scoring_tallies.sums(scoring_tallies.read(row))
    assert (sums[mine.pk], sums[row.subjects.get(person__name="别人").pk]) == (Sum(0, 0), Sum(1, 4))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda given: dict(list(given.items())[1:]),
        lambda given: {**given, max(given) + 99: 4},
        lambda given: dict.fromkeys(given, 6),
        lambda given: dict.fromkeys(given, -1),
        lambda given: {},
    ],
    ids=["a line is missing", "a line too many", "above the scale", "below the scale", "nothing"],
)
def test_a_sheet_that_is_not_whole_changes_nothing(north, spoil):
    row = opened()
    scorer = row.scorers.first()

    with pytest.raises(SheetIncomplete):
        scoring.submit(scorer, spoil(lines(scorer)), today=OPENS)

    assert not row.scorers.filter(scored=True).exists()
    assert not sum(scoring_tallies.read(ScoringRound.objects.get()).values())


def test_everybody_scores_once(north):
    row = opened()
    scorer = row.scorers.first()
    scoring.submit(scorer, lines(scorer), today=OPENS)

    with pytest.raises(ScoredAlready):
        scoring.submit(scorer, lines(scorer, 1), today=OPENS)


def test_whoever_took_paper_does_not_score_on_screen(north):
    scorer = opened().scorers.first()
    scoring_paper.take(scorer, today=OPENS)

    with pytest.raises(TookPaper):
        scoring.submit(scorer, lines(scorer), today=OPENS)


def test_after_the_last_day_nobody_scores_though_the_night_has_not_come(north):
    row = opened()
    scorer = row.scorers.first()

    with pytest.raises(ScoringNotOpen):
        scoring.submit(scorer, lines(scorer), today=row.closes_on + timedelta(days=1))

    scoring.submit(scorer, lines(scorer), today=row.closes_on)


def test_a_post_that_ends_meanwhile_takes_nothing_away(north):
    row = opened()
    scorer = row.scorers.first()
    Post.objects.filter(person=scorer.person).update(ends_on=OPENS)

    scoring.submit(scorer, lines(scorer), today=OPENS + timedelta(days=3))

    assert row.scorers.get(scored=True) == scorer


def test_who_is_still_to_be_reminded(north):
    row = opened(scorers=4)
    first, second, *others = row.scorers.all()
    scoring.submit(first, lines(first), today=OPENS)
    scoring_paper.take(second, today=OPENS)

    assert list(scoring.scorers_to_remind(row)) == others


# --- Tallies ---------------------------------------------------------------------------------------------------------


def test_every_tally_is_rewritten_by_every_sheet(north):
    row = opened()
    scorer = row.scorers.first()
    before = dict(Tally.objects.values_list("pk", "sealed"))

    scoring.submit(scorer, lines(scorer, 0), today=OPENS)

    after = dict(Tally.objects.values_list("pk", "sealed"))
    assert before.keys() == after.keys()
    assert [pk for pk in before if before[pk] == after[pk]] == []


def test_no_kept_number_is_a_count(north):
    row = opened()

    score(row, [5, 5, 5, 5, 5])

    assert all(tally.sealed > 1_000_000 for tally in Tally.objects.all())


def test_with_another_key_nothing_can_be_read_or_added_until_the_earlier_one_is_named(north):
    row = opened()
    score(row, [4])
    row.refresh_from_db()
    earlier = django_settings.SECRET_KEY
    with override_settings(SECRET_KEY="another key", SECRET_KEY_FALLBACKS=[]), pytest.raises(TalliesUnreadable):
        score(row, [3])
    assert row.scorers.filter(scored=True).count() == 1

    with override_settings(SECRET_KEY="another key", SECRET_KEY_FALLBACKS=[earlier]):
        score(row, [3])
        row.refresh_from_db()
        assert sum(scoring_tallies.read(row).values()) == 2 * row.subjects.count()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheets=st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=1, max_size=6))
def test_sums_are_those_of_the_sheets(north, sheets):
    row = ScoringRound.objects.first() or opened(scorers=6)
    with transaction.atomic():
        for scorer, sheet in zip(row.scorers.all(), sheets, strict=False):
            subjects = [subject.pk for subject in scoring.subjects_for(scorer)]
            scoring.submit(scorer, dict(zip(subjects, sheet, strict=True)), today=OPENS)

        sums = scoring_tallies.sums(scoring_tallies.read(ScoringRound.objects.get()))

        for n, subject in enumerate(row.subjects.all()):
            values = [sheet[n] for sheet in sheets if sheet[n]]
            assert sums[subject.pk] == Sum(len(values), sum(values))
        transaction.set_rollback(True)


# --- The link --------------------------------------------------------------------------------------------------------


def test_a_link_is_kept_as_a_hash_and_a_newer_one_replaces_it(north):
    scorer = opened().scorers.first()

    first = scoring.make_link(scorer, today=OPENS, by=secretary())
    second = scoring.make_link(scorer, today=OPENS, by=secretary())

    assert Scorer.objects.get(pk=scorer.pk).link_hash == hash_token(second)
    assert scoring.find_by_link(second) == scorer
    with pytest.raises(ScoringLinkGone):
        scoring.find_by_link(first)


@pytest.mark.parametrize("has", ["scored", "took_paper"])
def test_who_needs_no_link_gets_none(north, has):
    scorer = opened().scorers.first()
    Scorer.objects.filter(pk=scorer.pk).update(**{has: True})

    with pytest.raises((ScoredAlready, TookPaper)):
        scoring.make_link(scorer, today=OPENS, by=secretary())


def test_closes_is_the_day_after_the_last_one(north):
    assert opened().closes_on == CLOSES - timedelta(days=1)
