"""Step 4 through the API: the same transitions and the same refusals as on the pages."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from consultation.models import Assignment, AssignmentReport, AssignmentState, BodyKind, Issue, Openness, ReportKind
from consultation.services import correction, step4_handle
from tests.committing import YARD, at_once
from tests.consultation.handling import secretary, task_at
from tests.factories import PersonFactory
from tests.partnering import Api, a_client, api_of, token_for
from tests.pictures import a_picture

# Each act through the API and on the page: where it is sent, and what.
ACTS = {
    "take over": ("acceptances", {}, "acceptance", {}),
    "progress": ("progress-reports", {"text": "配件已到。"}, "progress", {"text": "配件已到。"}),
    "done": ("completions", {"text": "已更换。"}, "report", {"report": "已更换。"}),
    "give back": ("returns", {"reason": "仍在保修期。"}, "return", {"reason": "仍在保修期。"}),
}
# Where each act leads from each state; what is not drawn is refused.
LEADS = {
    (AssignmentState.HANDED_OUT, "take over"): AssignmentState.ACCEPTED,
    (AssignmentState.HANDED_OUT, "give back"): AssignmentState.RETURNED,
    (AssignmentState.ACCEPTED, "progress"): AssignmentState.ACCEPTED,
    (AssignmentState.ACCEPTED, "done"): AssignmentState.DONE,
    (AssignmentState.ACCEPTED, "give back"): AssignmentState.RETURNED,
}


@pytest.fixture
def api(north):
    return api_of(north, handles=[BodyKind.PROPERTY_COMPANY])


def act(api, task, what, body=None, etag=None):
    """Do it to the task as it is now, or as it was."""
    etag = etag or api.get(f"assignments/{task.pk}/").headers["ETag"]
    return api.post(f"assignments/{task.pk}/{what}/", body or {}, If_Match=etag)


@pytest.mark.parametrize("state", list(AssignmentState))
def test_each_act_leads_where_it_does_on_the_page(api, web, state):
    task = task_at(state)
    pages = web(PersonFactory(posts=[PostKind.PROPERTY_STAFF]))

    for name, (path, body, page, form) in ACTS.items():
        ends = []
        for send in (
            lambda: act(api, task, path, body),  # noqa: B023 - sent at once
            lambda: pages.post(f"/assignments/{task.pk}/{page}/", form),  # noqa: B023
        ):
            with transaction.atomic():
                answer = send()
                reached = AssignmentState(Assignment.objects.get(pk=task.pk).state)
                ends.append(reached if answer.status_code in {201, 302} else answer.status_code)
                transaction.set_rollback(True)

        assert ends == [LEADS.get((state, name), 409)] * 2, (state, name)


def test_a_task_goes_from_handed_out_to_done_under_the_partners_name(api):
    task = task_at(AssignmentState.HANDED_OUT)

    taken = act(api, task, "acceptances")
    told = act(api, task, "progress-reports", {"text": "配件已到。"}, taken.headers["ETag"])
    done = act(api, task, "completions", {"text": "已更换。"}, told.headers["ETag"])

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

    answer = act(api, task, "returns", {"reason": "仍在保修期。"})

    assert (answer.status_code, answer.json()["state"]) == (201, "returned")
    assert task.returns.get().reason == "仍在保修期。"


@pytest.mark.parametrize(("path", "body"), [one[:2] for one in ACTS.values()])
def test_each_act_names_the_version_that_it_acts_on(api, path, body):
    task = task_at(AssignmentState.ACCEPTED)

    without = api.post(f"assignments/{task.pk}/{path}/", body)
    stale = act(api, task, path, body, '"x"')

    assert (without.status_code, without.json()["code"]) == (428, "precondition_required")
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert not AssignmentReport.objects.exists()


def test_the_same_key_gives_the_first_answer_again_though_the_version_is_an_old_one_now(api):
    task = task_at(AssignmentState.HANDED_OUT)
    sent = {"If_Match": api.get(f"assignments/{task.pk}/").headers["ETag"], "Idempotency_Key": "once"}

    first, again = (api.post(f"assignments/{task.pk}/acceptances/", {}, **sent) for _n in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content


def test_of_two_who_take_over_the_same_version_one_wins(committing):
    token = token_for(*a_client(Compound.objects.get(slug="yard"), handles=BodyKind.values))
    with compound_context(YARD):
        task = task_at(AssignmentState.HANDED_OUT)
    api = Api(token, "/c/yard/api/v1")
    etag = api.get(f"assignments/{task.pk}/").headers["ETag"]

    answers = at_once(2, lambda _n: act(Api(token, "/c/yard/api/v1"), task, "acceptances", etag=etag))

    assert sorted(one.status_code for one in answers) == [201, 412]


def test_a_task_of_another_body_is_not_taken_over(north):
    api = api_of(north, handles=[BodyKind.UTILITY])
    task = task_at(AssignmentState.HANDED_OUT)

    answer = act(api, task, "acceptances")

    assert (answer.status_code, answer.json()["code"]) == (403, "handles_not_for_this_body")
    task.refresh_from_db()
    assert task.state == AssignmentState.HANDED_OUT


def test_who_handles_a_members_only_matter_sees_it_and_never_a_confidential_one(api, north):
    members = task_at(AssignmentState.HANDED_OUT, openness=Openness.MEMBERS)
    secret = task_at(AssignmentState.HANDED_OUT, openness=Openness.CONFIDENTIAL)

    assert api.get(f"assignments/{members.pk}/").status_code == 200
    assert api.get(f"assignments/{secret.pk}/").status_code == 404
    assert act(api, secret, "acceptances", etag="*").status_code == 404


def test_what_belongs_to_a_matter_that_comes_into_sight_is_found_by_its_number(north):
    hidden, other = task_at(AssignmentState.ACCEPTED, openness=Openness.CONFIDENTIAL), task_at(AssignmentState.ACCEPTED)
    api, number = api_of(north), hidden.issue.number
    stamp = hidden.issue.updated_at

    assert api.get(f"assignments/?issue={number}").json() == []
    correction.set_openness(hidden.issue, Openness.PUBLIC, title="灯不亮", reason="无隐私", by=secretary())

    # The matter is stamped, so that a follower meets it; the task keeps its time.
    assert Issue.objects.get(number=number).updated_at > stamp
    assert [one["id"] for one in api.get(f"assignments/?issue={number}").json()] == [hidden.pk]
    assert [one["id"] for one in api.get(f"assignments/?issue={other.issue.number}").json()] == [other.pk]


def test_a_member_of_the_body_uses_it_too_and_nobody_else(web, north):
    task = task_at(AssignmentState.HANDED_OUT)
    sent = {"data": {}, "content_type": "application/json", "headers": {"Idempotency-Key": "1", "If-Match": "*"}}
    company, owners = (
        web(PersonFactory(posts=[kind])) for kind in (PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE)
    )

    refused = owners.post(f"/api/v1/assignments/{task.pk}/acceptances/", **sent)
    taken = company.post(f"/api/v1/assignments/{task.pk}/acceptances/", **sent)

    assert (refused.status_code, taken.status_code) == (403, 201)


def test_the_matter_is_locked_before_its_task(api):
    task = task_at(AssignmentState.ACCEPTED)

    with CaptureQueriesContext(connection) as queries:
        act(api, task, "completions", {"text": "已更换。"})

    locks = [one["sql"] for one in queries if "FOR UPDATE" in one["sql"] and "consultation_" in one["sql"]]
    assert ['FROM "consultation_issue"' in sql for sql in locks[:2]] == [True, False]


def test_who_verifies_while_it_is_being_reported_done_waits_and_then_goes_on(committing):
    with compound_context(YARD):
        task, by = task_at(AssignmentState.ACCEPTED), PersonFactory()
    reported, waits = threading.Event(), threading.Event()

    def work(n):
        with compound_context(YARD):
            if n == 0:
                with transaction.atomic():
                    step4_handle.report_done(task, report="已更换。", photos=[a_picture()], by=by)
                    reported.set()
                    # Until the other one stands at a lock: at the end this one's photos hold the matter's row too.
                    waits.wait(timeout=20)
                    time.sleep(0.3)
                return None
            reported.wait(timeout=20)
            waits.set()
            return step4_handle.verify(task, passed=True, note="", photo=a_picture(), by=by).passed

    assert at_once(2, work) == [None, True]
