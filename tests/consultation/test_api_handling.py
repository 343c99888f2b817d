"""Step 4 through the API: the same transitions and the same refusals as on the pages."""

import pytest

from compounds.organisation.models import PostKind
from consultation.models import AssignmentReport, AssignmentState, BodyKind, Openness, ReportKind
from tests.consultation.handling import task_at
from tests.factories import PersonFactory
from tests.partnering import api_of


@pytest.fixture
def api(north):
    return api_of(north, handles=[BodyKind.PROPERTY_COMPANY])


def test_a_task_goes_from_handed_out_to_done(api):
    task = task_at(AssignmentState.HANDED_OUT)

    taken = api.post(f"assignments/{task.pk}/acceptances/")
    told = api.post(f"assignments/{task.pk}/progress-reports/", {"text": "配件已到。"})
    done = api.post(f"assignments/{task.pk}/completions/", {"text": "已更换。"})

    assert [(one.status_code, one.json()["state"]) for one in (taken, told, done)] == [
        (201, "accepted"),
        (201, "accepted"),
        (201, "done"),
    ]
    task.refresh_from_db()
    assert task.accepted_by.name == task.reported_by.name == "12345 热线"
    assert list(AssignmentReport.objects.values_list("kind", "text")) == [
        (ReportKind.PROGRESS, "配件已到。"),
        (ReportKind.DONE, "已更换。"),
    ]


def test_a_task_is_given_back_with_a_reason(api):
    task = task_at(AssignmentState.HANDED_OUT)

    answer = api.post(f"assignments/{task.pk}/returns/", {"reason": "仍在保修期。"})

    assert (answer.status_code, answer.json()["state"]) == (201, "returned")
    assert task.returns.get().reason == "仍在保修期。"


@pytest.mark.parametrize(
    ("state", "act", "body"),
    [
        (AssignmentState.ACCEPTED, "acceptances", {}),
        (AssignmentState.HANDED_OUT, "progress-reports", {"text": "x"}),
        (AssignmentState.HANDED_OUT, "completions", {"text": "x"}),
        (AssignmentState.VERIFIED, "completions", {"text": "x"}),
        (AssignmentState.DONE, "returns", {"reason": "x"}),
    ],
)
def test_what_the_state_forbids_is_refused(api, state, act, body):
    task = task_at(state)

    answer = api.post(f"assignments/{task.pk}/{act}/", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "assignment_state")
    assert AssignmentReport.objects.filter(text="x").count() == 0


def test_a_task_of_another_body_is_not_taken_over(north):
    api = api_of(north, handles=[BodyKind.UTILITY])
    task = task_at(AssignmentState.HANDED_OUT)

    answer = api.post(f"assignments/{task.pk}/acceptances/")

    assert (answer.status_code, answer.json()["code"]) == (403, "handles_not_for_this_body")
    task.refresh_from_db()
    assert task.state == AssignmentState.HANDED_OUT


def test_who_handles_a_members_only_matter_sees_it_and_never_a_confidential_one(api, north):
    members = task_at(AssignmentState.HANDED_OUT, openness=Openness.MEMBERS)
    secret = task_at(AssignmentState.HANDED_OUT, openness=Openness.CONFIDENTIAL)

    assert api.get(f"assignments/{members.pk}/").status_code == 200
    assert api.get(f"assignments/{secret.pk}/").status_code == 404
    assert api.post(f"assignments/{secret.pk}/acceptances/").status_code == 404


def test_a_member_of_the_body_uses_it_too_and_nobody_else(web, north):
    task = task_at(AssignmentState.HANDED_OUT)
    sent = {"data": {}, "content_type": "application/json", "headers": {"Idempotency-Key": "1"}}
    company, owners = (
        web(PersonFactory(posts=[kind])) for kind in (PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE)
    )

    refused = owners.post(f"/api/v1/assignments/{task.pk}/acceptances/", **sent)
    taken = company.post(f"/api/v1/assignments/{task.pk}/acceptances/", **sent)

    assert (refused.status_code, taken.status_code) == (403, 201)
