"""Scoring on paper: a pile whose codes belong to nobody, keyed in by two people, counted once."""

import re

import pytest

from consultation.documents import score_sheet
from consultation.errors import (
    KeyedByOneself,
    MorePaperThanTaken,
    PaperCodeUnknown,
    PaperCountedAlready,
    PaperIsCounted,
    ScoredAlready,
    ScoringNotOpen,
    SheetIncomplete,
)
from consultation.fair_mean import Sum
from consultation.models import PaperSheet, ScoringRound
from consultation.services import scoring, scoring_paper, scoring_tallies
from consultation.services.scoring_paper import Keyed
from tests.consultation.handling import secretary
from tests.consultation.scoring import OPENS, day_after, lines, opened
from tests.factories import PersonFactory
from tests.reading_codes import as_by_hand, codes_on, pages_of, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(north) -> ScoringRound:
    """An open round in which two scorers took paper."""
    made = opened(scorers=4)
    for scorer in made.scorers.all()[:2]:
        scoring_paper.take(scorer, today=OPENS)
    return made


@pytest.fixture
def two(row):
    return PersonFactory(name="录入甲"), PersonFactory(name="录入乙")


def printed(row, count=1):
    codes = scoring_paper.print_pile(row, count, today=OPENS)
    return [scoring_paper.find(row, code) for code in codes]


def whole(row, value=4):
    return dict.fromkeys(row.subjects.values_list("pk", flat=True), value)


def sums_of(row):
    return scoring_tallies.sums(scoring_tallies.read(ScoringRound.objects.get(pk=row.pk)))


def test_two_people_key_in_the_same_and_it_counts_and_nothing_of_it_stays(row, two):
    (sheet,) = printed(row)

    assert scoring_paper.key(sheet, whole(row), today=OPENS, by=two[0]) == Keyed.WAITS
    assert not any(one.scores for one in sums_of(row).values())
    assert scoring_paper.key(sheet, whole(row), today=OPENS, by=two[1]) == Keyed.COUNTED

    assert set(sums_of(row).values()) == {Sum(1, 4)}
    assert PaperSheet.objects.get().counted
    assert PaperSheet.objects.get().keyed == {}


def test_one_person_alone_cannot_count_a_sheet(row, two):
    (sheet,) = printed(row)
    scoring_paper.key(sheet, whole(row), today=OPENS, by=two[0])

    with pytest.raises(KeyedByOneself):
        scoring_paper.key(sheet, whole(row), today=OPENS, by=two[0])


def test_where_they_differ_it_is_shown_and_keyed_again(row, two):
    (sheet,) = printed(row)
    wrong = whole(row) | {row.subjects.first().pk: 1}
    scoring_paper.key(sheet, wrong, today=OPENS, by=two[0])

    assert scoring_paper.key(sheet, whole(row), today=OPENS, by=two[1]) == Keyed.DIFFERS
    (difference,) = scoring_paper.differences(sheet)
    assert (difference.subject, difference.values) == (row.subjects.first().pk, [1, 4])
    assert not any(one.scores for one in sums_of(row).values())

    assert scoring_paper.key(sheet, whole(row), today=OPENS, by=two[0]) == Keyed.COUNTED
    assert set(sums_of(row).values()) == {Sum(1, 4)}


def test_a_code_counts_once(row, two):
    (code,) = scoring_paper.print_pile(row, 1, today=OPENS)
    sheet = scoring_paper.find(row, code)
    for person in two:
        scoring_paper.key(sheet, whole(row), today=OPENS, by=person)

    with pytest.raises(PaperCountedAlready):
        scoring_paper.find(row, code)
    with pytest.raises(PaperCountedAlready):
        scoring_paper.key(sheet, whole(row), today=OPENS, by=two[0])


@pytest.mark.parametrize("typed", ["{}", " {} ", "{} "], ids=["as printed", "with blanks", "with a blank"])
def test_a_code_is_found_however_it_is_typed(row, typed):
    (code,) = scoring_paper.print_pile(row, 1, today=OPENS)

    for one in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert scoring_paper.find(row, typed.format(one)) == PaperSheet.objects.get()


@pytest.mark.parametrize("code", ["", "0000-0000", "AAAA-AAAA", "' OR 1=1", "\x00"])
def test_a_code_that_is_none_is_refused(row, code):
    with pytest.raises(PaperCodeUnknown):
        scoring_paper.find(row, code)


def test_no_more_sheets_count_than_scorers_took(row, two):
    for sheet in printed(row, 3)[:2]:
        for person in two:
            scoring_paper.key(sheet, whole(row), today=OPENS, by=person)
    third = PaperSheet.objects.get(counted=False)
    scoring_paper.key(third, whole(row), today=OPENS, by=two[0])

    with pytest.raises(MorePaperThanTaken):
        scoring_paper.key(third, whole(row), today=OPENS, by=two[1])

    assert {one.scores for one in sums_of(row).values()} == {2}


def test_a_sheet_that_was_taken_can_be_given_back_while_it_is_not_among_those_counted(row, two):
    first, second = row.scorers.filter(took_paper=True)
    (sheet,) = printed(row)
    for person in two:
        scoring_paper.key(sheet, whole(row), today=OPENS, by=person)

    scoring_paper.give_back(first, today=OPENS)
    with pytest.raises(PaperIsCounted):
        scoring_paper.give_back(second, today=OPENS)

    first.refresh_from_db()
    scoring.submit(first, lines(first), today=OPENS)


def test_who_has_scored_takes_no_paper(row):
    scorer = row.scorers.filter(took_paper=False).first()
    scoring.submit(scorer, lines(scorer), today=OPENS)

    with pytest.raises(ScoredAlready):
        scoring_paper.take(scorer, today=OPENS)


def test_a_link_stops_working_for_who_took_paper(row):
    scorer = row.scorers.filter(took_paper=False).first()
    scoring.make_link(scorer, today=OPENS, by=secretary())

    scoring_paper.take(scorer, today=OPENS)

    scorer.refresh_from_db()
    assert scorer.link_hash is None


def test_a_sheet_that_is_not_whole_is_refused(row, two):
    (sheet,) = printed(row)

    with pytest.raises(SheetIncomplete):
        scoring_paper.key(sheet, dict(list(whole(row).items())[1:]), today=OPENS, by=two[0])


def test_paper_is_keyed_in_for_two_working_days_after_the_last_day(row, two):
    (sheet,) = printed(row)
    scoring_paper.key(sheet, whole(row), today=row.keying_until, by=two[0])

    with pytest.raises(ScoringNotOpen):
        scoring_paper.key(sheet, whole(row), today=day_after(row.keying_until), by=two[1])


def test_nothing_is_printed_after_the_last_day(row):
    with pytest.raises(ScoringNotOpen):
        scoring_paper.print_pile(row, 1, today=day_after(row.closes_on))


def test_rows_of_the_pile_are_in_the_order_of_their_hashes_not_of_their_printing(row):
    scoring_paper.print_pile(row, 12, today=OPENS)

    hashes = list(PaperSheet.objects.order_by("pk").values_list("code_hash", flat=True))
    assert hashes == sorted(hashes)


def test_codes_are_kept_as_hashes_only_and_name_nobody(row):
    codes = scoring_paper.print_pile(row, 3, today=OPENS)

    kept = str(list(PaperSheet.objects.values()))
    assert not any(code.replace("-", "") in kept for code in codes)
    assert {field.name for field in PaperSheet._meta.fields} == {"id", "round", "code_hash", "counted", "keyed"}


def test_the_pile_is_a_pdf_with_a_page_and_a_code_for_each_sheet(row):
    codes = scoring_paper.print_pile(row, 2, today=OPENS)

    content = score_sheet.content(row, codes, compound_name="北苑")
    made = score_sheet.make(content)

    assert made.startswith(b"%PDF")
    assert pages(made) == 2
    assert [sheet["code"] for sheet in content["sheets"]] == codes
    assert content["title"] == "北苑2026年第一季度评定打分表"
    assert content["people"] == ["议事员0", "议事员1", "议事员2"]
    assert "2026年4月" in content["until"]


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", made))


@pytest.mark.parametrize("people", [1, 12, 13, 20, 21, 28, 34])
def test_a_sheet_is_one_page_however_many_are_scored(people):
    content = {
        "title": "西郡佳园2026年第一季度评定打分表",
        "until": "2026年4月16日",
        "matters": ["协商议事过程（通知、讨论、表态公道不公道）", "结果反馈（办得怎样，说清楚、贴出来没有）"],
        "people": [f"议事员某某{n}" for n in range(people)],
        "sheets": [{"code": code, "qr": score_sheet._qr(code)} for code in ("ABCD-EFGH", "JKMN-PQRS")],
    }

    assert pages(score_sheet.make(content)) == 2


@pytest.mark.parametrize(("turned", "blurred"), [(0, 0), (6, 1.2), (-9, 1.6)])
def test_a_camera_reads_the_code_of_each_sheet_though_it_is_held_badly(row, turned, blurred):
    codes = scoring_paper.print_pile(row, 4, today=OPENS)
    made = score_sheet.make(score_sheet.content(row, codes, compound_name="北苑"))

    read = [codes_on(as_by_hand(page, turned=turned, blurred=blurred)) for page in pages_of(made)]

    assert read == [[code] for code in codes]
    assert [code in text for code, text in zip(codes, texts_of(made), strict=True)] == [True] * 4
    assert scoring_paper.find(row, read[0][0]) in PaperSheet.objects.all()
