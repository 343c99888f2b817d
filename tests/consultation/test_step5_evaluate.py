"""Ratings count with a voice, one per household, changeable until closing; then the branch closes or takes up again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.accounts.models import hash_token
from compounds.organisation.models import PostKind
from consultation.errors import (
    BodyMissing,
    Dissatisfied,
    MoveNotAllowed,
    NotPosted,
    NoVoice,
    OutcomeNotHere,
    RatingClosed,
    ReopenedTooLate,
)
from consultation.models import AssignmentState, Issue, Openness, Outcome, Rating, RatingChannel
from consultation.services import step4_handle, step5_evaluate
from consultation.steps import REOPEN_DAYS, Step
from consultation.web.step5_evaluate import RATINGS_AN_HOUR
from tests.consultation.handling import SOLVED, secretary, task_at, voice_of
from tests.factories import BodyFactory, HouseholdFactory, IssueFactory, PersonFactory


def evaluated(*, posted=True, **issue):
    """A matter whose work is done, looked at and, unless told otherwise, posted."""
    task = task_at(AssignmentState.VERIFIED, **issue)
    if posted and task.issue.openness == Openness.PUBLIC:
        step4_handle.post_completion(task, text=SOLVED, by=secretary())
    return Issue.objects.get(pk=task.issue_id)


def rate(voice, stars, *, reason="", channel=RatingChannel.STEWARD):
    return step5_evaluate.rate(
        voice.issue,
        household=voice.household,
        stars=stars,
        reason=reason,
        channel=channel,
        given_by=voice.person,
        by=None,
    )


def steward():
    return PersonFactory(posts=[PostKind.BUILDING_STEWARD])


# --- Rules -----------------------------------------------------------------------------------------------------------


def test_a_household_rates_once_and_may_change_it(north):
    issue, household = evaluated(), HouseholdFactory()
    first = voice_of(issue, household=household)
    second = voice_of(issue, household=household, name="另一口人")

    rate(first, 2, reason="还响")
    rate(second, 5)

    assert [(rating.stars, rating.given_by) for rating in issue.ratings.all()] == [(5, second.person)]


@pytest.mark.parametrize("step", [step for step in Step if step != Step.EVALUATE])
def test_ratings_are_given_while_the_matter_is_evaluated_only(north, step):
    voice = voice_of(IssueFactory(step=step))

    with pytest.raises(RatingClosed):
        rate(voice, 5)
    with pytest.raises(RatingClosed):
        step5_evaluate.make_link(voice, by=secretary())


def test_without_a_voice_nothing_counts(north):
    issue = evaluated()
    stranger = voice_of(IssueFactory())
    stranger.issue = issue

    with pytest.raises(NoVoice):
        rate(stranger, 5)
    assert not Rating.objects.exists()


def test_a_new_link_calls_the_earlier_one_back(north):
    voice = voice_of(evaluated())
    first = step5_evaluate.make_link(voice, by=secretary())
    second = step5_evaluate.make_link(voice, by=secretary())

    assert step5_evaluate.find_by_link(first) is None
    assert step5_evaluate.find_by_link(second) == voice
    voice.refresh_from_db()
    assert voice.rating_hash == hash_token(second)


OUTCOMES = [(step, outcome) for step in (Step.VISIT, Step.PROPOSE, Step.MEET) for outcome in Outcome]


@pytest.mark.parametrize(("step", "outcome"), OUTCOMES)
def test_solved_is_said_after_the_work_only(north, step, outcome):
    issue = IssueFactory(step=step)

    if outcome in {Outcome.SOLVED, Outcome.PARTLY}:
        with pytest.raises(OutcomeNotHere):
            step5_evaluate.close(issue, outcome=outcome, note="", by=secretary())
    else:
        body = BodyFactory() if outcome == Outcome.NOT_OURS else None
        closed = step5_evaluate.close(issue, outcome=outcome, note="", answerable=body, by=secretary())
        assert (closed.outcome, closed.answerable_body) == (outcome, body)


def test_what_is_not_ours_is_somebodys(north):
    with pytest.raises(BodyMissing):
        step5_evaluate.close(IssueFactory(), outcome=Outcome.NOT_OURS, note="", by=secretary())


def test_what_is_handled_is_not_closed(north):
    with pytest.raises(MoveNotAllowed):
        step5_evaluate.close(IssueFactory(step=Step.HANDLE), outcome=Outcome.NOT_OURS, note="", by=secretary())


def test_a_public_result_is_posted_before_closing_and_a_low_rating_answered(north):
    issue = evaluated(posted=False)
    voice = voice_of(issue)
    rate(voice, 2, reason="还响")

    with pytest.raises(NotPosted):
        step5_evaluate.close(issue, outcome=Outcome.SOLVED, note="", by=secretary())
    step4_handle.post_completion(issue.assignments.get(), text=SOLVED, by=secretary())
    with pytest.raises(Dissatisfied) as unhappy:
        step5_evaluate.close(issue, outcome=Outcome.SOLVED, note="", by=secretary())
    assert unhappy.value.facts == {"count": 1}
    rate(voice, 4)

    assert step5_evaluate.close(issue, outcome=Outcome.SOLVED, note="", by=secretary()).step == Step.CLOSED


def test_what_is_not_public_closes_without_posting(north):
    issue = evaluated(openness=Openness.MEMBERS)

    assert step5_evaluate.close(issue, outcome=Outcome.SOLVED, note="", by=secretary()).step == Step.CLOSED


@pytest.mark.parametrize("step", list(Step))
def test_taken_up_again_from_where_it_was_finished_only(north, step):
    issue = IssueFactory(step=step)

    if step in {Step.EVALUATE, Step.REFERRED, Step.CLOSED}:
        assert step5_evaluate.take_up_again(issue, note="还响", by=secretary()).step == Step.PROPOSE
    else:
        with pytest.raises(MoveNotAllowed):
            step5_evaluate.take_up_again(issue, note="还响", by=secretary())


@pytest.mark.parametrize(("days", "possible"), [(0, True), (REOPEN_DAYS, True), (REOPEN_DAYS + 1, False)])
def test_a_closed_matter_is_taken_up_within_a_month(north, days, possible):
    issue = IssueFactory(step=Step.CLOSED)
    Issue.objects.filter(pk=issue.pk).update(closed_at=timezone.now() - timedelta(days=days))

    if possible:
        assert step5_evaluate.take_up_again(issue, note="还响", by=secretary()).outcome == ""
    else:
        with pytest.raises(ReopenedTooLate):
            step5_evaluate.take_up_again(issue, note="还响", by=secretary())


# --- Pages -----------------------------------------------------------------------------------------------------------

ROLES = {
    "steward": PostKind.BUILDING_STEWARD,
    "company": PostKind.PROPERTY_STAFF,
    "member": PostKind.PARTY_MEMBER,
}
# Method, address, role, status; the matter is at EVALUATE with one voice, nobody else's own.
PAGES = [
    ("get", "rating/", None, 302),
    ("get", "rating/", "steward", 200),
    ("get", "rating/", "secretary", 200),
    ("get", "rating/", "company", 403),
    ("post", "rating/", None, 302),
    ("post", "rating/", "steward", 302),
    ("post", "rating/", "company", 403),
    ("post", "rating/", "member", 422),
    ("get", "rating-link/", "steward", 302),
    ("post", "rating-link/", None, 302),
    ("post", "rating-link/", "steward", 200),
    ("post", "rating-link/", "member", 422),
    ("post", "rating-link/", "company", 403),
    ("get", "closing/", "secretary", 200),
    ("get", "closing/", "steward", 403),
    ("post", "closing/", "secretary", 302),
    ("post", "closing/", "company", 403),
    ("get", "taking-up/", "secretary", 200),
    ("post", "taking-up/", "secretary", 302),
    ("post", "taking-up/", "steward", 403),
    ("post", "taking-up/", None, 302),
]


@pytest.mark.parametrize("case", PAGES)
def test_pages_of_the_last_step(web, anyone, case):
    method, address, role, status = case
    voice = voice_of(evaluated())
    person = secretary() if role == "secretary" else PersonFactory(posts=[ROLES[role]]) if role else None
    data = {"voice": voice.pk, "stars": 4, "outcome": "solved", "note": "还响"} if method == "post" else {}

    response = getattr(web(person) if person else anyone, method)(f"/issues/{voice.issue.number}/{address}", data)

    assert response.status_code == status, response.content.decode()


def test_a_steward_takes_down_what_is_said_at_the_door(web):
    voice, by = voice_of(evaluated()), steward()

    web(by).post(f"/issues/{voice.issue.number}/rating/", {"voice": voice.pk, "stars": "4", "reason": ""})

    rating = Rating.objects.get()
    assert (rating.household, rating.stars, rating.channel) == (voice.household, 4, "steward")
    assert (rating.given_by, rating.recorded_by) == (voice.person, by)


def test_a_member_rates_with_their_own_voice(web):
    issue, person = evaluated(), PersonFactory(posts=[PostKind.PROPERTY_STAFF])
    other = voice_of(issue)
    own = voice_of(issue, person=person)
    client = web(person)

    assert other.person.name not in client.get(f"/issues/{issue.number}/rating/").content.decode()
    assert client.post(f"/issues/{issue.number}/rating/", {"voice": other.pk, "stars": "1"}).status_code == 422
    assert client.post(f"/issues/{issue.number}/rating/", {"voice": own.pk, "stars": "3"}).status_code == 302
    assert [(rating.household, rating.channel) for rating in Rating.objects.all()] == [(own.household, "member")]


WRONG = [
    ({"stars": "4"}, "voice"),
    ({"voice": "own", "stars": ""}, "stars"),
    ({"voice": "own", "stars": "0"}, "stars"),
    ({"voice": "own", "stars": "6"}, "stars"),
    ({"voice": "own", "stars": "好"}, "stars"),
    ({"voice": "own", "stars": "2"}, "reason"),
    ({"voice": "own", "stars": "2", "reason": "   "}, "reason"),
    ({"voice": "own", "stars": "4", "reason": "长" * 501}, "reason"),
    ({"voice": "foreign", "stars": "4"}, "voice"),
    ({"voice": "doorless", "stars": "4"}, "voice"),
    ({"voice": "x'; --", "stars": "4"}, "voice"),
]


@pytest.mark.parametrize(("data", "field"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(web, data, field):
    issue = evaluated()
    doorless = voice_of(issue, name="无门牌")
    doorless.household = None
    doorless.save()
    voices = {"own": voice_of(issue).pk, "foreign": voice_of(evaluated()).pk, "doorless": doorless.pk}

    response = web(steward()).post(
        f"/issues/{issue.number}/rating/", {**data, "voice": voices.get(data.get("voice"), data.get("voice", ""))}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Rating.objects.exists()


@pytest.mark.parametrize("step", [Step.VISIT, Step.HANDLE, Step.CLOSED])
def test_at_another_step_the_page_says_so(web, step):
    issue = IssueFactory(step=step)

    response = web(steward()).get(f"/issues/{issue.number}/rating/")

    assert response.status_code == 409
    assert f'href="/c/north/issues/{issue.number}/"' in response.content.decode()


def test_a_confidential_matter_is_not_there_for_others(web):
    voice = voice_of(evaluated(openness=Openness.CONFIDENTIAL))

    for address in ("rating/", "rating-link/"):
        data = {"voice": voice.pk, "stars": 5}
        assert web(steward()).post(f"/issues/{voice.issue.number}/{address}", data).status_code == 404
    assert (
        web(secretary()).post(f"/issues/{voice.issue.number}/rating/", {"voice": voice.pk, "stars": 5}).status_code
        == 302
    )


def test_closing_says_beforehand_what_is_missing(web):
    issue = evaluated(posted=False)
    rate(voice_of(issue), 1, reason="还响")
    client = web(secretary())

    page = client.get(f"/issues/{issue.number}/closing/").content.decode()

    assert "It cannot be closed yet." in page
    assert f'href="/c/north/assignments/{issue.assignments.get().pk}/"' in page
    assert f"/reopenings/{issue.reopenings.get().pk}/" in page
    refused = client.post(f"/issues/{issue.number}/closing/", {"outcome": "solved"})
    assert refused.status_code == 409
    assert "The result is not posted yet" in refused.content.decode()


def test_an_early_closing_shows_why_solved_cannot_be_said(web):
    issue = IssueFactory(step=Step.PROPOSE)
    client = web(secretary())

    assert (
        "Only after the work was done and looked at." in client.get(f"/issues/{issue.number}/closing/").content.decode()
    )
    assert client.post(f"/issues/{issue.number}/closing/", {"outcome": "solved"}).status_code == 409
    assert client.post(f"/issues/{issue.number}/closing/", {"outcome": "nonsense"}).status_code == 422
    assert client.post(f"/issues/{issue.number}/closing/", {"outcome": "withdrawn"}).status_code == 302


def test_taking_up_needs_a_reason_and_shows_why_somebody_is_not_satisfied(web):
    issue = evaluated()
    rate(voice_of(issue), 2, reason="漆没刷")
    client = web(secretary())

    assert "漆没刷" in client.get(f"/issues/{issue.number}/taking-up/").content.decode()
    assert client.post(f"/issues/{issue.number}/taking-up/", {"note": " "}).status_code == 422
    assert client.post(f"/issues/{issue.number}/taking-up/", {"note": "漆没刷"}).status_code == 302
    assert issue.records.last().note == "漆没刷"


# --- The resident's link ---------------------------------------------------------------------------------------------


@pytest.fixture
def link(north):
    """A voice and the address of its link."""
    voice = voice_of(evaluated())
    return voice, f"/rate/{step5_evaluate.make_link(voice, by=secretary())}/"


def test_the_link_is_shown_once_as_square_and_text_and_kept_nowhere(web):
    voice = voice_of(evaluated())

    response = web(steward()).post(f"/issues/{voice.issue.number}/rating-link/", {"voice": voice.pk})

    assert "no-store" in response["Cache-Control"]
    assert "<svg" in response.content.decode()
    token = response.context["link"].rstrip("/").rsplit("/", 1)[1]
    assert step5_evaluate.find_by_link(token) == voice
    voice.refresh_from_db()
    assert token not in voice.rating_hash


def test_opening_the_link_changes_nothing(anyone, link):
    _voice, address = link

    response = anyone.get(address)

    assert response.status_code == 200
    assert not Rating.objects.exists()
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert "data-elder" in response.content.decode().split("<head>", maxsplit=1)[0]


def test_a_resident_rates_is_thanked_and_may_change_it(anyone, link):
    voice, address = link

    assert anyone.post(address, {"stars": "2", "reason": "还响"}).status_code == 302
    thanks = anyone.get(address).content.decode()
    assert "Thank you!" in thanks
    assert "还响" in thanks
    anyone.post(address, {"stars": "5", "reason": ""})

    rating = Rating.objects.get()
    assert (rating.stars, rating.channel, rating.given_by, rating.recorded_by) == (5, "link", voice.person, None)


def test_what_another_of_the_household_said_is_not_shown(anyone, link):
    voice, address = link
    rate(voice_of(voice.issue, household=voice.household, name="同屋"), 2, reason="同屋的话")

    page = anyone.get(address).content.decode()

    assert "gave 2 of 5" in page
    assert "同屋的话" not in page


@pytest.mark.parametrize("data", [{}, {"stars": "6"}, {"stars": "1"}, {"stars": "x", "reason": "因为"}])
def test_a_wrong_rating_loses_nothing_and_changes_nothing(anyone, link, data):
    _voice, address = link

    response = anyone.post(address, data)

    assert response.status_code == 422
    assert data.get("reason", "") in response.content.decode()
    assert not Rating.objects.exists()


@pytest.mark.parametrize("token", ["unknown", "x" * 500, "%00", "../board"])
def test_an_unknown_link_says_so_kindly(anyone, north, token):
    response = anyone.get(f"/rate/{token}/")

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("step", "words"), [("close", "Thank you. This matter is closed."), ("take_up_again", "being worked on again")]
)
def test_a_link_ends_with_the_evaluation(anyone, link, step, words):
    voice, address = link
    extra = {"outcome": Outcome.SOLVED} if step == "close" else {}
    getattr(step5_evaluate, step)(voice.issue, note="好", by=secretary(), **extra)

    for response in (anyone.get(address), anyone.post(address, {"stars": "5"})):
        assert response.status_code == 410
        assert words in response.content.decode()
        assert voice.issue.title not in response.content.decode()


def test_a_link_is_not_hammered(anyone, link, monkeypatch):
    _voice, address = link
    # One clock hour, whatever the time is.
    moment = timezone.now()
    monkeypatch.setattr("compounds.registry.limits.timezone.now", lambda: moment)

    statuses = [anyone.post(address, {"stars": "4"}).status_code for _n in range(RATINGS_AN_HOUR + 1)]

    assert statuses == [302] * RATINGS_AN_HOUR + [429]
    assert anyone.get(address).status_code == 200


def test_no_name_and_no_door_on_the_page_of_the_link(anyone, link):
    voice, address = link

    page = anyone.get(address).content.decode()

    assert voice.person.name not in page
    assert voice.issue.said not in page
