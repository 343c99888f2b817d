"""Appointing, ending terms and inviting through the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.accounts import invitations
from compounds.accounts.models import Invitation, User
from compounds.organisation.appointments import appoint, end
from compounds.organisation.models import AuditEntry, Person, Post, PostKind
from compounds.registry.models import Membership, Staff
from tests.factories import LONG_AGO, PersonFactory

TODAY = timezone.localdate


def sheet(unit, kind=PostKind.NEIGHBOUR_LEAD, **more):
    return {"kind": kind.value, "unit": unit.pk, "starts_on": TODAY().isoformat(), "ends_on": "", **more}


def test_a_newcomer_gets_post_login_and_a_link_that_works_once(web, house, secretary):
    data = sheet(house.leaderless, name="新邻长", phone="138 1234-5678")

    response = web(secretary).post("/posts/new/", data)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    person = Person.objects.get(name="新邻长")
    assert (person.phone, person.serving[0].unit) == ("13812345678", house.leaderless)
    link = response.context["link"]
    assert link.startswith("http://testserver/invite/")
    assert "<svg" in response.content.decode()
    assert invitations.find(link.split("/")[-2], timezone.now()).user_id == person.user_id


def test_somebody_known_here_gets_a_second_post_and_no_second_link(web, house, secretary):
    user = User.objects.get(pk=house.steward.user_id)
    user.set_password("long enough 8")
    user.save()

    response = web(secretary).post("/posts/new/", sheet(house.leaderless, person=house.steward.pk))

    assert response.status_code == 302
    assert house.steward.posts.filter(unit=house.leaderless).exists()
    assert not Invitation.objects.filter(user=user).exists()


def test_sending_the_same_sheet_again_appoints_nobody_twice(web, house, secretary, branch):
    data = sheet(branch, PostKind.PARTY_MEMBER, name="新党员")
    client = web(secretary)
    client.post("/posts/new/", data)

    again = client.post("/posts/new/", data)
    insisting = client.post("/posts/new/", {**data, "another": "on"})

    assert (again.status_code, insisting.status_code) == (422, 409)
    assert Person.objects.filter(name="新党员").count() == 1
    assert Post.objects.filter(kind=PostKind.PARTY_MEMBER).count() == 1


def test_a_namesake_is_offered_and_may_be_passed_over(web, house, secretary):
    data = sheet(house.leaderless, name="住户甲")
    client = web(secretary)

    asked = client.post("/posts/new/", data)
    insisting = client.post("/posts/new/", {**data, "another": "on"})

    assert asked.status_code == 422
    assert f"person={house.resident.pk}" in asked.content.decode()
    assert insisting.status_code == 200
    assert Person.objects.filter(name="住户甲").count() == 2


def test_a_post_that_somebody_holds_is_refused_beside_the_field_with_the_name(web, house, secretary):
    response = web(secretary).post("/posts/new/", sheet(house.led, name="新邻长"))

    assert response.status_code == 422
    assert "邻长 holds this post in that time." in str(response.context["form"].errors["unit"])
    assert 'value="新邻长"' in response.content.decode()
    assert not Person.objects.filter(name="新邻长").exists()


def test_a_post_stands_at_its_own_level_only(web, house, secretary, branch):
    response = web(secretary).post("/posts/new/", sheet(branch, name="新邻长"))

    assert response.status_code == 422
    assert "unit" in response.context["form"].errors


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"phone": "call me"}, "phone"),
        ({"kind": "mayor"}, "kind"),
        ({"unit": "99999999999999999999"}, "unit"),
        ({"unit": "x"}, "unit"),
        ({"starts_on": "someday"}, "starts_on"),
        ({"ends_on": "2019-01-01"}, "ends_on"),
        ({"person": "77777777"}, "person"),
    ],
)
def test_a_wrong_entry_is_answered_beside_its_field_and_the_rest_is_kept(web, house, secretary, wrong, field):
    data = {**sheet(house.leaderless, name="新邻长", phone="13812345678"), **wrong}

    response = web(secretary).post("/posts/new/", data)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Post.objects.filter(unit=house.leaderless).count() == 0
    if field != "phone":
        assert "13812345678" in response.content.decode()


def test_a_link_to_the_page_fills_it_and_nonsense_in_it_is_left_out(web, house, secretary):
    client = web(secretary)

    filled = client.get(f"/posts/new/?kind=neighbour_lead&unit={house.leaderless.pk}&person={house.resident.pk}")
    nonsense = client.get("/posts/new/?kind=mayor&unit=x&person=999999999999999999999&q=%00")

    assert "Which post does 住户甲 take on?" in filled.content.decode()
    assert f'<option value="{house.leaderless.pk}" selected>' in filled.content.decode()
    assert nonsense.status_code == 200


def test_nobody_gives_a_post_above_their_own_level(web, secretary):
    root = PersonFactory(posts=[PostKind.GENERAL_SECRETARY]).serving[0].unit

    response = web(secretary).post("/posts/new/", sheet(root, PostKind.GRID_WORKER, name="新网格员"))

    assert response.status_code == 422
    assert "kind" in response.context["form"].errors


@pytest.mark.parametrize("kind", [k for k in PostKind if k not in {"general_secretary", "branch_secretary"}])
def test_only_secretaries_appoint_end_and_invite(web, house, kind):
    client = web(PersonFactory(posts=[kind]))
    post = house.lead.posts.get()

    answers = [
        client.get("/posts/new/"),
        client.post("/posts/new/", sheet(house.leaderless, name="新邻长")),
        client.post(f"/posts/{post.pk}/end/", {"ends_on": TODAY().isoformat()}),
        client.post(f"/people/{house.lead.pk}/invitation/"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    post.refresh_from_db()
    assert post.ends_on is None


def test_ending_the_last_term_takes_the_right_to_enter_away(web, house, secretary):
    post = house.lead.posts.get()
    yesterday = TODAY() - timedelta(days=1)
    client = web(secretary)

    asked = client.get(f"/posts/{post.pk}/end/")
    ended = client.post(f"/posts/{post.pk}/end/", {"ends_on": yesterday.isoformat()})

    assert asked.status_code == 200
    assert ended.status_code == 302
    post.refresh_from_db()
    assert post.ends_on == yesterday
    assert not Membership.objects.filter(user_id=house.lead.user_id).exists()
    assert AuditEntry.objects.filter(action="post.end", by=secretary).exists()


def test_the_last_day_still_counts(web, house, secretary):
    post = house.lead.posts.get()

    web(secretary).post(f"/posts/{post.pk}/end/", {"ends_on": TODAY().isoformat()})

    assert web(house.lead).get("/tree/").status_code == 200


@pytest.mark.parametrize("day", ["2019-12-31", "someday", ""])
def test_a_term_cannot_end_before_it_began(web, house, secretary, day):
    response = web(secretary).post(f"/posts/{house.lead.posts.get().pk}/end/", {"ends_on": day})

    assert response.status_code == 422
    assert house.lead.posts.get().ends_on is None


def test_a_term_that_has_an_end_is_not_made_longer(web, house, secretary, branch):
    person = PersonFactory()
    post = appoint(
        person,
        kind=PostKind.PARTY_MEMBER,
        unit=branch,
        starts_on=LONG_AGO,
        ends_on=TODAY() + timedelta(days=5),
        by=secretary,
    )

    later = (TODAY() + timedelta(days=6)).isoformat()
    response = web(secretary).post(f"/posts/{post.pk}/end/", {"ends_on": later})

    assert response.status_code == 422


def test_a_term_that_is_over_stays_as_it_was(web, house, secretary):
    post = end(house.lead.posts.get(), on=TODAY() - timedelta(days=3), by=secretary)

    response = web(secretary).post(f"/posts/{post.pk}/end/", {"ends_on": TODAY().isoformat()})

    assert response.status_code == 409


def test_a_new_link_calls_the_earlier_one_back_and_looking_makes_none(web, house, secretary):
    client = web(secretary)
    path = f"/people/{house.lead.pk}/invitation/"
    client.post(path)

    looked, second = client.get(path), client.post(path)

    assert looked.status_code == 302
    assert looked["Location"].endswith(f"/people/{house.lead.pk}/")
    assert second.status_code == 200
    assert Invitation.objects.filter(user=house.lead.user_id).count() == 2
    assert Invitation.objects.filter(user=house.lead.user_id).open(timezone.now()).count() == 1


def test_no_link_without_a_login(web, house, secretary):
    assert web(secretary).post(f"/people/{house.resident.pk}/invitation/").status_code == 409


def test_a_branch_makes_no_link_for_a_post_above_its_own(web, secretary):
    above = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])

    assert web(secretary).post(f"/people/{above.pk}/invitation/").status_code == 403
    assert not Invitation.objects.filter(user=above.user_id).exists()


def test_a_branch_makes_no_link_for_a_login_that_opens_more_than_this_compound(web, house, secretary, south):
    Membership.objects.create(user_id=house.lead.user_id, compound=south)
    User.objects.filter(pk=house.steward.user_id).update(is_staff=True)
    Staff.objects.create(user_id=house.steward.user_id, district=south.community.district)
    client = web(secretary)

    answers = [client.post(f"/people/{one.pk}/invitation/") for one in (house.lead, house.steward)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert not Invitation.objects.exists()


def test_a_person_shows_posts_history_and_the_state_of_the_login_to_those_who_invite(web, house, secretary):
    earlier = appoint(
        house.steward,
        kind=PostKind.NEIGHBOUR_LEAD,
        unit=house.leaderless,
        starts_on=LONG_AGO,
        ends_on=LONG_AGO + timedelta(days=30),
        by=secretary,
    )
    path = f"/people/{house.steward.pk}/"

    for_secretary = web(secretary).get(path)
    for_lead = web(house.lead).get(path)

    assert for_secretary.context["earlier"] == [earlier]
    assert "cannot sign in yet" in for_secretary.content.decode()
    assert "Signing in" not in for_lead.content.decode()
    assert "End the term" not in for_lead.content.decode()
