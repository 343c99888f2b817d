"""Mediation, corrections, who may know, and open ratings of the board."""

import pytest
from django.utils import timezone

from compounds.organisation.models import AuditEntry, PostKind
from consultation.errors import (
    MediationGoesOn,
    TitleGivesAway,
)
from consultation.models import (
    AssignmentState,
    Issue,
    MediationOutcome,
    Openness,
    OpenRating,
)
from consultation.services import correction, mediation, step2_propose
from consultation.steps import Step
from consultation.web.step5_answers import OPEN_RATINGS_AN_HOUR
from tests.consultation.handling import secretary, task_at
from tests.factories import BuildingFactory, IssueFactory, PersonFactory
from tests.pictures import a_picture, photo_upload, upload

pytestmark = pytest.mark.usefixtures("north")


def today():
    return timezone.localdate()


# --- Mediation -------------------------------------------------------------------------------------------------------


def dispute():
    return IssueFactory(step=Step.PROPOSE, openness=Openness.CONFIDENTIAL, title="两户纠纷")


@pytest.mark.parametrize(
    ("outcome", "step", "ends"),
    [("agreed", Step.CLOSED, "solved"), ("partly", Step.CLOSED, "partly"), ("failed", Step.PROPOSE, "")],
)
def test_an_agreement_in_writing_closes_the_matter(outcome, step, ends):
    issue = dispute()
    row = mediation.hand_over(issue, mediator="老周", parties="张三、李四", by=secretary())
    with pytest.raises(MediationGoesOn):
        mediation.hand_over(issue, mediator="老王", parties="张三、李四", by=secretary())

    agreement = None if outcome == "failed" else a_picture()
    mediation.end(
        row, met_on=today(), outcome=MediationOutcome(outcome), note="谈过", agreement=agreement, by=secretary()
    )

    issue.refresh_from_db()
    assert (issue.step, issue.outcome) == (step, ends)


def test_the_branch_alone_reads_the_page_and_the_document(web):
    issue = dispute()
    client = web(secretary())
    client.post(f"/issues/{issue.number}/mediation/", {"mediator": "老周", "parties": "张三、李四"})
    data = {"met_on": today().isoformat(), "outcome": "agreed", "agreement": photo_upload()}

    assert client.post(f"/issues/{issue.number}/mediation/", data).status_code == 302

    row = issue.mediations.get()
    paper = f"/issues/{issue.number}/mediation/{row.pk}/agreement/small/"
    assert client.get(paper).status_code == 200
    assert "张三、李四" in client.get(f"/issues/{issue.number}/mediation/").content.decode()
    assert "张三、李四" not in client.get(f"/issues/{issue.number}/").content.decode()
    for kind in (PostKind.GENERAL_SECRETARY, PostKind.BUILDING_STEWARD):
        other = web(PersonFactory(posts=[kind]))
        assert other.get(f"/issues/{issue.number}/mediation/").status_code == 403
        assert other.get(paper).status_code == 403


BAD_ENDS = [
    ({"met_on": "2020-01-01", "outcome": "agreed"}, ["agreement"]),
    ({"met_on": "2020-01-01", "outcome": "failed"}, ["note"]),
    ({"met_on": "2099-01-01", "outcome": "failed", "note": "不愿"}, ["met_on"]),
    ({"met_on": ""}, ["met_on", "outcome"]),
]


@pytest.mark.parametrize(("data", "fields"), BAD_ENDS)
def test_a_wrong_end_changes_nothing(web, data, fields):
    issue = dispute()
    mediation.hand_over(issue, mediator="老周", parties="张三、李四", by=secretary())

    response = web(secretary()).post(f"/issues/{issue.number}/mediation/", data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields
    assert issue.mediations.get().ended_at is None


def test_no_photo_is_no_agreement(web):
    issue = dispute()
    mediation.hand_over(issue, mediator="老周", parties="张三、李四", by=secretary())
    fake = upload(b"not a photo")

    response = web(secretary()).post(
        f"/issues/{issue.number}/mediation/", {"met_on": "2020-01-01", "outcome": "agreed", "agreement": fake}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["agreement"]


# --- Corrections and openness ----------------------------------------------------------------------------------------


def test_a_correction_keeps_the_old_and_the_new(web):
    building = BuildingFactory()
    issue = IssueFactory(title="电梯异响")
    data = {
        "title": "3号电梯异响",
        "category": issue.category_id,
        "where": f"b{building.pk}",
        "place_note": "",
        "reason": "写错了",
    }

    assert web(secretary()).post(f"/issues/{issue.number}/correction/", data).status_code == 302

    entry = AuditEntry.objects.get(action="issue.correct")
    assert (entry.about, entry.by, entry.facts["reason"]) == (issue.number, secretary(), "写错了")
    assert entry.facts["changed"]["title"] == {"old": "电梯异响", "new": "3号电梯异响"}
    assert entry.facts["changed"]["building"] == {"old": "", "new": str(building)}
    issue.refresh_from_db()
    assert (issue.title, issue.building) == ("3号电梯异响", building)
    told = "电梯异响 → 3号电梯异响"
    assert told in web(secretary()).get(f"/issues/{issue.number}/").content.decode()
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    assert told not in web(steward).get(f"/issues/{issue.number}/").content.decode()


def test_a_correction_that_changes_nothing_says_so(web):
    issue = IssueFactory()
    data = {"title": issue.title, "category": issue.category_id, "where": "", "place_note": "", "reason": "看看"}

    assert web(secretary()).post(f"/issues/{issue.number}/correction/", data).status_code == 409
    assert not AuditEntry.objects.filter(action="issue.correct").exists()


def test_what_was_confidential_is_opened_under_a_new_title_only(web):
    issue = dispute()
    client = web(secretary())
    for openness in (Openness.PUBLIC, Openness.MEMBERS):
        with pytest.raises(TitleGivesAway):
            correction.set_openness(issue, openness, title="两户纠纷", reason="已解决", by=secretary())
        sent = {"openness": openness, "title": " ", "reason": "已解决"}
        refused = client.post(f"/issues/{issue.number}/openness/", sent)
        assert refused.status_code == 422
        assert list(refused.context["form"].errors) == ["title"]

    data = {"openness": "public", "title": "楼道通行", "reason": "已解决"}
    assert client.post(f"/issues/{issue.number}/openness/", data).status_code == 302

    issue.refresh_from_db()
    assert (issue.openness, issue.title) == ("public", "楼道通行")
    entry = AuditEntry.objects.get(action="issue.set_openness")
    assert entry.facts == {"reason": "已解决", "old": "confidential", "new": "public", "retitled": True}


def test_what_becomes_confidential_leaves_the_draft_list_and_the_council():
    listed, discussed = IssueFactory(step=Step.PROPOSE), IssueFactory(step=Step.MEET)
    step2_propose.propose(
        listed,
        urgency="soon",
        concerns="frail",
        served="several",
        working_days=5,
        difficulty="moderate",
        suggestion="",
        seen=None,
        by=secretary(),
    )
    step2_propose.put_on_list(listed, by=secretary())

    for issue in (listed, discussed):
        correction.set_openness(issue, Openness.CONFIDENTIAL, title="", reason="涉及个人", by=secretary())

    assert not listed.list_entries.exists()
    assert Issue.objects.get(pk=discussed.pk).step == Step.PROPOSE


# --- Open ratings of the board ---------------------------------------------------------------------------------------


def test_open_ratings_are_shown_apart_and_never_counted(anyone, web):
    issue = task_at(AssignmentState.VERIFIED).issue

    assert anyone.post(f"/board/{issue.number}/opinion/", {"stars": "1", "said": "门口太乱"}).status_code == 302

    row = OpenRating.objects.get()
    assert (row.issue, row.stars, row.said) == (issue, 1, "门口太乱")
    assert not issue.ratings.exists()
    assert not issue.reopenings.exists()
    board = anyone.get(f"/board/{issue.number}/").content.decode()
    assert "1.0 of 5 from 1 visitor of the board." in board
    assert "门口太乱" not in board
    assert "门口太乱" in web(secretary()).get(f"/issues/{issue.number}/closing/").content.decode()


@pytest.mark.parametrize("data", [{}, {"stars": "6"}, {"stars": "4", "said": "长" * 301}])
def test_a_wrong_open_rating_is_not_kept(anyone, data):
    issue = task_at(AssignmentState.VERIFIED).issue

    assert anyone.post(f"/board/{issue.number}/opinion/", data).status_code == 422
    assert not OpenRating.objects.exists()


@pytest.mark.parametrize("openness", [Openness.MEMBERS, Openness.CONFIDENTIAL])
def test_what_is_not_on_the_board_is_not_rated_there(anyone, openness):
    issue = task_at(AssignmentState.VERIFIED, openness=openness).issue

    assert anyone.post(f"/board/{issue.number}/opinion/", {"stars": "1"}).status_code == 404


def test_at_another_step_it_is_not_rated(anyone):
    issue = IssueFactory(step=Step.MEET)

    assert anyone.post(f"/board/{issue.number}/opinion/", {"stars": "1"}).status_code == 409


def test_one_connection_does_not_drown_the_others(anyone):
    issue = task_at(AssignmentState.VERIFIED).issue

    answers = [
        anyone.post(f"/board/{issue.number}/opinion/", {"stars": "1"}).status_code
        for _n in range(OPEN_RATINGS_AN_HOUR + 1)
    ]

    assert answers == [302] * OPEN_RATINGS_AN_HOUR + [429]
    assert OpenRating.objects.count() == OPEN_RATINGS_AN_HOUR
