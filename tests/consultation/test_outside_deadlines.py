"""Deadlines from outside: before ours, whatever our clock does; written down, contacted, answered."""

from datetime import date

import pytest

from compounds.workdays import calendar
from consultation.models import ClockChange, HoldReason, Issue, OutsideDeadline
from consultation.open_items import _items
from consultation.services import flow, hold, outside
from consultation.services.outside import ClosedHasNoDeadline, MetAlready, OrderKnown
from consultation.steps import Step
from tests.consultation.branch import at_branch
from tests.consultation.clock_cases import fresh, ordered
from tests.consultation.days import at, on
from tests.consultation.handling import secretary
from tests.factories import IssueFactory

pytestmark = pytest.mark.usefixtures("north")


def test_it_outranks_ours_contact_first_then_the_answer_then_ours_again():
    with on("2026-03-02 09:00"):
        issue = IssueFactory()
        ours = issue.due_on
        row = ordered(issue, contact="2026-03-02 11:00", answer="2026-03-09 18:00")
        due = [fresh(issue).due_at]
        outside.contacted(row, by=secretary())
        due.append(fresh(issue).due_at)
        outside.answered(row, by=secretary())

    assert due == [at("2026-03-02 11:00"), at("2026-03-09 18:00")]
    assert (fresh(issue).due_on, fresh(issue).due_at, fresh(issue).due_outside) == (ours, None, False)
    assert list(ClockChange.objects.values_list("reason", flat=True)) == ["outside", "outside", "ours"]


def test_of_several_the_first_counts_and_the_next_step_keeps_it():
    with on("2026-03-02 09:00"):
        issue = IssueFactory()
        ordered(issue, answer="2026-03-09 18:00")
        ordered(issue, answer="2026-03-06 18:00", number="12345-2")

        issue = flow.advance(issue, Step.PROPOSE, by=secretary())

    assert issue.due_at == at("2026-03-06 18:00")


def test_a_hold_stops_ours_and_not_theirs():
    with on("2026-03-02 09:00"):
        issue = at_branch()
        ordered(issue, answer="2026-03-04 18:00")
        row = hold.put(issue, reason=HoldReason.RESIDENT, question="等答复", by=secretary())

    assert Issue.objects.overdue(at("2026-03-04 18:00")).get() == issue
    assert [item.on_hold for item in _items()] == [False]
    with on("2026-03-06 09:00"):
        hold.end(row, answer="好", by=secretary())
        outside.answered(OutsideDeadline.objects.get(), by=secretary())
    # Five working days, and the four that it waited.
    assert fresh(issue).due_on == calendar.after(date(2026, 3, 2), 9).day


def test_rules():
    closed, issue = IssueFactory(step=Step.CLOSED), IssueFactory()
    row = ordered(issue, answer="2026-03-04 18:00")
    with pytest.raises(ClosedHasNoDeadline):
        ordered(closed, answer="2026-03-04 18:00", number="2")
    with pytest.raises(OrderKnown):
        ordered(IssueFactory(), answer="2026-03-04 18:00")
    outside.answered(row, by=secretary())
    with pytest.raises(MetAlready):
        outside.answered(row, by=secretary())
    with pytest.raises(MetAlready):
        outside.contacted(row, by=secretary())


def test_on_the_page_with_what_is_wrong_beside_its_field(web):
    issue, client = IssueFactory(), web(secretary())
    wanted = {
        "source": "hotline",
        "order_number": "A1",
        "contact_by": "2027-01-04T10:00",
        "answer_by": "2027-01-08T18:00",
    }
    for wrong in (
        {"answer_by": "morgen"},
        {"order_number": ""},
        {"contact_by": "2027-01-09T10:00"},
        {"source": "x"},
    ):
        assert client.post(f"/issues/{issue.number}/outside/new/", wanted | wrong).status_code == 422

    assert client.post(f"/issues/{issue.number}/outside/new/", wanted).status_code == 302
    assert client.post(f"/issues/{issue.number}/outside/new/", wanted).status_code == 422

    row = OutsideDeadline.objects.get()
    page = client.get(f"/issues/{issue.number}/").content.decode()
    assert "A1" in page
    client.post(f"/issues/{issue.number}/outside/{row.pk}/contacted/")
    assert client.post(f"/issues/{issue.number}/outside/{row.pk}/answered/").status_code == 302
    row.refresh_from_db()
    assert (row.contacted_by, row.answered_by) == (secretary(), secretary())
