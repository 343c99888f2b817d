"""Offices above act on matters from /admin/: they demand answers, and answer what was passed upward to them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from compounds.oversight import steering
from compounds.registry.context import compound_context
from compounds.registry.models import StaffEntry
from consultation.errors import ReferralEnded
from consultation.models import Assignment, Issue, Openness, Referral, ReferralLevel, StepRecord, Supervision
from consultation.services import flow, referral, supervision
from consultation.services.referral import Next
from consultation.steps import Step
from consultation.timeline import story
from tests.consultation.handling import secretary
from tests.consultation.offices import DISTRICT, STREET, above_north
from tests.factories import BodyFactory, IssueFactory

DEMAND = {"question": "何时办结？", "working_days": 5}


@pytest.fixture
def issue(above):
    with compound_context("c_north"):
        return IssueFactory(step=Step.PROPOSE)


@pytest.fixture
def referred(issue):
    return _refer(issue, ReferralLevel.STREET)


def _refer(issue, level):
    with compound_context("c_north"):
        return referral.refer(issue, level=level, body=None, question="请协调", due_on=date(2030, 1, 1), by=secretary())


def demand(issue, *, by=DISTRICT):
    with compound_context("c_north"):
        return supervision.demand(issue, **DEMAND, by=by)


def count(model):
    with compound_context("c_north"):
        return model.objects.count()


def test_from_a_number_to_a_demand(admin, issue):
    led = admin.get(above_north(f"demands/?number={issue.number}"))
    shown = admin.get(led.url)
    sent = admin.post(led.url, DEMAND)

    assert led.url == above_north(f"matters/{issue.number}/demand/")
    assert issue.title in shown.text
    assert sent.url == above_north("demands/")
    with compound_context("c_north"):
        row = Supervision.objects.select_related("issue").get()
    assert (row.issue, row.office) == (issue, "测试区 · district-administer")


@pytest.mark.parametrize("number", ["2026-9999", "'--", "%00", "x" * 13, "<b>"])
def test_a_number_that_is_none_is_said_beside_the_field(admin, issue, number):
    response = admin.get(above_north(f"demands/?number={number}"))

    assert response.status_code == 200
    assert response.context["form"].errors["number"]


def test_what_is_confidential_cannot_be_picked_and_is_counted_only(admin, issue):
    row = demand(issue)
    with compound_context("c_north"):
        Issue.objects.filter(pk=issue.pk).update(openness=Openness.CONFIDENTIAL)

    page = admin.get(above_north(f"demands/?number={issue.number}"))
    answers = [
        admin.post(above_north(f"matters/{issue.number}/demand/"), DEMAND).status_code,
        admin.post(above_north(f"matters/{issue.number}/answer/"), {}).status_code,
        admin.get(above_north(f"demands/{row.pk}/")).status_code,
    ]

    assert page.context["form"].errors["number"]
    assert "1 demand is about a matter that has become confidential." in page.text
    assert issue.title not in page.text
    assert answers == [404, 404, 404]


@pytest.mark.parametrize("sheet", [{}, {"question": "", "working_days": 5}, {"question": "?", "working_days": 0}])
def test_a_wrong_demand_is_answered_beside_the_field(admin, issue, sheet):
    response = admin.post(above_north(f"matters/{issue.number}/demand/"), sheet)

    assert response.status_code == 422
    assert count(Supervision) == 0


def test_the_page_shows_the_answer_and_the_office_settles_it_or_asks_further(admin, issue):
    row = demand(issue)
    with compound_context("c_north"):
        supervision.answer(row, answer="周五前换完。", by=secretary())

    listed = admin.get(above_north("demands/"))
    further = admin.post(above_north(f"demands/{row.pk}/"), {"further": "1", **DEMAND, "question": "哪个周五？"})
    with compound_context("c_north"):
        second = Supervision.objects.open().get()
    settled = admin.post(above_north(f"demands/{second.pk}/"))

    assert "周五前换完。" in listed.text
    assert (further.status_code, settled.status_code) == (302, 302)
    assert "哪个周五？" in admin.get(above_north("demands/")).text
    with compound_context("c_north"):
        assert not Supervision.objects.open().exists()


def test_a_lower_office_settles_nothing_of_a_higher_one(above, issue):
    row = demand(issue, by=DISTRICT)

    response = above.client("administer", "street").post(above_north(f"demands/{row.pk}/"))

    assert response.status_code == 403
    with compound_context("c_north"):
        assert Supervision.objects.open().count() == 1


# Who may answer what was passed upward: to the general branch, to the street, to the district.
ANSWERS = {
    ("administer", "district"): (403, 302, 302),
    ("administer", "street"): (403, 302, 403),
    ("administer", "community"): (403, 403, 403),
    ("read", "district"): (403, 403, 403),
    ("read", "street"): (403, 403, 403),
}
LEVELS = (ReferralLevel.GENERAL_BRANCH, ReferralLevel.STREET, ReferralLevel.DISTRICT)


@pytest.mark.parametrize(
    ("who", "level", "status"),
    [(who, level, status) for who, row in ANSWERS.items() for level, status in zip(LEVELS, row, strict=True)],
)
def test_who_answers_what_was_passed_upward(above, issue, who, level, status):
    _refer(issue, level)

    response = above.client(*who).post(
        above_north(f"matters/{issue.number}/answer/"), {"answer": "已协调", "step": Step.PROPOSE}
    )

    assert response.status_code == status
    with compound_context("c_north"):
        assert Referral.objects.waiting().exists() == (status != 302)


def test_the_answer_of_an_office_stands_in_the_history_with_its_name(admin, referred):
    admin.post(
        above_north(f"matters/{referred.issue.number}/answer/"), {"answer": "已协调电力公司", "step": Step.PROPOSE}
    )

    with compound_context("c_north"):
        row, issue = Referral.objects.get(), Issue.objects.get()
        record = StepRecord.objects.last()
        events = [(event.note, event.who) for event in story(issue, secretary())]
    assert (row.answer, row.ended_by, row.ended_for) == ("已协调电力公司", None, "测试区 · district-administer")
    assert (issue.step, record.moved_by, record.who) == (Step.PROPOSE, None, "测试区 · district-administer")
    assert ("已协调电力公司", "测试区 · district-administer") in events


def test_an_office_may_have_a_body_handle_it(admin, referred):
    with compound_context("c_north"):
        body = BodyFactory()
    sheet = {"answer": "由物业办", "step": Step.HANDLE, "body": body.pk, "due_on": "2030-01-01"}

    response = admin.post(above_north(f"matters/{referred.issue.number}/answer/"), sheet)

    assert response.status_code == 302
    with compound_context("c_north"):
        assert Assignment.objects.get().body == body


@pytest.mark.parametrize(
    "sheet",
    [
        {"answer": "", "step": Step.PROPOSE},
        {"answer": "办结", "step": Step.CLOSED, "outcome": "solved"},
        {"answer": "由物业办", "step": Step.HANDLE},
        {"answer": "?", "step": "nowhere"},
    ],
)
def test_an_office_neither_closes_a_matter_nor_sends_half_an_answer(admin, referred, sheet):
    response = admin.post(above_north(f"matters/{referred.issue.number}/answer/"), sheet)

    assert response.status_code == 422
    with compound_context("c_north"):
        assert Issue.objects.get().step == Step.REFERRED


def test_closing_for_an_office_is_a_fault_of_ours(north):
    issue = IssueFactory(step=Step.REFERRED)

    with pytest.raises(ValueError, match="somebody of the compound"):
        flow.advance(issue, Step.CLOSED, outcome="solved", by=DISTRICT)

    issue.refresh_from_db()
    assert issue.step == Step.REFERRED


def test_a_referral_is_answered_once_whoever_answers(referred):
    with compound_context("c_north"):
        referral.answer(referred, answer="已协调", to=Next(Step.PROPOSE), by=STREET)

        with pytest.raises(ReferralEnded):
            referral.answer(referred, answer="又答", to=Next(Step.PROPOSE), by=secretary())


def test_what_is_not_passed_upward_is_not_answered(admin, issue):
    assert admin.get(above_north(f"matters/{issue.number}/answer/")).status_code == 404


@pytest.mark.parametrize("who", [{"moved_by": None, "moved_for": ""}, {"moved_for": "测试区 · 周敏"}])
def test_a_move_is_a_persons_or_an_offices(north, who):
    issue = IssueFactory()
    row = {"issue": issue, "to_step": Step.PROPOSE, "at": timezone.now(), "moved_by": issue.recorded_by, **who}

    with pytest.raises(IntegrityError), transaction.atomic():
        StepRecord.objects.create(**row)


def test_links_are_offered_for_the_step(above):
    names = [
        [url.rstrip("/").rpartition("/")[2] for _title, url in steering.links(1, "2026-0001", step=step)]
        for step in (Step.HANDLE, Step.REFERRED, Step.CLOSED)
    ]

    assert names == [["demand"], ["demand", "answer"], []]


def test_each_call_is_kept_as_a_look_into_the_compound(admin, issue):
    admin.get(above_north(f"matters/{issue.number}/demand/"))

    assert StaffEntry.objects.get().path == above_north(f"matters/{issue.number}/demand/")


def test_what_is_confidential_and_waits_for_an_office_is_counted(admin, referred):
    with compound_context("c_north"):
        Issue.objects.filter(pk=referred.issue_id).update(openness=Openness.CONFIDENTIAL)

    page = admin.get(above_north("demands/"))

    assert page.context["referrals"] == []
    assert "1 confidential matter waits for an answer too." in page.text
    assert referred.question not in page.text


def test_no_number_of_a_matter_breaks_a_page(admin, above):
    assert admin.get(above_north("matters/%00/demand/")).status_code == 404
