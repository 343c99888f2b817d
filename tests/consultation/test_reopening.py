"""A dissatisfied rating is answered in three working days: taken up again, or refused with a posted reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from compounds.workdays import calendar
from consultation.errors import Dissatisfied, ReopeningAnswered
from consultation.models import Assignment, AssignmentState, Issue, Openness, Outcome, RatingChannel, Reopening
from consultation.services import reopening, step4_handle, step5_evaluate
from consultation.steps import REOPENING_LIMIT, Step
from notices.models import PostingKind
from tests.committing import YARD, at_once
from tests.consultation.handling import SOLVED, secretary, task_at, voice_of
from tests.factories import PersonFactory
from tests.pictures import a_picture

TODAY = timezone.localdate


def rated(stars=2, reason="还响", *, voice=None, **issue):
    """A matter under evaluation, posted, with one rating."""
    if voice is None:
        task = task_at(AssignmentState.VERIFIED, **issue)
        if task.issue.openness == Openness.PUBLIC:
            step4_handle.post_completion(task, text=SOLVED, by=secretary())
        voice = voice_of(task.issue)
    step5_evaluate.rate(
        voice.issue,
        household=voice.household,
        stars=stars,
        reason=reason,
        channel=RatingChannel.STEWARD,
        given_by=voice.person,
        by=None,
    )
    return voice


def close(issue):
    return step5_evaluate.close(issue, outcome=Outcome.SOLVED, note="", by=secretary())


def test_below_three_waits_for_the_branch_with_a_date(north):
    issue = rated(2).issue
    rated(3, "")

    row = Reopening.objects.get()
    assert (row.issue, row.stars, row.reason, row.state) == (issue, 2, "还响", "waiting")
    assert row.due_on == calendar.after(TODAY(), REOPENING_LIMIT).day


def test_it_is_in_the_branchs_day_and_nobody_elses(web):
    row = rated().issue.reopenings.get()
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    assert f"/c/north/reopenings/{row.pk}/" in web(secretary()).get("/").content.decode()
    assert f"/c/north/reopenings/{row.pk}/" not in web(steward).get("/").content.decode()


def test_rating_low_twice_is_one_row_with_the_latest_words(north):
    voice = rated(2, "还响")

    rated(1, "更响了", voice=voice)

    assert [(row.stars, row.reason) for row in voice.issue.reopenings.all()] == [(1, "更响了")]


def test_a_rating_changed_to_satisfied_settles_it(north):
    voice = rated()

    rated(4, "", voice=voice)

    assert voice.issue.reopenings.get().state == "settled"
    assert close(voice.issue).step == Step.CLOSED


def test_the_same_body_does_it_again_by_a_new_date(north):
    issue = rated().issue
    before = issue.assignments.get()
    due_on = TODAY() + timedelta(days=4)

    task = reopening.back_to_body(issue.reopenings.get(), due_on=due_on, note="再修一次", by=secretary())

    issue = Issue.objects.get(pk=issue.pk)
    assert (issue.step, issue.owner_body, issue.due_on) == (Step.HANDLE, before.body, due_on)
    assert (task.body, task.state, task.due_on, task.task) == (before.body, "handed_out", due_on, "再修一次")
    row = issue.reopenings.get()
    assert (row.state, row.answer, row.answered_by) == ("taken_up", "再修一次", secretary())


def test_done_again_it_closes_though_the_old_rating_is_still_low(north):
    issue = rated().issue
    task = reopening.back_to_body(issue.reopenings.get(), due_on=TODAY(), note="再修", by=secretary())
    step4_handle.accept(task, by=secretary())
    step4_handle.report_done(task, report=SOLVED, by=secretary())
    step4_handle.verify(task, passed=True, note="", photo=a_picture(), by=secretary())
    step4_handle.post_completion(Assignment.objects.get(pk=task.pk), text=SOLVED, by=secretary())

    assert close(issue).step == Step.CLOSED


def test_rated_low_again_after_it_was_done_again_it_waits_again(north):
    voice = rated()
    task = reopening.back_to_body(voice.issue.reopenings.get(), due_on=TODAY(), note="再修", by=secretary())
    step4_handle.accept(task, by=secretary())
    step4_handle.report_done(task, report=SOLVED, by=secretary())
    step4_handle.verify(task, passed=True, note="", photo=a_picture(), by=secretary())

    rated(1, "还是响", voice=voice)

    assert sorted(voice.issue.reopenings.values_list("state", flat=True)) == ["taken_up", "waiting"]


def test_back_to_the_branch_answers_every_rating_that_waits(north):
    voice = rated()
    rated(1, "也响", voice=voice_of(voice.issue, name="李四"))

    issue = reopening.back_to_branch(voice.issue.reopenings.first(), note="重新商量", by=secretary())

    assert issue.step == Step.PROPOSE
    assert set(issue.reopenings.values_list("state", flat=True)) == {"taken_up"}


def test_taking_up_by_the_other_door_answers_it_too(north):
    issue = rated().issue

    step5_evaluate.take_up_again(issue, note="还响", by=secretary())

    assert issue.reopenings.get().state == "taken_up"


def test_refused_it_is_posted_with_the_reason_and_closing_is_possible(north, anyone):
    issue = rated().issue
    with pytest.raises(Dissatisfied):
        close(issue)

    row = reopening.refuse(issue.reopenings.get(), reason="已检测，声音在标准以内。", by=secretary())

    assert row.posting.kind == PostingKind.REFUSAL
    assert row.posting.places.exists()
    for address in ("/board/", f"/board/{issue.number}/"):
        assert "已检测，声音在标准以内。" in anyone.get(address).content.decode()
    assert close(issue).step == Step.CLOSED


def test_a_refusal_stands_when_the_same_household_rates_low_again(north):
    voice = rated()
    reopening.refuse(voice.issue.reopenings.get(), reason="在标准以内", by=secretary())

    rated(1, "不服", voice=voice)

    assert [row.state for row in voice.issue.reopenings.all()] == ["refused"]


def test_what_is_not_public_is_refused_without_posting(north):
    issue = rated(openness=Openness.MEMBERS).issue

    row = reopening.refuse(issue.reopenings.get(), reason="已上门说明", by=secretary())

    assert row.posting is None
    assert close(issue).step == Step.CLOSED


@pytest.mark.parametrize("second", ["refuse", "back_to_branch", "back_to_body"])
def test_it_is_answered_once(north, second):
    row = rated().issue.reopenings.get()
    reopening.refuse(row, reason="在标准以内", by=secretary())
    again = {
        "refuse": lambda: reopening.refuse(row, reason="再说", by=secretary()),
        "back_to_branch": lambda: reopening.back_to_branch(row, note="再说", by=secretary()),
        "back_to_body": lambda: reopening.back_to_body(row, due_on=TODAY(), note="再说", by=secretary()),
    }[second]

    with pytest.raises(ReopeningAnswered):
        again()
    assert Issue.objects.get(pk=row.issue_id).step == Step.EVALUATE


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_refusing_leads_to_the_posting(web):
    row = rated().issue.reopenings.get()
    data = {"answer": "refuse", "words": "在标准以内"}

    response = web(secretary()).post(f"/reopenings/{row.pk}/", data)

    row.refresh_from_db()
    assert response.status_code == 302
    assert response["Location"].endswith(f"/postings/{row.posting_id}/")


WRONG = [
    ({}, ["answer", "words"]),
    ({"answer": "refuse", "words": " "}, ["words"]),
    ({"answer": "nope", "words": "因为"}, ["answer"]),
    ({"answer": "body", "words": "再修"}, ["due_on"]),
    ({"answer": "body", "words": "再修", "due_on": "2020-01-01"}, ["due_on"]),
    ({"answer": "body", "words": "再修", "due_on": "明天"}, ["due_on"]),
    ({"answer": "refuse", "words": "长" * 501}, ["words"]),
]


@pytest.mark.parametrize(("data", "fields"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_moves(web, data, fields):
    row = rated().issue.reopenings.get()

    response = web(secretary()).post(f"/reopenings/{row.pk}/", data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields
    assert data.get("words", "") in response.content.decode()
    assert Reopening.objects.get().state == "waiting"


def test_others_may_not_answer_and_the_second_answer_is_a_conflict(web):
    row = rated().issue.reopenings.get()
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    assert web(steward).get(f"/reopenings/{row.pk}/").status_code == 403
    reopening.refuse(row, reason="在标准以内", by=secretary())
    assert web(secretary()).post(f"/reopenings/{row.pk}/", {"answer": "branch", "words": "再"}).status_code == 409


def test_two_secretaries_answer_at_once_and_one_answer_counts(committing):
    from_yard = _in_yard(lambda: rated(openness=Openness.MEMBERS).issue.reopenings.get().pk)

    def answer(n):
        def work():
            row = Reopening.objects.get(pk=from_yard)
            return reopening.refuse(row, reason=f"第{n}次", by=secretary())

        return _in_yard(work)

    results = at_once(4, answer)

    assert sum(isinstance(result, Reopening) for result in results) == 1
    assert sum(isinstance(result, ReopeningAnswered) for result in results) == 3


def _in_yard(work):
    with compound_context(YARD):
        return work()
