"""A task goes handed out → accepted → reported done → verified → posted; all that is not drawn is refused."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from consultation.errors import NotPublic, NotThisState, PostedAlready
from consultation.models import Assignment, AssignmentState, BodyKind, Issue, Openness
from consultation.services import returns, step4_handle
from consultation.steps import Step
from tests.committing import YARD, at_once
from tests.consultation.handling import SOLVED, secretary, task_at
from tests.costs import costs
from tests.factories import PersonFactory
from tests.pictures import a_picture, photo_upload

STATES = list(AssignmentState)
ROLES = {
    "secretary": PostKind.BRANCH_SECRETARY,
    "company": PostKind.PROPERTY_STAFF,
    "owner": PostKind.OWNERS_COMMITTEE,
    "steward": PostKind.BUILDING_STEWARD,
    "lead": PostKind.NEIGHBOUR_LEAD,
    "member": PostKind.PARTY_MEMBER,
}


def person_as(role):
    return secretary() if role == "secretary" else PersonFactory(posts=[ROLES[role]])


def act(task, what, by):
    """Each deed on a task, as the services take it."""
    if what == "accept":
        return step4_handle.accept(task, by=by)
    if what == "report":
        return step4_handle.report_done(task, report=SOLVED, by=by)
    if what == "verify":
        return step4_handle.verify(task, passed=True, note="", photo=a_picture(), by=by)
    if what == "return":
        return returns.give_back(task, reason="不归我们管", by=by)
    return step4_handle.post_completion(task, text=SOLVED, by=by)


# What follows what; there is no other way.
DRAWN = {
    ("accept", AssignmentState.HANDED_OUT): AssignmentState.ACCEPTED,
    ("report", AssignmentState.ACCEPTED): AssignmentState.DONE,
    ("return", AssignmentState.HANDED_OUT): AssignmentState.RETURNED,
    ("return", AssignmentState.ACCEPTED): AssignmentState.RETURNED,
    ("verify", AssignmentState.DONE): AssignmentState.VERIFIED,
    ("post", AssignmentState.VERIFIED): AssignmentState.VERIFIED,
}


@pytest.mark.parametrize("state", STATES)
def test_a_task_moves_only_as_drawn(north, state):
    arranged, by = task_at(state), secretary()

    for what in ("accept", "report", "return", "verify", "post"):
        # Each deed finds the task as it was arranged.
        with transaction.atomic():
            task = Assignment.objects.select_related("issue").get(pk=arranged.pk)
            if (what, state) in DRAWN:
                act(task, what, by)
                expected = DRAWN[what, state]
            else:
                with pytest.raises(NotThisState) as refused:
                    act(task, what, by)
                assert refused.value.facts == {"now": state.label}, what
                expected = state
            task.refresh_from_db()
            assert task.state == expected, what
            transaction.set_rollback(True)


def test_what_did_not_pass_goes_back_and_can_be_reported_again(north):
    task = task_at(AssignmentState.DONE)

    step4_handle.verify(task, passed=False, note="还差一副导靴", photo=a_picture(), by=secretary())

    task.refresh_from_db()
    assert (task.state, task.reported_at, task.report) == (AssignmentState.ACCEPTED, None, SOLVED)
    assert step4_handle.report_done(task, report="已补", by=secretary()).state == AssignmentState.DONE
    assert Issue.objects.get(pk=task.issue_id).step == Step.HANDLE


def test_the_matter_moves_on_with_its_last_task(north):
    first = task_at(AssignmentState.DONE)
    second = Assignment.objects.create(issue=first.issue, body=first.body, task="另一件", due_on=first.due_on)

    step4_handle.verify(first, passed=True, note="", photo=a_picture(), by=secretary())
    assert Issue.objects.get(pk=first.issue_id).step == Step.HANDLE

    step4_handle.accept(second, by=secretary())
    step4_handle.report_done(second, report=SOLVED, by=secretary())
    step4_handle.verify(second, passed=True, note="", photo=a_picture(), by=secretary())
    assert Issue.objects.get(pk=first.issue_id).step == Step.EVALUATE


def test_two_tasks_verified_at_once_move_the_matter_on(committing):
    with compound_context(YARD):
        first = task_at(AssignmentState.DONE)
        second = Assignment.objects.create(issue=first.issue, body=first.body, task="另一件", due_on=first.due_on)
        by = secretary()
        step4_handle.accept(second, by=by)
        step4_handle.report_done(second, report=SOLVED, by=by)
        tasks, picture = [first, second], a_picture()

    def look(n):
        with compound_context(YARD):
            return step4_handle.verify(tasks[n], passed=True, note="", photo=picture, by=by)

    assert [type(result).__name__ for result in at_once(2, look)] == ["Verification", "Verification"]
    with compound_context(YARD):
        assert Issue.objects.get(pk=first.issue_id).step == Step.EVALUATE


def test_the_result_is_posted_once_and_only_of_public_matters(north):
    task = task_at(AssignmentState.VERIFIED)
    step4_handle.post_completion(task, text=SOLVED, by=secretary())

    with pytest.raises(PostedAlready):
        step4_handle.post_completion(task, text=SOLVED, by=secretary())

    with pytest.raises(NotPublic):
        step4_handle.post_completion(
            task_at(AssignmentState.VERIFIED, openness=Openness.MEMBERS), text=SOLVED, by=secretary()
        )


def test_of_four_who_post_at_once_exactly_one_does(committing):
    with compound_context(YARD):
        task, by = task_at(AssignmentState.VERIFIED), secretary()

    def post(_n):
        with compound_context(YARD):
            return step4_handle.post_completion(task, text=SOLVED, by=by)

    results = at_once(4, post)

    assert sorted(type(result).__name__ for result in results) == [*["PostedAlready"] * 3, "Posting"]


# Method, address, state of the task, role, status; the task is the property company's.
PAGES = [
    ("get", "", AssignmentState.HANDED_OUT, None, 302),
    ("get", "", AssignmentState.HANDED_OUT, "member", 200),
    ("get", "", AssignmentState.HANDED_OUT, "company", 200),
    ("get", "acceptance/", AssignmentState.HANDED_OUT, "company", 302),
    ("post", "acceptance/", AssignmentState.HANDED_OUT, None, 302),
    ("post", "acceptance/", AssignmentState.HANDED_OUT, "company", 302),
    ("post", "acceptance/", AssignmentState.ACCEPTED, "company", 409),
    ("post", "acceptance/", AssignmentState.HANDED_OUT, "secretary", 403),
    ("post", "acceptance/", AssignmentState.HANDED_OUT, "owner", 403),
    ("post", "acceptance/", AssignmentState.HANDED_OUT, "steward", 403),
    ("get", "report/", AssignmentState.ACCEPTED, "company", 200),
    ("get", "report/", AssignmentState.HANDED_OUT, "company", 409),
    ("get", "report/", AssignmentState.ACCEPTED, "secretary", 403),
    ("post", "report/", AssignmentState.ACCEPTED, "company", 302),
    ("post", "report/", AssignmentState.DONE, "company", 409),
    ("post", "report/", AssignmentState.ACCEPTED, "owner", 403),
    ("get", "verifications/", AssignmentState.DONE, "steward", 200),
    ("get", "verifications/", AssignmentState.ACCEPTED, "steward", 409),
    ("get", "verifications/", AssignmentState.DONE, "company", 403),
    ("post", "verifications/", AssignmentState.DONE, "steward", 302),
    ("post", "verifications/", AssignmentState.DONE, "secretary", 302),
    ("post", "verifications/", AssignmentState.DONE, "lead", 403),
    ("post", "verifications/", AssignmentState.VERIFIED, "steward", 409),
    ("get", "posting/", AssignmentState.VERIFIED, "secretary", 200),
    ("get", "posting/", AssignmentState.DONE, "secretary", 409),
    ("get", "posting/", AssignmentState.VERIFIED, "steward", 403),
    ("post", "posting/", AssignmentState.VERIFIED, "secretary", 302),
    ("post", "posting/", AssignmentState.VERIFIED, "company", 403),
]
VALID = {
    "acceptance/": dict,
    "report/": lambda: {"report": SOLVED, "photos": [photo_upload()]},
    "verifications/": lambda: {"passed": "yes", "note": "", "photo": photo_upload()},
    "posting/": lambda: {"text": SOLVED},
}


@pytest.mark.parametrize("case", PAGES)
def test_pages_of_a_task(web, anyone, case):
    method, address, state, role, status = case
    task = task_at(state)
    client = web(person_as(role)) if role else anyone
    data = VALID[address]() if method == "post" else {}

    response = getattr(client, method)(f"/assignments/{task.pk}/{address}", data)

    assert response.status_code == status, response.content.decode()


def test_what_is_not_possible_any_more_leads_on(web):
    handed_out, verified = task_at(AssignmentState.ACCEPTED), task_at(AssignmentState.VERIFIED)
    posting = step4_handle.post_completion(verified, text=SOLVED, by=secretary())

    too_late = web(person_as("company")).post(f"/assignments/{handed_out.pk}/acceptance/").content.decode()
    twice = web(secretary()).post(f"/assignments/{verified.pk}/posting/", {"text": SOLVED}).content.decode()

    assert f'href="/c/north/assignments/{handed_out.pk}/"' in too_late
    assert f'href="/c/north/postings/{posting.pk}/"' in twice


def test_a_body_with_nobody_here_is_stood_in_for_by_the_branch(web):
    task = task_at(AssignmentState.HANDED_OUT, body_kind=BodyKind.LIFT_MAINTAINER)

    assert web(secretary()).post(f"/assignments/{task.pk}/acceptance/").status_code == 302
    assert web(person_as("company")).post(f"/assignments/{task.pk}/acceptance/").status_code == 403


def test_reported_photos_belong_to_the_matter(web):
    task = task_at(AssignmentState.ACCEPTED)

    web(person_as("company")).post(
        f"/assignments/{task.pk}/report/", {"report": SOLVED, "photos": [photo_upload(), photo_upload()]}
    )

    assert task.issue.photos.count() == 2


WRONG = [
    ("report/", AssignmentState.ACCEPTED, "company", {"report": "  "}, "report"),
    ("report/", AssignmentState.ACCEPTED, "company", {"report": "长" * 1001}, "report"),
    ("report/", AssignmentState.ACCEPTED, "company", {"report": "\x00"}, "report"),
    ("report/", AssignmentState.ACCEPTED, "company", {"report": SOLVED, "photos": "no picture"}, "photos"),
    ("verifications/", AssignmentState.DONE, "steward", {"passed": "yes"}, "photo"),
    ("verifications/", AssignmentState.DONE, "steward", {"passed": "maybe", "photo": "picture"}, "passed"),
    ("verifications/", AssignmentState.DONE, "steward", {"passed": "no", "photo": "picture"}, "note"),
    ("posting/", AssignmentState.VERIFIED, "secretary", {"text": ""}, "text"),
    ("posting/", AssignmentState.VERIFIED, "secretary", {"text": "长" * 201}, "text"),
]
_FILES = {
    "picture": photo_upload,
    "no picture": lambda: SimpleUploadedFile("x.jpg", b"GIF89a nothing", content_type="image/jpeg"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_changes_nothing(web, case):
    address, state, role, data, field = case
    task = task_at(state)
    sent = {key: _FILES[value]() if value in _FILES else value for key, value in data.items()}

    response = web(person_as(role)).post(f"/assignments/{task.pk}/{address}", sent)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    task.refresh_from_db()
    assert task.state == state


def test_the_page_says_who_does_what_comes_next(web):
    task = task_at(AssignmentState.HANDED_OUT)

    page = web(person_as("steward")).get(f"/assignments/{task.pk}/").content.decode()

    assert "Accept the task" in page
    assert f"{task.body} does this." in page
    assert "/acceptance/" not in page


def test_who_spoke_is_not_told_to_the_handler(web):
    speaker = PersonFactory(name="欧阳秀英")
    task = task_at(AssignmentState.ACCEPTED, spoken_by=speaker)

    for address in ("", "report/"):
        page = web(person_as("company")).get(f"/assignments/{task.pk}/{address}").content.decode()
        assert "欧阳秀英" not in page
        assert task.issue.said not in page


def test_confidential_matters_are_not_there_for_others(web):
    task = task_at(AssignmentState.VERIFIED, openness=Openness.CONFIDENTIAL, title="某户家事")
    look = task.verifications.get()
    photo = f"/assignments/{task.pk}/verifications/{look.pk}/photo/small/"

    for role, status in {"company": 404, "steward": 404, "secretary": 200}.items():
        client = web(person_as(role))
        assert client.get(f"/assignments/{task.pk}/").status_code == status
        assert client.get(photo).status_code == status
        assert ("某户家事" in client.get("/assignments/?show=done").content.decode()) == (status == 200)


def test_a_photo_is_found_under_its_own_task_only(web):
    look = task_at(AssignmentState.VERIFIED).verifications.get()
    other = task_at(AssignmentState.HANDED_OUT)

    client = web(person_as("member"))

    assert client.get(f"/assignments/{other.pk}/verifications/{look.pk}/photo/small/").status_code == 404
    assert client.get(f"/assignments/{look.assignment_id}/verifications/{look.pk}/photo/huge/").status_code == 404


def test_handlers_see_the_tasks_of_their_own_side_late_ones_first(web):
    today = timezone.localdate()
    task_at(AssignmentState.HANDED_OUT, title="不急的", due_on=today + timedelta(days=9))
    task_at(AssignmentState.ACCEPTED, title="迟了的", due_on=today - timedelta(days=2))
    task_at(AssignmentState.ACCEPTED, title="电梯公司的", body_kind=BodyKind.LIFT_MAINTAINER)

    company = web(person_as("company")).get("/assignments/").content.decode()
    branch = web(secretary()).get("/assignments/").content.decode()

    assert "1 task is late." in company
    assert company.index("迟了的") < company.index("不急的")
    assert "电梯公司的" not in company
    assert "电梯公司的" in branch


def test_the_list_costs_the_same_for_one_task_and_for_thirty(web):
    client, pages = web(secretary()), ["/assignments/", "/assignments/?show=done"]
    for state in (AssignmentState.DONE, AssignmentState.VERIFIED):
        task_at(state)
    one = costs(client, pages)
    for _n in range(29):
        for state in (AssignmentState.DONE, AssignmentState.VERIFIED):
            task_at(state)

    assert costs(client, pages) == one
