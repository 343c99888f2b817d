"""The pages of the quarterly scoring: who sees what, card by card, and what a wrong turn leads to."""

import re

import pytest
import time_machine
from django.utils import translation

from compounds.organisation.models import Person, PostKind
from consultation.models import PaperSheet, RoundState, Scorer, ScoringCorrection, ScoringRound, ScoringSubject
from consultation.services import scoring, scoring_life, scoring_paper
from notices import objections
from notices.models import Objection
from tests.consultation.handling import secretary
from tests.consultation.scoring import CLOSES, OPENS, day_after, lines, met, noon, opened, score
from tests.factories import PersonFactory

PATH = "/scoring/2026-Q1/"


@pytest.fixture
def row(north):
    with time_machine.travel(noon(OPENS), tick=False):
        yield opened(scorers=8)


@pytest.fixture
def scorer(row) -> Scorer:
    return row.scorers.select_related("round", "person").first()


def posted(row: ScoringRound) -> ScoringRound:
    score(row, [5, 4, 5, 4, 5, 4])
    scoring_life.freeze(row, today=CLOSES)
    scoring_life.post(row, today=OPENS)
    return ScoringRound.objects.get(pk=row.pk)


def hidden(page) -> dict[str, str]:
    """What the page would send along."""
    found = re.findall(r'<input type="hidden" name="(given_\d+|at)" value="(\d+)">', page.text)
    return dict(found)


# --- Card by card ----------------------------------------------------------------------------------------------------


def test_a_sheet_is_filled_in_card_by_card_looked_at_changed_and_handed_in(web, row, scorer):
    client = web(scorer.person)
    assert "Nobody sees what you give" in client.get(f"{PATH}sheet/").text
    page = client.post(f"{PATH}sheet/", {"go": "0"})
    for value in (4, 3, 5, 0, 2):
        assert not Scorer.objects.filter(scored=True).exists()
        page = client.post(f"{PATH}sheet/", hidden(page) | {"give": str(value)})

    assert "Is this right?" in page.text
    page = client.post(f"{PATH}sheet/", hidden(page) | {"go": "1"})
    assert "How were results fed back?" in page.text
    page = client.post(f"{PATH}sheet/", hidden(page) | {"give": "5"})
    assert list(hidden(page).values()) == ["4", "5", "5", "0", "2"]
    answer = client.post(f"{PATH}sheet/", hidden(page) | {"go": "send"})

    assert answer.status_code == 302
    assert "Thank you" in client.get(f"{PATH}thanks/").text
    assert Scorer.objects.get(scored=True) == scorer


def test_one_can_go_back_a_card(web, row, scorer):
    client = web(scorer.person)
    page = client.post(f"{PATH}sheet/", {"go": "0"})
    page = client.post(f"{PATH}sheet/", hidden(page) | {"give": "4"})

    page = client.post(f"{PATH}sheet/", hidden(page) | {"go": "back"})

    assert "1 of 5" in page.text
    assert 'value="4" class="give given"' in page.text


@pytest.mark.parametrize(
    "sent",
    [
        {"go": "send"},
        {"go": "99"},
        {"go": "-1"},
        {"go": "x"},
        {"give": "5"},
        {"at": "99999999999", "give": "5"},
        {"at": "0", "give": "6"},
        {"at": "0", "give": "٣"},
        {"given_1": "x", "at": "0"},
        {"given_99999999999999999999": "3", "go": "send"},
        {"at": "0", "give": ""},
        {},
    ],
)
def test_whatever_is_sent_nothing_breaks_and_nothing_is_counted(web, row, scorer, sent):
    page = web(scorer.person).post(f"{PATH}sheet/", sent)

    assert page.status_code == 200
    assert not Scorer.objects.filter(scored=True).exists()


def test_oneself_is_on_no_card(web, north):
    with time_machine.travel(noon(OPENS), tick=False):
        own = PersonFactory(name="唐自己", posts=[PostKind.PARTY_MEMBER])
        met(own, PersonFactory(name="别人"))
        row = scoring.open_round(scoring.Quarter(2026, 1), today=OPENS)
        mine = row.subjects.get(person=own).pk
        whole = {f"given_{pk}": "4" for pk in row.subjects.values_list("pk", flat=True)}

        page = web(own).post(f"{PATH}sheet/", whole | {"go": "check"})

    assert f"given_{mine}" not in page.text
    assert "别人" in page.text


def test_sent_twice_it_is_counted_once_and_thanked_for_twice(web, row, scorer):
    client = web(scorer.person)
    whole = {f"given_{pk}": value for pk, value in lines(scorer).items()} | {"go": "send"}

    answers = [client.post(f"{PATH}sheet/", whole) for _ in range(2)]

    assert [answer.headers["Location"].rsplit("/", 2)[1] for answer in answers] == ["thanks", "thanks"]
    assert Scorer.objects.filter(scored=True).count() == 1


# --- Who may × state -------------------------------------------------------------------------------------------------

# State → what a scorer who has not scored, one who has, one with paper, and somebody who was not drawn are answered.
WHO_AND_WHEN = {
    "open": (200, 302, 409, 403),
    "last day": (200, 302, 409, 403),
    "day after the last": (409, 302, 409, 403),
    "posted": (409, 302, 409, 403),
}


@pytest.mark.parametrize("when", WHO_AND_WHEN)
def test_who_may_open_a_sheet_when(web, row, when):
    fresh, done, paper = row.scorers.select_related("round", "person")[:3]
    scoring.submit(done, lines(done), today=OPENS)
    scoring_paper.take(paper, today=OPENS)
    stranger = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    day = {"open": OPENS, "last day": row.closes_on}.get(when, CLOSES)
    if when == "posted":
        scoring_life.freeze(row, today=day_after(row.keying_until))
        scoring_life.post(row, today=CLOSES)

    with time_machine.travel(noon(day), tick=False):
        got = [web(p).get(f"{PATH}sheet/").status_code for p in (fresh.person, done.person, paper.person, stranger)]

    assert tuple(got) == WHO_AND_WHEN[when]


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        (PostKind.BRANCH_COMMITTEE, [200, 200, 403]),
        (PostKind.COMMUNITY_WORKER, [403, 200, 403]),
        (PostKind.GRID_WORKER, [403, 200, 403]),
        (PostKind.BUILDING_STEWARD, [403, 403, 403]),
        (PostKind.PARTY_MEMBER, [403, 403, 403]),
        (PostKind.PROPERTY_STAFF, [403, 403, 403]),
    ],
)
def test_who_sees_to_it_that_everybody_can_score(web, row, kind, answers):
    client = web(PersonFactory(posts=[kind]))

    pages = ("scorers", "paper", "correction")
    assert [client.get(f"{PATH}{page}/").status_code for page in pages] == answers
    assert client.get(PATH).status_code == 200


def test_the_full_order_is_for_the_branch_and_each_sees_their_own(web, row):
    person = Person.objects.get(name="议事员1")
    from_unit = PersonFactory(posts=[PostKind.PROPERTY_STAFF])
    Person.objects.filter(pk=person.pk).update(name="议事员1")
    posted(row)
    result = ScoringSubject.objects.get(person=person)

    assert "The full order" in web(secretary()).get(PATH).text
    for page in (web(from_unit).get(PATH), web(row.scorers.last().person).get(PATH)):
        assert "The full order" not in page.text
        assert "My own result" not in page.text
    assert result.fair_mean is not None


def test_a_deliberator_reads_their_own_result(web, north):
    with time_machine.travel(noon(OPENS), tick=False):
        sat = PersonFactory(name="议事员甲", posts=[PostKind.PROPERTY_STAFF])
        other = PersonFactory(name="议事员乙", posts=[PostKind.PROPERTY_STAFF])
        met(sat, other)
        for _ in range(6):
            PersonFactory(posts=[PostKind.RESIDENTS_REP])
        row = scoring.open_round(scoring.Quarter(2026, 1), today=OPENS)
        for scorer in row.scorers.select_related("round"):
            scoring.submit(scorer, lines(scorer, {"议事员甲": 3, "议事员乙": 5}), today=OPENS)
        scoring_life.freeze(row, today=CLOSES)
        scoring_life.post(row, today=OPENS)

        page = web(sat).get(PATH).text

    # (5 × 4.00 + 18) ÷ 11 = 3.45
    assert "My own result" in page
    assert "3.45" in page
    assert "The full order" not in page


# --- By link ---------------------------------------------------------------------------------------------------------


def test_opening_a_link_changes_nothing_and_it_scores_once(anyone, row, scorer):
    token = scoring.make_link(scorer, today=OPENS, by=secretary())
    before = list(Scorer.objects.values())
    for _ in range(3):
        page = anyone.get(f"/score/{token}/")
    assert (page.status_code, list(Scorer.objects.values())) == (200, before)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    whole = {f"given_{pk}": value for pk, value in lines(scorer).items()} | {"go": "send"}

    assert anyone.post(f"/score/{token}/", whole).status_code == 302

    assert "Thank you" in anyone.get(f"/score/{token}/").text
    anyone.post(f"/score/{token}/", whole)
    assert Scorer.objects.filter(scored=True).count() == 1


def test_a_scorer_whose_only_post_ended_scores_by_link(anyone, web, row, scorer):
    scorer.person.posts.update(ends_on=OPENS)
    with time_machine.travel(noon(day_after(OPENS)), tick=False):
        assert web(scorer.person).get(f"{PATH}sheet/").status_code == 403
        token = scoring.make_link(scorer, today=day_after(OPENS), by=secretary())

        assert anyone.get(f"/score/{token}/").status_code == 200


@pytest.mark.parametrize("token", ["x", "'--", "a" * 300])
def test_a_link_that_is_none_says_so(anyone, row, token):
    assert anyone.get(f"/score/{token}/").status_code == 410


def test_the_branch_makes_a_link_shown_once(web, row, scorer):
    page = web(secretary()).post(f"{PATH}scorers/{scorer.pk}/link/")

    token = re.search(r"/score/([\w-]+)/", page.text).group(1)
    assert scoring.find_by_link(token) == scorer
    assert "no-store" in page.headers["Cache-Control"]


# --- Paper -----------------------------------------------------------------------------------------------------------


def test_paper_from_the_pile_to_the_count(web, row, scorer):
    branch, second = web(secretary()), web(PersonFactory(posts=[PostKind.GRID_WORKER]))
    assert branch.post(f"{PATH}scorers/{scorer.pk}/paper/").status_code == 302
    assert "Gave it back" in branch.get(f"{PATH}scorers/").text
    made = branch.post(f"{PATH}paper/pile/", {"count": "3"})
    assert made.content.startswith(b"%PDF")
    (code,) = scoring_paper.print_pile(row, 1, today=OPENS)
    whole = {f"given_{pk}": "4" for pk in row.subjects.values_list("pk", flat=True)} | {"code": code, "keyed": "1"}

    assert "What stands on the sheet?" in branch.post(f"{PATH}paper/entry/", {"code": code}).text
    assert branch.post(f"{PATH}paper/entry/", whole).status_code == 302
    wrong = second.post(f"{PATH}paper/entry/", whole | {f"given_{row.subjects.first().pk}": "1"})
    assert wrong.status_code == 409
    assert "Where they differ" in wrong.text
    assert "1 sheet was read differently" in branch.get(f"{PATH}paper/").text
    begun = branch.post(f"{PATH}paper/entry/", {"code": code})
    agreed = {pk: begun.context["form"].initial.get(f"given_{pk}") for pk in row.subjects.values_list("pk", flat=True)}
    assert agreed == {pk: None if pk == row.subjects.first().pk else 4 for pk in agreed}
    assert second.post(f"{PATH}paper/entry/", whole).status_code == 302

    assert not PaperSheet.objects.exclude(keyed={}).exists()
    assert "1 of 1 taken sheets are counted" in branch.get(f"{PATH}paper/").text
    again = branch.post(f"{PATH}paper/entry/", {"code": code})
    assert again.status_code == 422
    assert "A code counts once" in again.text


@pytest.mark.parametrize("count", ["0", "61", "x", ""])
def test_a_pile_of_no_or_too_many_sheets_is_not_printed(web, row, count):
    assert web(secretary()).post(f"{PATH}paper/pile/", {"count": count}).status_code == 422


def test_a_line_that_was_not_keyed_in_is_asked_for(web, row):
    (code,) = scoring_paper.print_pile(row, 1, today=OPENS)

    page = web(secretary()).post(f"{PATH}paper/entry/", {"code": code, "keyed": "1"})

    assert page.status_code == 422
    assert not PaperSheet.objects.exclude(keyed={}).exists()


# --- The result ------------------------------------------------------------------------------------------------------


def test_everybody_reads_the_result_once_it_is_posted(anyone, row):
    assert anyone.get("/board/scoring/2026-Q1/").status_code == 404
    found = posted(row)

    page = anyone.get("/board/scoring/2026-Q1/")

    assert page.status_code == 200
    assert found.posting.title in anyone.get("/board/").text
    assert "How it is calculated" in page.text
    assert f"/board/postings/{found.posting_id}/objection/" in page.text


def test_what_one_night_did_is_told_in_its_order(web, row):
    posted(row)

    titles = [str(event.title) for event in web(secretary()).get(PATH).context["events"]]

    assert [title.split()[0].strip(",:") for title in titles] == ["Result", "Counted", "Opened"]


def test_an_objection_comes_from_the_board_is_upheld_and_corrected(anyone, web, row):
    found = posted(row)
    assert anyone.post(f"/board/postings/{found.posting_id}/objection/", {"text": "数不对"}).status_code == 200
    client, objection = web(secretary()), Objection.objects.get()
    assert "数不对" in client.get(f"/objections/{objection.pk}/").text

    answer = {"verdict": "uphold", "answer": "重新清点"}
    assert client.post(f"/objections/{objection.pk}/", answer).status_code == 302
    assert "Sign a correction" in client.get(PATH).text
    result = ScoringSubject.objects.get(person__name="议事员1")
    sent = {"reason": "纸质表重点", "subject": result.pk, "scores": 7, "total": 34}
    assert client.post(f"{PATH}correction/", sent).status_code == 302

    assert ScoringCorrection.objects.get().objection == objection
    assert "纸质表重点" in anyone.get("/board/scoring/2026-Q1/").text


@pytest.mark.parametrize(
    "sent",
    [
        {"reason": ""},
        {"reason": "x", "scores": "5"},
        {"reason": "x", "scores": "5", "total": "26", "subject": True},
        {"reason": "x", "scores": "5", "total": "4", "subject": True},
        {"reason": "x", "subject": True},
        {"reason": "x", "subject": "999999"},
    ],
)
def test_a_correction_that_cannot_be_is_asked_for_again(web, row, sent):
    posted(row)
    result = ScoringSubject.objects.first()
    sent = {name: result.pk if value is True else value for name, value in sent.items()}

    assert web(secretary()).post(f"{PATH}correction/", sent).status_code == 422
    assert not ScoringCorrection.objects.exists()


def test_a_dismissed_objection_is_read_by_its_code(anyone, web, row):
    found = posted(row)
    objection, code = objections.receive(found.posting, channel="board", text="x", name="", today=OPENS, by=None)
    web(secretary()).post(f"/objections/{objection.pk}/", {"verdict": "dismiss", "answer": "核对无误"})

    assert "核对无误" in anyone.get("/board/objections/", {"code": code}).text


def test_a_skipped_quarter_is_taken_note_of(web, north):
    with time_machine.travel(noon(OPENS), tick=False):
        met(on=OPENS.replace(year=2025))
        PersonFactory(posts=[PostKind.PARTY_MEMBER])
        row = scoring.open_round(scoring.Quarter(2026, 1), today=OPENS)
        client = web(secretary())
        assert str(row) in client.get("/").text or "Scoring of" in client.get("/").text

        assert client.post(f"{PATH}note/").status_code == 302

        row.refresh_from_db()
        assert (row.state, row.noted_by) == (RoundState.SKIPPED, secretary())
        assert client.get(PATH).status_code == 200


def test_the_latest_quarter_stands_first(web, row):
    with time_machine.travel(noon(day_after(OPENS, 95)), tick=False):
        scoring.open_round(scoring.Quarter(2026, 2), today=day_after(OPENS, 95))

        page = web(secretary()).get("/scoring/").text

    assert 0 < page.index("/scoring/2026-Q2/") < page.index("/scoring/2026-Q1/")


# --- Cost, language --------------------------------------------------------------------------------------------------


def test_a_round_costs_the_same_for_few_and_for_many(web, north, django_assert_max_num_queries):
    with time_machine.travel(noon(OPENS), tick=False):
        row = opened(scorers=60, deliberators=20)
        client = web(secretary())
        client.get(PATH)
        with django_assert_max_num_queries(32):
            client.get(PATH)
        with django_assert_max_num_queries(30):
            client.get(f"{PATH}scorers/")
        posted(row)
        with django_assert_max_num_queries(36):
            client.get(PATH)


@pytest.mark.parametrize("path", ["/scoring/", PATH, f"{PATH}scorers/", f"{PATH}paper/", "/settings/scoring/"])
def test_pages_are_in_chinese_too(web, row, path):
    client = web(secretary())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"

    with translation.override("zh-hans"):
        page = client.get(path, headers={"accept-language": "zh-hans"})

    assert "打分" in page.text


def test_settings_are_kept_and_bounded(web, north):
    client = web(secretary())

    assert client.post("/settings/scoring/", {"scoring_days": "7", "scoring_posting_days": "6"}).status_code == 302
    assert client.post("/settings/scoring/", {"scoring_days": "2", "scoring_posting_days": "99"}).status_code == 422
