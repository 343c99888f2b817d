"""A matter that a neighbour can help with, and party members' suggestions."""

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation.models import Category, Channel, Issue, Openness
from consultation.services import step1_visit
from consultation.services.step1_visit import Place
from consultation.steps import Step
from tests.factories import HouseholdFactory, PersonFactory
from tests.volunteers.stage import asked, helper
from volunteers.models import HelpRequest
from volunteers.services import helping


@pytest.fixture
def steward(north):
    return PersonFactory(posts=[PostKind.BUILDING_STEWARD])


@pytest.fixture
def secretary(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


def matter(by, category="困难帮扶"):
    door = HouseholdFactory(door="602")
    return step1_visit.record(
        title="老人家里灯坏了",
        said="灯坏了三天，我不敢爬凳子",
        category=Category.objects.get(name=category),
        place=Place.at_door(door),
        spoken_by="李奶奶",
        by=by,
    )


def form(issue):
    door = issue.voices.get().household
    return {
        "skill": "electricity",
        "text": "客厅灯不亮，需要换",
        "entrance": door.entrance_id,
        "door": door.door,
        "asker_name": "李奶奶",
        "agreed": "on",
    }


def test_a_matter_of_a_help_category_becomes_one_request(web, steward):
    electrician = helper("电工", skills=["electricity"])
    issue = matter(steward)
    client = web(steward)
    page = client.get(f"/issues/{issue.number}/").content.decode()
    assert "Look for a volunteer" in page

    start = client.get(f"/issues/{issue.number}/help/").content.decode()
    client.post(f"/issues/{issue.number}/help/", form(issue))

    assert "李奶奶" in start
    request = HelpRequest.objects.get()
    assert (request.issue_number, asked(request).volunteer) == (issue.number, electrician)
    page = client.get(f"/issues/{issue.number}/").content.decode()
    assert "Look for a volunteer" not in page
    assert "客厅灯不亮" in page
    assert client.get(f"/issues/{issue.number}/help/").url.endswith(f"/helping/{request.pk}/")


def test_when_the_neighbour_was_helped_the_branch_can_close_the_matter(web, steward, secretary):
    helper("电工", skills=["electricity"])
    issue = matter(steward)
    web(steward).post(f"/issues/{issue.number}/help/", form(issue))
    offer = helping.accept(asked(HelpRequest.objects.get()), now=timezone.now())
    today = timezone.localdate()
    helping.done(offer, minutes=20, served_on=today, now=timezone.now(), by=offer.volunteer.person)

    assert "a neighbour helped: can it be closed?" in web(secretary).get("/").content.decode()
    web(secretary).post(f"/issues/{issue.number}/closing/", {"outcome": "solved", "note": "邻居帮忙换好了"})

    issue.refresh_from_db()
    assert issue.step == Step.CLOSED
    assert "a neighbour helped" not in web(secretary).get("/").content.decode()


def test_other_matters_are_not_asked_about(web, steward):
    issue = matter(steward, category="电梯设备")

    assert "Look for a volunteer" not in web(steward).get(f"/issues/{issue.number}/").content.decode()
    assert web(steward).get(f"/issues/{issue.number}/help/").status_code == 404


def test_who_may_not_know_who_spoke_asks_for_nobody(web, steward):
    issue = matter(steward)
    leader = PersonFactory(posts=[PostKind.VOLUNTEER_LEADER])

    assert web(leader).get(f"/issues/{issue.number}/help/").status_code == 404


def test_a_party_members_suggestion_is_with_the_branch_at_once(web, secretary):
    member = PersonFactory(posts=[PostKind.PARTY_MEMBER])
    sent = {
        "title": "东门加一盏灯",
        "said": "晚上接孩子看不清台阶",
        "category": Category.objects.get(name="其他").pk,
        "sheet": "1a5c0dbe-6a0d-4f7c-9d38-5d1c4f2c0e11",
    }

    for _twice in range(2):
        web(member).post("/issues/suggestions/", sent)

    issue = Issue.objects.get()
    assert (issue.channel, issue.step, issue.openness) == (Channel.SUGGESTION, Step.PROPOSE, Openness.PUBLIC)
    assert issue.spoken_by == member
    assert "suggestion" in web(secretary).get(f"/issues/{issue.number}/").content.decode()
    assert "东门加一盏灯" in web(member).get("/issues/suggestions/").content.decode()


def test_a_suggestion_says_what_is_missing_and_is_for_party_members(web, steward):
    member = PersonFactory(posts=[PostKind.PARTY_MEMBER])

    assert web(member).post("/issues/suggestions/", {"title": "只有题目"}).status_code == 422
    assert web(steward).get("/issues/suggestions/").status_code == 403
