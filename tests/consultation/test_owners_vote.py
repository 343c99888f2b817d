"""What only the owners may decide waits for their vote; what they decided is carried out, or goes back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation import meetings
from consultation.errors import (
    BallotStillOpen,
    CountedAlready,
    DecidedAlready,
    MoreThanThereIs,
    OnHoldAlready,
    OwnersVoteNeeded,
    VoteWithdrawn,
)
from consultation.models import (
    Category,
    DecisionOutcome,
    Hold,
    HoldReason,
    Issue,
    Openness,
    Outcome,
    OwnersVote,
    ReferralLevel,
    VoteResult,
)
from consultation.services import correction, flow, hold, owners_vote, referral, step5_evaluate
from consultation.services.owners_vote import Counted, Question
from consultation.steps import Step
from tests.consultation.test_step3_meet import agree, convened, promise, ready_item, seat_everybody
from tests.factories import BodyFactory, IssueFactory, PersonFactory, four_seats

pytestmark = pytest.mark.usefixtures("north")


RESULT = {
    "took_part_persons": "200",
    "took_part_area": "18000",
    "for_persons": "150",
    "for_area": "13500",
    "counted_on": timezone.localdate().isoformat(),
    "due_on": "2030-05-01",
    "otherwise": "back",
}


def question(**changed):
    today = timezone.localdate()
    values = {
        "article_item": 5,
        "question": "是否同意动用维修资金更换3栋电梯主机？",
        "ballot_from": today - timedelta(days=10),
        "ballot_until": today,
        "total_persons": 300,
        "total_area": Decimal("27000.00"),
    }
    return Question(**values | changed)


def submitted(item=None, **changed):
    item = (
        item or convened(IssueFactory(step=Step.MEET, category=Category.objects.get(name="使用维修资金"))).items.get()
    )
    money = promise(fund_source="maintenance_fund", cost=Decimal(86000))
    return owners_vote.submit(item, question(**changed), text="提请业主共同表决。", promise=money, by=PersonFactory())


def counted(took=200, area="18000.00", yes=150, yes_area="13500.00", on=None):
    return Counted(took, Decimal(area), yes, Decimal(yes_area), on or timezone.localdate())


def carry(vote, result, **changed):
    values = {"body": BodyFactory(), "due_on": date(2030, 5, 1), "by": PersonFactory()}
    return owners_vote.count(vote, result, **values | changed)


def test_a_submitted_matter_waits_and_is_on_no_other_agenda():
    vote = submitted()

    assert vote.decision.outcome == DecisionOutcome.OWNERS_VOTE
    assert vote.issue.step == Step.MEET
    assert vote.issue.holds.active().get().reason == HoldReason.OWNERS_VOTE
    assert vote.issue not in meetings.discussable()
    assert not vote.issue.assignments.exists()


def test_a_passed_vote_hands_the_matter_to_the_body_that_is_named():
    vote, body = submitted(), BodyFactory(name="电梯维保公司")

    carry(vote, counted(), body=body)

    task = vote.issue.assignments.get()
    assert (task.body, task.due_on, task.decision) == (body, date(2030, 5, 1), vote.decision)
    assert Issue.objects.get(pk=vote.issue_id).step == Step.HANDLE
    assert not Hold.objects.active().exists()


@pytest.mark.parametrize(
    ("result", "expected"),
    [(counted(took=199, yes=199), VoteResult.TOO_FEW), (counted(yes=100), VoteResult.REFUSED)],
)
def test_a_failed_vote_ends_the_hold_and_goes_back_to_the_branch(result, expected):
    vote = submitted()

    carry(vote, Counted(**vars(result) | {"counted_on": timezone.localdate()}))

    vote.refresh_from_db()
    assert vote.result == expected
    assert Issue.objects.get(pk=vote.issue_id).step == Step.PROPOSE
    assert not Hold.objects.active().exists()
    assert not vote.issue.assignments.exists()


def test_the_branch_may_close_after_a_failed_vote():
    vote = submitted()

    owners_vote.count_or_close(
        vote, counted(took=100, yes=100), body=BodyFactory(), due_on=date(2030, 5, 1), by=PersonFactory()
    )

    issue = Issue.objects.get(pk=vote.issue_id)
    assert (issue.step, issue.outcome) == (Step.CLOSED, "planned")


@pytest.mark.parametrize(
    "result",
    [
        counted(area="27000.01"),
        counted(took=301),
        counted(yes=201),
        counted(yes_area="18000.01"),
    ],
)
def test_a_vote_with_more_than_there_is_is_refused_and_changes_nothing(result):
    vote = submitted()

    with pytest.raises(MoreThanThereIs):
        carry(vote, result)

    vote.refresh_from_db()
    assert vote.result == ""
    assert Hold.objects.active().count() == 1


def test_the_database_refuses_it_too():
    vote = submitted()
    carry(vote, counted())

    with pytest.raises(IntegrityError), transaction.atomic():
        OwnersVote.objects.filter(pk=vote.pk).update(took_part_area=Decimal("27000.01"))


def test_a_vote_is_counted_once():
    vote = submitted()
    carry(vote, counted())

    with pytest.raises(CountedAlready):
        carry(vote, counted(yes=0))


def test_nothing_is_counted_while_the_ballot_is_open():
    vote = submitted(ballot_until=timezone.localdate() + timedelta(days=1))

    with pytest.raises(BallotStillOpen):
        carry(vote, counted())


# --- The matter goes another way before the count ---------------------------------------------------------------------

WAYS = {
    "closed": lambda issue, by: step5_evaluate.close(issue, outcome=Outcome.WITHDRAWN, note="业主已撤回", by=by),
    "referred": lambda issue, by: referral.refer(
        issue, level=ReferralLevel.STREET, body=None, question="请街道协调", due_on=timezone.localdate(), by=by
    ),
    "made confidential": lambda issue, by: correction.set_openness(
        issue, Openness.CONFIDENTIAL, title="", reason="涉及隐私", by=by
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_vote_is_withdrawn_with_its_hold_when_its_matter_goes_another_way(way):
    vote, by = submitted(), PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

    way(vote.issue, by)

    vote.refresh_from_db()
    assert (vote.result, vote.recorded_by, vote.counted_on) == (VoteResult.WITHDRAWN, by, None)
    assert not Hold.objects.active().exists()
    assert not OwnersVote.objects.pending().exists()
    with pytest.raises(VoteWithdrawn):
        carry(vote, counted())
    assert not vote.issue.assignments.exists()


def test_a_withdrawn_vote_keeps_its_matter_off_no_agenda():
    vote, by = submitted(), PersonFactory()

    flow.advance(vote.issue, Step.PROPOSE, note="再议", by=by)
    flow.advance(vote.issue, Step.MEET, by=by)

    assert vote.issue in meetings.discussable()
    again = submitted(convened(Issue.objects.get(pk=vote.issue_id)).items.get())
    carry(again, counted())
    assert again.issue.assignments.count() == 1


def test_a_counted_vote_stays_counted_whatever_becomes_of_its_matter():
    vote = submitted()
    carry(vote, counted())

    flow.advance(vote.issue, Step.PROPOSE, note="退回", by=PersonFactory())

    vote.refresh_from_db()
    assert vote.result == VoteResult.PASSED


def test_the_pages_say_that_the_vote_is_withdrawn(web):
    vote = submitted()
    by = PersonFactory(name="唐书记", posts=[PostKind.BRANCH_SECRETARY])
    client = web(by)

    asked = client.get(f"/issues/{vote.issue.number}/closing/")
    client.post(f"/issues/{vote.issue.number}/closing/", {"outcome": "withdrawn", "note": "业主已撤回"})

    assert "their vote is withdrawn" in asked.text
    page = client.get(f"/votes/{vote.pk}/")
    assert "The vote is withdrawn." in page.text
    assert "业主已撤回" in page.text
    assert "Enter the result" not in page.text
    late = client.post(f"/votes/{vote.pk}/result/", RESULT | {"body": vote.decision.body_id})
    assert late.status_code == 409
    assert "业主已撤回" in late.text


@pytest.mark.parametrize("missing", ["took_part_persons", "for_area", "counted_on", "recorded_by"])
def test_the_database_takes_no_result_without_its_figures(missing):
    vote = submitted()
    carry(vote, counted())

    with pytest.raises(IntegrityError), transaction.atomic():
        OwnersVote.objects.filter(pk=vote.pk).update(**{missing: None})


def test_an_item_that_is_decided_is_not_submitted():
    item = ready_item()
    agree(item)

    with pytest.raises(DecidedAlready):
        submitted(item)


def test_a_matter_on_hold_is_not_submitted_and_nothing_is_kept():
    item = convened().items.get()
    hold.put(item.issue, reason=HoldReason.SEASON, question="等雨季过去", by=PersonFactory())

    with pytest.raises(OnHoldAlready):
        submitted(item)

    assert not OwnersVote.objects.exists()


# --- Emergency repair (article 281) -----------------------------------------------------------------------------------


def test_an_emergency_repair_is_paid_from_the_fund_without_a_vote_and_recorded_as_such():
    item = ready_item(category=Category.objects.get(name="使用维修资金"))

    decision = agree(item, promise=promise(fund_source="maintenance_fund", cost=Decimal(9000), emergency_repair=True))

    assert (decision.outcome, decision.emergency_repair) == (DecisionOutcome.CONSENSUS, True)


def test_what_is_no_repair_is_no_emergency():
    item = ready_item(category=Category.objects.get(name="选聘、解聘物业公司"))

    with pytest.raises(OwnersVoteNeeded):
        agree(item, promise=promise(fund_source="maintenance_fund", cost=Decimal(9000), emergency_repair=True))


def test_the_seats_need_not_be_taken_to_ask_the_owners():
    four_seats()
    meeting = convened(IssueFactory(step=Step.MEET))
    seat_everybody(meeting, parties=())

    assert submitted(meeting.items.get()).result == ""
