"""Holds on the pages: put, looked at again, ended with an answer; the tag, the day, the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.workdays import calendar
from consultation.models import Hold, HoldReason, Issue, Outcome
from consultation.services import flow, hold
from consultation.steps import Step
from tests.consultation.branch import at_branch
from tests.consultation.handling import secretary
from tests.factories import IssueFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("north")
WAIT = {"reason": "resident", "question": "601同意走管吗？"}


def held(issue: Issue | None = None) -> Hold:
    return hold.put(issue or at_branch(), reason=HoldReason.RESIDENT, question=WAIT["question"], by=secretary())


def test_put_on_the_issues_page_and_said_by_a_tag(web):
    issue, client = at_branch(), web(secretary())

    client.post(f"/issues/{issue.number}/hold/", WAIT)

    page = client.get(f"/issues/{issue.number}/").content.decode()
    assert WAIT["question"] in page
    assert "on hold" in page
    assert "on hold" in client.get("/issues/").content.decode()


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "mood"}, {"question": " "}, {"question": "问" * 301}])
def test_what_is_missing_is_said_beside_the_field(web, wrong):
    issue = at_branch()

    assert web(secretary()).post(f"/issues/{issue.number}/hold/", WAIT | wrong).status_code == 422
    assert not Hold.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_at_a_time_and_none_for_what_is_closed(web, method):
    client = web(secretary())
    for issue in (held().issue, IssueFactory(step=Step.CLOSED)):
        assert getattr(client, method)(f"/issues/{issue.number}/hold/", WAIT).status_code == 409


def test_still_waiting_moves_the_review_and_an_answer_ends_it(web):
    row, client = held(), web(secretary())
    Hold.objects.update(review_on=timezone.localdate() - timedelta(days=1))
    base = f"/issues/{row.issue.number}/hold/{row.pk}/"

    client.post(f"{base}review/")
    row.refresh_from_db()
    assert row.review_on == calendar.after(timezone.localdate(), hold.REVIEW).day

    assert client.post(f"{base}end/", {"answer": ""}).status_code == 422
    assert client.post(f"{base}end/", {"answer": "同意"}).status_code == 302
    assert client.post(f"{base}end/", {"answer": "又同意"}).status_code == 409
    assert client.post(f"{base}review/").status_code == 409
    assert Hold.objects.get().answer == "同意"


def test_my_day_says_it_when_it_is_to_be_looked_at_again_and_not_before(web):
    row = held()
    assert web(secretary()).get("/").context["rows"] == []

    Hold.objects.update(review_on=timezone.localdate())
    rows = web(secretary()).get("/").context["rows"]

    assert [WAIT["question"] in str(w.what) for w, _left in rows] == [True]
    assert rows[0][0].title == row.issue.title


def test_nothing_is_late_while_it_waits(web):
    row = held()
    Issue.objects.update(due_on=timezone.localdate() - timedelta(days=9))

    assert not Issue.objects.overdue(timezone.localdate()).exists()
    assert web(secretary()).get(f"/issues/{row.issue.number}/").context["late"] == ""


def test_what_was_waited_before_the_last_move_is_not_added_to_the_new_steps_time():
    row = held()
    Hold.objects.update(since=timezone.localdate() - timedelta(days=30))
    moved = flow.advance(row.issue, Step.MEET, by=secretary())

    hold.end(row, answer="同意", by=secretary())

    assert Issue.objects.get().due_on == moved.due_on


def test_closing_ends_it(web):
    row = held()

    flow.advance(row.issue, Step.CLOSED, outcome=Outcome.WITHDRAWN, note="自己修好了", by=secretary())

    row.refresh_from_db()
    assert (row.answer, row.ended_by) == ("自己修好了", secretary())


def test_holds_are_the_branchs(web):
    row, client = held(), web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))
    base = f"/issues/{row.issue.number}/hold/"

    assert {client.post(f"{base}{end}").status_code for end in ("", f"{row.pk}/review/", f"{row.pk}/end/")} == {403}
