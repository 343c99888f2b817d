"""A handler without an account: one task, two halves of a key, progress or done and nothing else."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from consultation.errors import NoContactPhone, NotThisState
from consultation.models import (
    Assignment,
    AssignmentState,
    HandlerLink,
    HandlerLinkUse,
    Issue,
    Proposal,
    ResponsibleBody,
)
from consultation.services import handler_links, step1_visit
from notices import postings
from notices.models import Posting, PostingKind
from tests.consultation.handling import secretary, task_at
from tests.factories import IssueFactory
from tests.pictures import a_picture

REPORT = {"kind": "done", "text": "导靴已更换", "name": "小刘", "digits": "1234"}


@pytest.fixture
def task(north):
    task = task_at(AssignmentState.ACCEPTED)
    ResponsibleBody.objects.filter(pk=task.body_id).update(contact_phone="138 0000 1234")
    return Assignment.objects.get(pk=task.pk)


@pytest.fixture
def token(task):
    return handler_links.make(task, by=secretary())


def test_opening_the_link_changes_nothing(anyone, task, token):
    for _ in range(3):
        page = anyone.get(f"/handle/{token}/")

    assert page.status_code == 200
    assert task.issue.title in page.text
    assert task.issue.said not in page.text
    assert not HandlerLinkUse.objects.exists()


def test_the_handler_sees_place_and_photos_and_nobody_sees_them_by_a_dead_link(anyone, task, token):
    Issue.objects.filter(pk=task.issue_id).update(place_note="B区40号车位")
    taken = step1_visit.add_photo(task.issue, a_picture(), by=secretary())
    other = step1_visit.add_photo(IssueFactory(), a_picture(), by=secretary())
    path = f"/handle/{token}/photos/{taken.photo_id}/small/"

    page = anyone.get(f"/handle/{token}/").text

    assert "B区40号车位" in page
    assert path in page
    assert anyone.get(path).status_code == 200
    assert anyone.get(f"/handle/{token}/photos/{other.photo_id}/small/").status_code == 404
    handler_links.revoke(task)
    assert anyone.get(path).status_code == 404


# How urgent it was sorted; whether the agreement still hangs; what the task's page and the link's say.
SORTED = {
    "concerns": "anyone",
    "served": "several",
    "working_days": 5,
    "difficulty": "moderate",
    "suggestion": "四方商议",
    "households": 1,
    "waiting_days": 0,
    "score": 3,
    "route": "meeting",
}
BEGINS = [
    ("can_wait", True, "once the agreement has hung its time"),
    ("urgent", True, "at once, because it is urgent"),
    ("can_wait", False, ""),
]


@pytest.mark.parametrize("case", BEGINS)
def test_work_begins_after_the_agreement_has_hung_unless_it_is_urgent(anyone, web, task, token, case):
    urgency, hangs, said = case
    today = timezone.localdate()
    posting = postings.put_up(PostingKind.RESULT, title="电梯", text="更换", today=today, by=secretary())
    if not hangs:
        Posting.objects.filter(pk=posting.pk).update(
            starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
        )
    Assignment.objects.filter(pk=task.pk).update(result_posting=posting)
    Proposal.objects.create(issue=task.issue, **SORTED | {"urgency": urgency}, sorted_by=secretary())

    pages = [anyone.get(f"/handle/{token}/").text, web(secretary()).get(f"/assignments/{task.pk}/").text]

    assert [("Work begins" in page, said in page) for page in pages] == [(bool(said), True)] * 2


def test_progress_and_done_are_reported_under_the_given_name(anyone, task, token):
    assert anyone.post(f"/handle/{token}/", REPORT | {"kind": "progress", "text": "配件已到"}).status_code == 302
    assert anyone.post(f"/handle/{token}/", REPORT).status_code == 302

    task.refresh_from_db()
    assert (task.state, task.reported_by) == (AssignmentState.DONE, None)
    assert [(r.who, r.text) for r in task.reports.all()] == [("小刘", "配件已到"), ("小刘", "导靴已更换")]
    assert [use.result for use in HandlerLinkUse.objects.order_by("pk")] == ["progress", "done"]
    assert anyone.post(f"/handle/{token}/", REPORT).status_code == 409, "sent twice, it is reported once"
    assert task.reports.count() == 2


def test_a_report_is_thanked_for_and_its_photo_does_not_show_how_it_was(anyone, task, token):
    before = step1_visit.add_photo(task.issue, a_picture(), by=secretary())

    upload = SimpleUploadedFile("photo.jpg", _jpeg((400, 300)), "image/jpeg")

    page = anyone.post(f"/handle/{token}/", REPORT | {"photos": upload}, follow=True).text

    assert "Your report has arrived." in page
    assert str(before.photo_id) in page
    reported = task.reports.get().photos
    assert reported
    assert not [one for one in reported if str(one) in page]


def test_a_forwarded_link_is_no_use_without_the_digits_and_locks(anyone, task, token):
    answers = [anyone.post(f"/handle/{token}/", REPORT | {"digits": "0000"}).status_code for _ in range(5)]

    assert answers == [422] * 4 + [410]
    assert anyone.post(f"/handle/{token}/", REPORT).status_code == 410, "the right digits come too late"
    task.refresh_from_db()
    assert task.state == AssignmentState.ACCEPTED
    assert HandlerLinkUse.objects.filter(result="wrong").count() == 5


def test_an_expired_a_revoked_and_a_doubled_link_say_so(anyone, task, token):
    newer = handler_links.make(task, by=secretary())
    assert anyone.post(f"/handle/{token}/", REPORT).status_code == 410, "only the newer one works"

    HandlerLink.objects.filter(revoked_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert anyone.post(f"/handle/{newer}/", REPORT).status_code == 410

    revoked = handler_links.make(task, by=secretary())
    handler_links.revoke(task)
    assert anyone.get(f"/handle/{revoked}/").status_code == 410
    assert anyone.get("/handle/nonsense/").status_code == 404
    assert not task.reports.exists()


def test_a_link_needs_a_registered_phone_and_an_accepted_task(north):
    with pytest.raises(NoContactPhone):
        handler_links.make(task_at(AssignmentState.ACCEPTED), by=secretary())
    with pytest.raises(NotThisState):
        handler_links.make(task_at(AssignmentState.DONE), by=secretary())


def test_without_a_registered_phone_the_page_says_beforehand_what_is_missing(web, north):
    task = task_at(AssignmentState.ACCEPTED)

    page = web(secretary()).get(f"/assignments/{task.pk}/")

    assert f"First the branch enters the phone of {task.body}" in page.text
    assert f"/assignments/{task.pk}/link/" not in page.text


def _jpeg(size=(64, 48)):
    body = io.BytesIO()
    Image.new("RGB", size, "white").save(body, "JPEG")
    return body.getvalue()


@pytest.mark.parametrize(
    "body",
    [b"%PDF-1.7 no picture", _jpeg((400, 300))[:600], b"\xff\xd8" + b"0" * (10 * 1024 * 1024)],
    ids=["wrong type", "truncated", "too big"],
)
def test_a_bad_picture_is_an_error_beside_its_field_and_nothing_is_lost(anyone, task, token, body):
    upload = SimpleUploadedFile("photo.jpg", body, "image/jpeg")

    answer = anyone.post(f"/handle/{token}/", REPORT | {"photos": upload})

    assert answer.status_code == 422
    assert "导靴已更换" in answer.text
    assert not task.reports.exists()


def test_a_bomb_of_a_picture_is_refused(anyone, task, token):
    body = io.BytesIO()
    Image.new("1", (12000, 12000)).save(body, "PNG")

    answer = anyone.post(f"/handle/{token}/", REPORT | {"photos": SimpleUploadedFile("bomb.png", body.getvalue())})

    assert answer.status_code == 422
    assert not task.reports.exists()


def test_the_branch_makes_a_link_and_calls_it_back(web, task):
    branch = web(secretary())

    made = branch.post(f"/assignments/{task.pk}/link/")

    assert "/handle/" in made.text
    assert branch.post(f"/assignments/{task.pk}/link/revocation/").status_code == 302
    assert not HandlerLink.objects.valid(timezone.now()).exists()
