"""Squads, one volunteer, one's own page and the personal link on screen."""

import re

import pytest
from django.utils import timezone

from compounds.organisation.appointments import appoint
from compounds.organisation.models import PostKind
from tests.factories import LONG_AGO, HouseholdFactory, PersonFactory, TeamFactory, VolunteerFactory, unit_for
from tests.volunteers.stage import ask, asked, helper
from volunteers.models import HelpState, Team, Volunteer
from volunteers.services import teams


@pytest.fixture
def secretary(north):
    return PersonFactory(name="支书", posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def squad(secretary):
    team = TeamFactory(name="夕阳红小分队")
    leader = teams.join(team, helper("周队长"), starts_on=LONG_AGO, by=secretary)
    teams.lead(leader, on=timezone.localdate(), by=secretary)
    teams.join(team, helper("吴大姐", phone="13811112222"), starts_on=LONG_AGO, by=secretary)
    return team


def leader_of(squad):
    return squad.members.serving(timezone.localdate()).leaders().get().volunteer.person


def test_squads_are_told_in_a_sentence(web, secretary, squad):
    page = web(secretary).get("/teams/").content.decode()

    assert "2 volunteers serve here." in page
    assert "led by 周队长" in page


def test_a_team_is_founded_and_somebody_new_enrolled(web, secretary):
    client = web(secretary)
    client.post("/teams/new/", {"parent": "", "name": "点点爱心", "about": "", "founded_on": "2019-03-05"})
    top = Team.objects.get()
    client.post("/teams/new/", {"parent": top.pk, "name": "理发队", "about": "", "founded_on": "2020-03-05"})
    squad = Team.objects.get(name="理发队")

    page = client.post(
        f"/teams/{squad.pk}/members/new/",
        {
            "name": "何师傅",
            "phone": "138 0000 3333",
            "skills": ["hair"],
            "starts_on": "2026-01-05",
            "takes_requests": "on",
            "consent": "on",
        },
        follow=True,
    )

    assert squad.parent == top
    assert "何师傅" in page.content.decode()
    one = Volunteer.objects.get()
    assert (one.skills, one.person.phone) == (["hair"], "13800003333")


@pytest.mark.parametrize("wrong", [{"consent": ""}, {"name": ""}, {"phone": "12"}, {"skills": ["flying"]}])
def test_enrolling_says_what_is_missing(web, secretary, squad, wrong):
    sent = {"name": "何师傅", "starts_on": "2026-01-05", "consent": "on", **wrong}

    assert web(secretary).post(f"/teams/{squad.pk}/members/new/", sent).status_code == 422
    assert not Volunteer.objects.filter(person__name="何师傅").exists()


def test_a_leader_enrols_in_their_own_team_only(web, squad):
    client, other = web(leader_of(squad)), TeamFactory()

    assert client.get(f"/teams/{squad.pk}/members/new/").status_code == 200
    assert client.get(f"/teams/{other.pk}/members/new/").status_code == 403


def test_leading_and_leaving_on_screen(web, secretary, squad):
    client, today = web(secretary), timezone.localdate()
    member = squad.members.serving(today).get(volunteer__person__name="吴大姐")

    client.post(f"/memberships/{member.pk}/leading/", {"on": today.isoformat()})
    assert leader_of(squad).name == "吴大姐"
    assert leader_of(squad).kinds == {PostKind.VOLUNTEER_LEADER}
    former = squad.members.serving(today).get(volunteer__person__name="周队长")
    client.post(f"/memberships/{former.pk}/end/", {"on": today.isoformat()})

    former.refresh_from_db()
    assert former.ends_on == today


def test_a_volunteers_phone_is_masked_and_for_those_who_lead(web, secretary, squad):
    one = Volunteer.objects.get(person__name="吴大姐")
    stranger = PersonFactory(posts=[PostKind.OWNERS_COMMITTEE])

    assert "138****2222" in web(leader_of(squad)).get(f"/volunteers/{one.pk}/").content.decode()
    page = web(stranger).get(f"/volunteers/{one.pk}/").content.decode()
    assert "2222" not in page
    assert "repairs" in page


def test_whoever_serves_says_what_they_can_do_and_shows_that_they_are_a_party_member(web, anyone, north):
    person = PersonFactory(name="党员甲", household=HouseholdFactory())
    appoint(person, kind=PostKind.PARTY_MEMBER, unit=unit_for(PostKind.PARTY_MEMBER), starts_on=LONG_AGO, by=None)
    said = {"do": "say", "skills": ["law"], "about": "三十年律师", "shows_identity": "on", "takes_requests": "on"}

    assert web(person).post("/my-help/", said).status_code == 422
    web(person).post("/my-help/", {**said, "consent": "on"})

    board = anyone.get("/board/volunteers/").content.decode()
    assert "党员甲" in board
    assert "三十年律师" in board
    web(person).post("/my-help/", {"do": "withdraw"})
    assert "党员甲" not in anyone.get("/board/volunteers/").content.decode()
    assert web(person).get(f"/volunteers/{Volunteer.objects.get().pk}/").status_code == 404


def test_nobody_is_on_the_board_who_did_not_say_so(anyone, squad):
    page = anyone.get("/board/volunteers/").content.decode()

    assert "夕阳红小分队" in page
    assert "吴大姐" not in page


def link_of(client, volunteer):
    page = client.post(f"/volunteers/{volunteer.pk}/link/").content.decode()
    return re.search(r"/c/north/helper/[^<\"]+/", page)[0]


def test_a_personal_link_opens_the_own_page_and_looking_changes_nothing(web, anyone, secretary, squad):
    one = Volunteer.objects.get(person__name="吴大姐")
    door = HouseholdFactory(door="602")
    request = ask(door, secretary, timezone.now())
    while asked(request).volunteer != one:
        web(secretary).post(f"/offers/{asked(request).pk}/answer/", {"answer": "decline"})
    link = link_of(web(leader_of(squad)), one)

    page = anyone.get(link).content.decode()
    assert "水龙头关不紧" in page
    assert anyone.get(link)["X-Robots-Tag"] == "noindex, nofollow"
    assert asked(request).volunteer == one
    anyone.post(link, {"do": "accept", "offer": asked(request).pk})
    request.refresh_from_db()
    assert request.state == HelpState.ACCEPTED
    assert "李奶奶" not in anyone.get(link).content.decode()
    wrong = anyone.post(link, {"do": "doors", "digits": "0000"})
    assert wrong.status_code == 422
    assert "李奶奶" not in wrong.content.decode()
    assert "李奶奶" in anyone.post(link, {"do": "doors", "digits": "2222"}).content.decode()


def test_a_link_that_was_called_back_or_renewed_opens_nothing(web, anyone, secretary, squad):
    one = Volunteer.objects.get(person__name="吴大姐")
    first = link_of(web(secretary), one)
    second = link_of(web(secretary), one)

    assert anyone.get(first).status_code == 410
    assert anyone.get(second).status_code == 200
    web(secretary).post(f"/volunteers/{one.pk}/link/calling-back/")
    assert anyone.get(second).status_code == 410
    assert anyone.post(second, {"do": "withdraw"}).status_code == 410


def test_one_link_does_not_answer_for_another(anyone, web, secretary, squad):
    other = helper("别人", household=HouseholdFactory())
    request = ask(None, secretary, timezone.now())
    one = Volunteer.objects.get(person__name="吴大姐")
    volunteer = other if asked(request).volunteer == one else one
    link = link_of(web(secretary), volunteer)

    assert anyone.post(link, {"do": "accept", "offer": asked(request).pk}).status_code == 409
    assert anyone.post(link, {"do": "accept", "offer": "x"}).status_code == 409
    assert anyone.post(link, {"do": "nonsense"}).status_code == 422


def test_the_list_of_volunteers_narrows_and_refuses_nonsense(web, secretary, squad):
    VolunteerFactory(skills=["law"], person=PersonFactory(name="律师"))
    client = web(secretary)

    assert "律师" in client.get("/volunteers/?skill=law").content.decode()
    assert "吴大姐" not in client.get("/volunteers/?skill=law").content.decode()
    assert "律师" in client.get("/volunteers/?without_team=on").content.decode()
    assert client.get("/volunteers/?skill=flying").status_code == 422


def test_withdrawing_for_them_takes_the_name_from_every_page(web, secretary, squad):
    one = Volunteer.objects.get(person__name="吴大姐")
    client = web(secretary)

    client.post(f"/volunteers/{one.pk}/withdrawal/")

    for page in ("/volunteers/", "/teams/", f"/teams/{squad.pk}/"):
        assert "吴大姐" not in client.get(page).content.decode()
    assert Volunteer.objects.filter(pk=one.pk).exists()


def test_an_associations_page_counts_the_people_of_its_squads(web, secretary):
    squad = TeamFactory()
    for team in (squad, squad.parent):
        VolunteerFactory(team=team)

    page = web(secretary).get(f"/teams/{squad.parent.pk}/").content.decode()

    assert f"{squad.parent}: 2 people" in page
