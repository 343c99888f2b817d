"""After closing and upward: asking again, passing upward with answers, whose it is, and what must be reported."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation.errors import (
    AskedAlready,
    NotClosedAnyMore,
    NotReportable,
    ReferralEnded,
    ReportedAlready,
)
from consultation.models import (
    AssignmentState,
    Category,
    FollowUp,
    Issue,
    MandatoryReport,
    Outcome,
    ReferralLevel,
)
from consultation.services import follow_up, must_report, referral, step5_evaluate
from consultation.services.referral import Next
from consultation.steps import FOLLOW_UP_DAYS, Step
from tests.consultation.handling import secretary, task_at, voice_of
from tests.factories import BodyFactory, IssueFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("north")


def today():
    return timezone.localdate()


@pytest.fixture
def day_of(web):
    """What waits for somebody, as their page lists it: addresses in order."""

    def urls(person):
        return [row.url for row, _left in web(person).get("/").context["rows"]]

    return urls


def path_of(row):
    return f"/c/north/follow-ups/{row.pk}/"


def closed(outcome=Outcome.PLANNED, *, days_ago=0, **issue):
    matter = step5_evaluate.close(
        IssueFactory(step=Step.PROPOSE, **issue),
        outcome=outcome,
        note="",
        answerable=BodyFactory() if outcome == Outcome.NOT_OURS else None,
        by=secretary(),
    )
    if days_ago:
        at = timezone.now() - timedelta(days=days_ago)
        Issue.objects.filter(pk=matter.pk).update(closed_at=at)
        FollowUp.objects.filter(issue=matter).update(due_on=timezone.localdate(at) + timedelta(days=FOLLOW_UP_DAYS))
    return Issue.objects.get(pk=matter.pk)


# --- Asking again (回访) ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [Outcome.PLANNED, Outcome.NOT_OURS, Outcome.WITHDRAWN, Outcome.DUPLICATE])
def test_closing_says_when_somebody_asks_again(outcome):
    issue = closed(outcome)

    planned = [row.due_on for row in issue.follow_ups.all()]

    assert planned == ([today() + timedelta(days=30)] if outcome == Outcome.PLANNED else [])


def test_it_is_in_the_day_of_the_buildings_steward_once_it_is_due(day_of):
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    other = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    building = steward.posts.get().unit.building
    row = closed(days_ago=30, building=building).follow_ups.get()
    early = closed(days_ago=29, building=building).follow_ups.get()

    assert path_of(row) in day_of(steward)
    assert path_of(early) not in day_of(steward)
    assert path_of(row) not in day_of(other)
    assert path_of(row) not in day_of(secretary())
    assert path_of(closed(days_ago=30).follow_ups.get()) in day_of(secretary())


def test_still_fine_is_written_down_once():
    row = closed(days_ago=30).follow_ups.get()

    follow_up.still_fine(row, note="", by=secretary())

    with pytest.raises(AskedAlready):
        follow_up.came_back(row, note="又响了", by=secretary())
    assert Issue.objects.get(pk=row.issue_id).step == Step.CLOSED


@pytest.mark.parametrize(("days", "itself"), [(30, True), (31, False)])
def test_what_came_back_is_the_same_matter_within_a_month_and_a_new_one_later(days, itself):
    old = closed(days_ago=days)
    voice_of(old)

    back = follow_up.came_back(old.follow_ups.get(), note="又响了", by=secretary())

    assert back.step == Step.PROPOSE
    assert (back.pk == old.pk) is itself
    row = FollowUp.objects.get(issue=old)
    assert row.new_issue == (None if itself else back)
    assert back.voices.count() == 1


def test_nobody_asks_about_what_is_open_again_and_closing_again_sets_a_new_day():
    issue = closed()
    step5_evaluate.take_up_again(issue, note="又响了", by=secretary())
    row = issue.follow_ups.get()
    with pytest.raises(NotClosedAnyMore):
        follow_up.still_fine(row, note="", by=secretary())

    step5_evaluate.close(issue, outcome=Outcome.PLANNED, note="", by=secretary())

    assert issue.follow_ups.count() == 1


@pytest.mark.parametrize(
    ("data", "fields"), [({}, ["outcome"]), ({"outcome": "came_back"}, ["note"]), ({"outcome": "x"}, ["outcome"])]
)
def test_a_wrong_answer_is_said_beside_its_field(web, data, fields):
    row = closed(days_ago=30).follow_ups.get()

    response = web(secretary()).post(f"/follow-ups/{row.pk}/", data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields


def test_the_steward_writes_it_down_on_the_page(web):
    row = closed(days_ago=31).follow_ups.get()
    client = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))

    response = client.post(f"/follow-ups/{row.pk}/", {"outcome": "came_back", "note": "又响了"})

    row.refresh_from_db()
    assert response["Location"].endswith(f"/issues/{row.new_issue.number}/")
    assert client.get(f"/follow-ups/{row.pk}/").status_code == 409
    assert row.issue.number in client.get(f"/issues/{row.new_issue.number}/").content.decode()


@pytest.mark.parametrize(("days", "itself"), [(0, True), (30, True), (31, False), (400, False)])
def test_the_branch_takes_a_closed_matter_up_from_its_page(web, days, itself):
    old = closed(days_ago=days)
    voice_of(old)
    client, address = web(secretary()), f"/issues/{old.number}/taking-up/"

    offered = address in client.get(f"/issues/{old.number}/").content.decode()
    page = client.get(address).content.decode()
    response = client.post(address, {"note": "又漏了"})

    back = Issue.objects.exclude(step=Step.CLOSED).get()
    assert offered
    assert ("It goes on as a new matter" in page) is not itself
    assert response["Location"].endswith(f"/issues/{back.number}/")
    assert (back.step, back.pk == old.pk, back.voices.count()) == (Step.PROPOSE, itself, 1)
    assert (old.number in client.get(f"/issues/{back.number}/").content.decode()) is True


def test_what_was_closed_long_ago_goes_on_as_one_new_matter_at_a_time(web):
    old = closed(days_ago=31)
    new = follow_up.carry_on(old, note="又漏了", by=secretary())
    client = web(secretary())

    again = client.post(f"/issues/{old.number}/taking-up/", {"note": "又漏了"})

    assert again.status_code == 409
    assert f"/issues/{new.number}/" in again.content.decode()
    step5_evaluate.close(new, outcome=Outcome.PLANNED, note="", by=secretary())
    assert follow_up.carry_on(old, note="第三次", by=secretary()).step == Step.PROPOSE


def test_a_steward_is_not_offered_to_take_it_up_nor_anybody_what_was_merged(web):
    old, merged = closed(), closed(Outcome.DUPLICATE)
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

    assert "taking-up" not in web(steward).get(f"/issues/{old.number}/").content.decode()
    assert "taking-up" not in web(secretary()).get(f"/issues/{merged.number}/").content.decode()


# --- Passed upward ---------------------------------------------------------------------------------------------------


def referred(**issue):
    return referral.refer(
        IssueFactory(step=Step.PROPOSE, **issue),
        level=ReferralLevel.STREET,
        body=None,
        question="请协调供电公司",
        due_on=today() + timedelta(days=5),
        by=secretary(),
    )


NEXT = [Step.PROPOSE, Step.HANDLE, Step.EVALUATE, Step.CLOSED]


@pytest.mark.parametrize("step", NEXT)
def test_the_answer_moves_it_on(step):
    row = referred()
    body = BodyFactory()
    to = {
        Step.HANDLE: Next(Step.HANDLE, body=body, due_on=today()),
        Step.CLOSED: Next(Step.CLOSED, outcome=Outcome.SOLVED),
    }.get(step, Next(step))

    issue = referral.answer(row, answer="已协调", to=to, by=secretary())

    row.refresh_from_db()
    assert (issue.step, row.answer, row.next_step) == (step, "已协调", step)
    assert [task.body for task in issue.assignments.all()] == ([body] if step == Step.HANDLE else [])
    with pytest.raises(ReferralEnded):
        referral.answer(row, answer="又答", to=to, by=secretary())


def test_the_general_secretary_has_it_in_their_day_and_answers(web, day_of):
    row = referred()
    general = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])
    address = f"/issues/{row.issue.number}/referral/answer/"

    assert f"/c/north{address}" in day_of(general)
    assert f"/c/north{address}" not in day_of(secretary())
    page = web(general).get(address).content.decode()
    assert "请协调供电公司" in page
    assert row.issue.said in page
    assert web(general).post(address, {"answer": "已协调", "step": "propose"}).status_code == 302
    assert Issue.objects.get(pk=row.issue_id).step == Step.PROPOSE


def test_an_answer_that_is_late_is_in_the_branchs_day(day_of):
    row = referred()
    type(row).objects.update(answer_due_on=today() - timedelta(days=1), sent_on=today() - timedelta(days=9))

    assert any("referral/answer" in url for url in day_of(secretary()))


def test_a_matter_that_leaves_another_way_waits_for_no_answer():
    row = referred()

    step5_evaluate.take_up_again(row.issue, note="自己办", by=secretary())

    row.refresh_from_db()
    assert (row.answer, row.next_step) == ("", Step.PROPOSE)


@pytest.mark.parametrize("step", list(Step))
def test_passed_upward_from_where_the_diagram_allows_it(web, step):
    issue = IssueFactory(step=step)
    data = {"level": "street", "question": "请协调", "due_on": today().isoformat()}

    response = web(secretary()).post(f"/issues/{issue.number}/referral/", data)

    assert response.status_code == (302 if step in {Step.PROPOSE, Step.MEET, Step.HANDLE} else 409)


@pytest.mark.parametrize("state", ["handed_out", "accepted", "done", "returned"])
def test_nobody_works_on_what_was_passed_upward(web, state):
    task = task_at(AssignmentState(state))
    data = {"level": "street", "question": "要换整段主管，请协调", "due_on": today().isoformat()}

    web(secretary()).post(f"/issues/{task.issue.number}/referral/", data)

    task.refresh_from_db()
    assert task.state == AssignmentState.WITHDRAWN
    assert not task.issue.assignments.unfinished().exists()
    row = task.issue.referrals.get()
    referral.answer(row, answer="已办好", to=Next(Step.EVALUATE), by=secretary())
    assert Issue.objects.get(pk=task.issue_id).step == Step.EVALUATE


BAD_REFERRALS = [
    ({}, ["level", "question", "due_on"]),
    ({"level": "body", "question": "请协调", "due_on": "2099-01-01"}, ["body"]),
    ({"level": "moon", "question": "请协调", "due_on": "2099-01-01"}, ["level"]),
    ({"level": "street", "question": "请协调", "due_on": "2020-01-01"}, ["due_on"]),
]


@pytest.mark.parametrize(("data", "fields"), BAD_REFERRALS)
def test_a_wrong_referral_changes_nothing(web, data, fields):
    issue = IssueFactory(step=Step.PROPOSE)

    response = web(secretary()).post(f"/issues/{issue.number}/referral/", data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields
    assert Issue.objects.get(pk=issue.pk).step == Step.PROPOSE


BAD_ANSWERS = [
    ({}, {"answer", "step"}),
    ({"answer": "好", "step": "handle"}, {"body", "due_on"}),
    ({"answer": "好", "step": "closed"}, {"outcome"}),
    ({"answer": "好", "step": "meet"}, {"step"}),
]


@pytest.mark.parametrize(("data", "fields"), BAD_ANSWERS)
def test_a_wrong_answer_changes_nothing(web, data, fields):
    row = referred()

    response = web(secretary()).post(f"/issues/{row.issue.number}/referral/answer/", data)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == fields
    assert Issue.objects.get(pk=row.issue_id).step == Step.REFERRED


# --- Closing as not ours ---------------------------------------------------------------------------------------------


def test_whose_it_is_when_it_is_not_ours(web):
    issue, body = IssueFactory(step=Step.PROPOSE), BodyFactory(name="供电公司")

    web(secretary()).post(f"/issues/{issue.number}/closing/", {"outcome": "not_ours", "answerable": body.pk})

    issue.refresh_from_db()
    assert (issue.outcome, issue.answerable_body) == ("not_ours", body)
    step5_evaluate.take_up_again(issue, note="是我们的", by=secretary())
    assert Issue.objects.get(pk=issue.pk).answerable_body is None


# --- Must be reported ------------------------------------------------------------------------------------------------


def fire(**issue):
    return IssueFactory(category=Category.objects.get(name="火灾隐患、火情"), **issue)


def test_what_must_be_reported_comes_first_in_the_branchs_day(day_of):
    late = task_at(AssignmentState.HANDED_OUT, due_on=today() - timedelta(days=30)).issue
    issue = fire()

    waiting = day_of(secretary())

    assert late.step == Step.HANDLE
    assert waiting[0] == f"/c/north/issues/{issue.number}/must-report/"


@pytest.mark.parametrize(("hours", "in_time"), [(23, True), (24, True), (25, False)])
def test_reported_within_the_hours_of_its_kind(hours, in_time):
    issue = fire()
    moment = issue.created_at + timedelta(hours=hours)

    row = must_report.report(issue, to="街道应急办", reported_at=moment, note="", by=secretary())

    assert row.in_time is in_time
    assert not Issue.objects.unreported().exists()
    with pytest.raises(ReportedAlready):
        must_report.report(issue, to="街道", reported_at=moment, note="", by=secretary())


def test_late_is_said_on_the_matters_page(web):
    issue = fire()
    Issue.objects.filter(pk=issue.pk).update(created_at=timezone.now() - timedelta(hours=25))
    client = web(secretary())

    assert "It is late." in client.get(f"/issues/{issue.number}/").content.decode()
    local = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    assert client.post(f"/issues/{issue.number}/must-report/", {"to": "街道", "reported_at": local}).status_code == 302
    page = client.get(f"/issues/{issue.number}/").content.decode()
    assert "It is late." not in page
    assert "Reported to 街道" in page


@pytest.mark.parametrize("at", ["", "x", "2099-01-01T00:00", "2001-01-01T00:00"])
def test_a_wrong_moment_is_said_beside_it(web, at):
    issue = fire()

    response = web(secretary()).post(f"/issues/{issue.number}/must-report/", {"to": "街道", "reported_at": at})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reported_at"]
    assert not MandatoryReport.objects.exists()


def test_other_kinds_are_not_reported():
    with pytest.raises(NotReportable):
        must_report.report(IssueFactory(), to="街道", reported_at=timezone.now(), note="", by=secretary())
