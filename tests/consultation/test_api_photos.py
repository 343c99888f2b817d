"""Photos through the API: sent as multipart with a matter and with a report, read again as openness allows."""

import uuid

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from compounds.partners.scopes import Scope
from compounds.photos.models import Photo
from consultation.models import AssignmentReport, AssignmentState, BodyKind, Issue, Openness
from consultation.steps import Step
from tests.consultation.handling import task_at
from tests.factories import IssueFactory
from tests.partnering import api_of
from tests.pictures import photo_upload, upload

GOOD = {"title": "电梯夜里异响", "said": "半夜咣当响。", "category": "1"}


@pytest.fixture
def api(north):
    return api_of(north, handles=[BodyKind.PROPERTY_COMPANY])


def send(api, path, parts, *, boundary=BOUNDARY, **headers):
    body = encode_multipart(boundary, parts)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return api.browser.generic(
        "POST",
        f"{api.mount}/{path}",
        body,
        content_type=MULTIPART_CONTENT.replace(BOUNDARY, boundary),
        headers=api.headers | {"Idempotency-Key": str(uuid.uuid4())} | sent,
    )


def test_a_matter_comes_with_its_photos_and_they_can_be_read(api):
    made = send(api, "issues/", GOOD | {"photos": [photo_upload(colour="red"), photo_upload(colour="blue")]})

    assert made.status_code == 201, made.content
    listed = api.get(f"issues/{made.json()['number']}/photos/").json()
    assert len(listed) == 2
    picture = api.get(listed[0]["small"].removeprefix("http://testserver"))
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(picture.streaming_content).startswith(b"\xff\xd8")


def test_a_form_without_photos_is_what_json_would_have_been(api):
    made = send(api, "issues/", GOOD)

    assert made.status_code == 201, made.content
    assert Issue.objects.get().photos.count() == 0


@pytest.mark.parametrize(
    ("parts", "pointer", "code"),
    [
        (
            {"photos": [photo_upload(), upload(b"<svg onload=alert(1)>", "x.svg", "image/svg+xml")]},
            "/photos/1",
            "photo_refused",
        ),
        ({"photos": [upload(b"GIF89a" + b"\0" * 40, "x.gif", "image/gif")]}, "/photos/0", "photo_refused"),
        ({"photos": [upload(b"\xff\xd8\xff\xe0 cut off", "x.jpg")]}, "/photos/0", "photo_refused"),
        ({"photos": [upload(b"", "x.jpg")]}, "/photos/0", "empty"),
        ({"photos": ["words"]}, "/photos/0", "invalid"),
        ({"photos": [photo_upload() for _n in range(10)]}, "/photos", "max_length"),
        ({"title": [photo_upload()]}, "/title", "invalid"),
        ({"title": ["a", "b"]}, "/title", "repeated"),
        ({"category": "one"}, "/category", "invalid"),
        ({"category": "１"}, "/category", "invalid"),
        ({"file": [photo_upload()]}, "/file", "unknown"),
        ({"title": "a\0b"}, "/title", "null_characters_not_allowed"),
    ],
)
def test_what_is_no_photo_and_no_field_is_refused_with_a_pointer(api, parts, pointer, code):
    answer = send(api, "issues/", GOOD | parts)

    assert answer.status_code == 422, answer.content
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]
    assert not Issue.objects.exists()
    assert not Photo.objects.exists()


def test_too_much_is_refused_before_it_is_read_and_more_parts_than_anybody_needs_too(api):
    many = send(api, "issues/", {f"x{n}": "1" for n in range(2001)})
    long = api.browser.generic(
        "POST",
        f"{api.mount}/issues/",
        b"",
        content_type=MULTIPART_CONTENT,
        CONTENT_LENGTH=str(100 * 1024 * 1024),
        headers=api.headers | {"Idempotency-Key": "1"},
    )

    assert [(one.status_code, one.json()["code"]) for one in (many, long)] == [(413, "body_too_large")] * 2


def test_what_is_no_multipart_or_goes_where_no_file_is_taken_is_refused(api):
    task = task_at(AssignmentState.HANDED_OUT)
    broken = api.browser.generic(
        "POST",
        f"{api.mount}/issues/",
        b"x",
        content_type="multipart/form-data",
        headers=api.headers | {"Idempotency-Key": "1"},
    )
    elsewhere = send(api, f"assignments/{task.pk}/returns/", {"reason": "x"}, If_Match="*")

    assert (broken.status_code, broken.json()["code"]) == (400, "parse_error")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (415, "unsupported_media_type")


def test_a_key_stands_for_the_parts_and_not_for_what_stood_between_them(api):
    red = lambda: GOOD | {"photos": [photo_upload(colour="red")]}  # noqa: E731 - a file is read once

    first = send(api, "issues/", red(), Idempotency_Key="one")
    again = send(api, "issues/", red(), boundary="otherBoundary", Idempotency_Key="one")
    other = send(api, "issues/", GOOD | {"photos": [photo_upload(colour="blue")]}, Idempotency_Key="one")

    assert first.status_code == 201
    assert first.content == again.content
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert (Issue.objects.count(), Photo.objects.count()) == (1, 1)


def test_progress_and_done_come_with_photos(api):
    task = task_at(AssignmentState.ACCEPTED)

    for path in ("progress-reports", "completions"):
        answer = send(
            api, f"assignments/{task.pk}/{path}/", {"text": "已更换。", "photos": [photo_upload()]}, If_Match="*"
        )
        assert answer.status_code == 201, answer.content

    reports = api.get(f"assignments/{task.pk}/reports/").json()
    assert [(one["kind"], len(one["photos"])) for one in reports] == [("progress", 1), ("done", 1)]
    shown = api.get(reports[0]["photos"][0]["full"].removeprefix("http://testserver"))
    assert shown.headers["Content-Type"] == "image/jpeg"
    # How it is now, beside how it was.
    assert len(api.get(f"issues/{task.issue.number}/photos/").json()) == 1
    assert AssignmentReport.objects.filter(by__name="12345 热线").count() == 2


def test_photos_are_seen_with_their_matter_and_reports_by_who_handles_them(api, north):
    task = task_at(AssignmentState.DONE)
    secret = IssueFactory(step=Step.MEET, openness=Openness.CONFIDENTIAL)
    other, wider = (
        api_of(north, scopes=scopes) for scopes in ([Scope.ISSUES_READ], [Scope.ISSUES_READ, Scope.MEMBERS_READ])
    )

    assert len(api.get(f"assignments/{task.pk}/reports/").json()) == 1
    assert other.get(f"assignments/{task.pk}/reports/").json() == []
    assert len(wider.get(f"assignments/{task.pk}/reports/").json()) == 1
    photo = AssignmentReport.objects.get().photos[0]
    path = f"assignments/{task.pk}/photos/{photo}/small/"
    assert [one.get(path).status_code for one in (api, other, wider)] == [200, 404, 200]
    assert other.get(f"issues/{task.issue.number}/photos/{photo}/small/").status_code == 200
    assert other.get(f"issues/{task.issue.number}/photos/{photo}/huge/").status_code == 404
    assert api.get(f"issues/{secret.number}/photos/").status_code == 404
