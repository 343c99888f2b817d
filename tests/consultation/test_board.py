"""The public board: public matters that the branch has made known; no resident's name, no door, nobody's words."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultation.models import AssignmentState, Issue, Openness, Outcome, RatingChannel
from consultation.services import objections, step4_handle, step5_evaluate
from consultation.steps import Step
from notices import objections as receiving
from notices.models import Posting
from tests.consultation.handling import SOLVED, secretary, task_at, voice_of
from tests.factories import EntranceFactory, HouseholdFactory, IssueFactory, PersonFactory

NAMES = {"spoken": "欧阳秀英", "voice": "诸葛建国", "recorder": "司马楼长", "witness": "上官邻长"}


def full_of_names(**issue):
    """A matter under evaluation, posted and rated, with names and doors wherever a row can hold one."""
    entrance = EntranceFactory()
    task = task_at(
        AssignmentState.VERIFIED,
        entrance=entrance,
        building=entrance.building,
        place_note="98甲76 室门口",
        said="我是欧阳秀英，住 98甲76",
        spoken_by=PersonFactory(name=NAMES["spoken"]),
        recorded_by=PersonFactory(name=NAMES["recorder"]),
        witnessed_by=PersonFactory(name=NAMES["witness"]),
        **issue,
    )
    voice = voice_of(task.issue, name=NAMES["voice"], household=HouseholdFactory(entrance=entrance, door="98甲76"))
    step5_evaluate.rate(
        task.issue,
        household=voice.household,
        stars=2,
        reason="98甲76 的诸葛建国说不行",
        channel=RatingChannel.STEWARD,
        given_by=voice.person,
        by=None,
    )
    return task


def closed(**issue):
    task = task_at(AssignmentState.VERIFIED, **issue)
    step4_handle.post_completion(task, text=SOLVED, by=secretary())
    voice = voice_of(task.issue)
    step5_evaluate.rate(
        task.issue,
        household=voice.household,
        stars=4,
        reason="",
        channel=RatingChannel.LINK,
        given_by=voice.person,
        by=None,
    )
    return step5_evaluate.close(task.issue, outcome=Outcome.SOLVED, note="", by=secretary())


def test_what_is_on_the_board(anyone):
    cases = list(product(Step, Openness))
    issues = {(step, openness): IssueFactory(step=step, openness=openness) for step, openness in cases}
    for nth, issue in enumerate(issues.values(), 100):
        Issue.objects.filter(pk=issue.pk).update(title=f"第{nth}件事")
    drawn = [(step, Openness.PUBLIC) for step in (Step.MEET, Step.HANDLE, Step.EVALUATE)]

    board = anyone.get("/board/")
    pages = {case: anyone.get(f"/board/{issue.number}/").status_code for case, issue in issues.items()}

    assert board.status_code == 200
    assert [case for nth, case in enumerate(cases, 100) if f"第{nth}件事" in board.content.decode()] == drawn
    assert pages == {case: 200 if case in drawn else 404 for case in cases}


def test_neither_name_nor_door_nor_words(anyone):
    task = full_of_names()
    step4_handle.post_completion(task, text=SOLVED, by=secretary())

    for address in ("/board/", f"/board/{task.issue.number}/", "/board/?step=evaluate"):
        page = anyone.get(address).content.decode()
        assert task.issue.title in page
        for hidden in [*NAMES.values(), "98甲76", secretary().name]:
            assert hidden not in page, (address, hidden)


def test_what_is_posted_hangs_on_the_board_until_its_last_day(anyone):
    task = task_at(AssignmentState.VERIFIED)
    posting = step4_handle.post_completion(task, text="公示正文在此", by=secretary())
    assert "公示正文在此" in anyone.get("/board/").content.decode()

    Posting.objects.filter(pk=posting.pk).update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )

    assert "公示正文在此" not in anyone.get("/board/").content.decode()


def test_what_was_posted_as_done_and_is_taken_up_again_is_not_called_done(anyone):
    task = task_at(AssignmentState.VERIFIED)
    posting = step4_handle.post_completion(task, text="公示正文在此", by=secretary())
    assert [one.again for one in anyone.get("/board/").context["hanging"]] == [False]
    objection, _code = receiving.receive(
        posting, channel="board", text="还响", name="", today=timezone.localdate(), by=None
    )

    again = timezone.localdate() + timedelta(days=3)
    objections.uphold_for_rework(objection, answer="三日内更换", body=task.body, due_on=again, by=secretary())

    page = anyone.get("/board/")
    assert [one.again for one in page.context["hanging"]] == [True]
    assert "taken up again" in page.text


def test_a_matter_that_became_confidential_leaves_the_board_with_its_postings(anyone):
    task = task_at(AssignmentState.VERIFIED)
    step4_handle.post_completion(task, text="公示正文在此", by=secretary())
    photo = task.issue.photos.get().photo_id

    Issue.objects.filter(pk=task.issue_id).update(openness=Openness.CONFIDENTIAL)

    assert "公示正文在此" not in anyone.get("/board/").content.decode()
    assert anyone.get(f"/board/{task.issue.number}/").status_code == 404
    assert anyone.get(f"/board/{task.issue.number}/photos/{photo}/small/").status_code == 404


def test_photos_of_public_matters_are_for_everybody_under_their_own_matter(anyone):
    task, other = task_at(AssignmentState.DONE), task_at(AssignmentState.HANDED_OUT)
    photo = task.issue.photos.get().photo_id

    shown = anyone.get(f"/board/{task.issue.number}/photos/{photo}/small/")

    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert anyone.get(f"/board/{other.issue.number}/photos/{photo}/small/").status_code == 404
    assert anyone.get(f"/board/{task.issue.number}/photos/{photo}/original/").status_code == 404


def test_a_finished_matter_shows_its_outcome_and_its_mean(anyone):
    issue = closed()

    board, page = anyone.get("/board/").content.decode(), anyone.get(f"/board/{issue.number}/").content.decode()

    assert "4.0 of 5 from 1 household" in board
    assert "4.0 of 5, from 1 household" in page
    assert SOLVED in page


def test_several_tasks_and_list_entries_do_not_bend_the_mean(anyone):
    task = task_at(AssignmentState.VERIFIED)
    task.issue.assignments.create(
        body=task.body,
        task="第二件",
        due_on=task.due_on,
        state="verified",
        accepted_at=timezone.now(),
        accepted_by=secretary(),
        reported_at=timezone.now(),
        reported_by=secretary(),
        report=SOLVED,
    )
    for one in task.issue.assignments.all():
        step4_handle.post_completion(one, text=SOLVED, by=secretary())
    for stars in (3, 4):
        voice = voice_of(task.issue)
        step5_evaluate.rate(
            task.issue,
            household=voice.household,
            stars=stars,
            reason="",
            channel=RatingChannel.LINK,
            given_by=voice.person,
            by=None,
        )
    step5_evaluate.close(task.issue, outcome=Outcome.SOLVED, note="", by=secretary())

    assert "3.5 of 5 from 2 households" in anyone.get("/board/").content.decode()


def test_the_board_asks_search_engines_to_stay_away(anyone):
    issue = IssueFactory(step=Step.MEET)

    for address in ("/board/", f"/board/{issue.number}/"):
        response = anyone.get(address)
        assert "noindex" in response["X-Robots-Tag"]
        assert 'name="robots" content="noindex, nofollow"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [("?step=meet", 200), ("?step=closed", 200), ("?step=visit", 200), ("?step='--", 200), ("?after=x", 400)],
)
def test_what_the_address_asks_for(anyone, query, status):
    IssueFactory(step=Step.VISIT, title="还没公布")

    response = anyone.get(f"/board/{query}")

    assert response.status_code == status
    assert "还没公布" not in response.content.decode()


def test_filtered_by_step_and_paged_by_key(anyone):
    for n in range(15):
        IssueFactory(step=Step.MEET, title=f"第{n:02d}件")
    IssueFactory(step=Step.HANDLE, title="在办的")

    first = anyone.get("/board/?step=meet")
    rest = anyone.get("/board/" + first.context["page"].next_url)

    titles = [issue.title for response in (first, rest) for issue in response.context["page"].rows]
    assert titles == [f"第{n:02d}件" for n in reversed(range(15))]


def test_only_reading(anyone):
    assert anyone.post("/board/").status_code == 405


def test_the_board_costs_the_same_for_one_row_and_for_sixty(anyone):
    task_at(AssignmentState.DONE)
    closed()
    anyone.get("/board/")
    with CaptureQueriesContext(connection) as one:
        anyone.get("/board/")

    for _n in range(30):
        task = task_at(AssignmentState.VERIFIED)
        step4_handle.post_completion(task, text=SOLVED, by=secretary())
        closed()
    with CaptureQueriesContext(connection) as sixty:
        anyone.get("/board/")

    assert len(sixty) == len(one)
