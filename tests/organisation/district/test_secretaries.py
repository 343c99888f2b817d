"""A compound's secretaries, appointed and ended by the district."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.accounts.invitations import open_account
from compounds.accounts.models import Invitation
from compounds.organisation.appointments import appoint
from compounds.organisation.models import AuditEntry, Level, Person, Post, PostKind, Unit
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, Membership, StaffEntry
from tests.factories import LONG_AGO, PersonFactory
from tests.organisation.district.conftest import page


def data(**changed):
    today = timezone.localdate().isoformat()
    return {"kind": "branch_secretary", "name": "唐书记", "person": "", "starts_on": today, "ends_on": "", **changed}


def held(kind=PostKind.BRANCH_SECRETARY):
    with compound_context("c_north"):
        return [post.person.name for post in Post.objects.filter(kind=kind).select_related("person")]


@pytest.mark.parametrize(
    ("kind", "level"), [("branch_secretary", Level.BRANCH), ("general_secretary", Level.GENERAL_BRANCH)]
)
def test_somebody_new_gets_the_post_a_login_and_a_link_shown_once(admin, kind, level):
    response = admin.post(page("north", "secretaries/"), data(kind=kind))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "/invite/" in response.context["link"]
    with compound_context("c_north"):
        post = Post.objects.select_related("person", "unit").get()
        entry = AuditEntry.objects.get(action="post.appoint")
    assert (post.person.name, post.kind, post.unit.level) == ("唐书记", kind, level)
    assert entry.who == "测试区 · district-administer"
    assert Membership.objects.filter(user=post.person.user_id, compound__slug="north").exists()


def test_somebody_who_serves_here_is_chosen(admin):
    with compound_context("c_north"):
        person = PersonFactory(name="老委员", posts=[PostKind.BRANCH_COMMITTEE])

    admin.post(page("north", "secretaries/"), data(name="", person=person.pk))

    assert held() == ["老委员"]
    with compound_context("c_north"):
        assert Person.objects.count() == 1


def test_the_post_of_somebody_else_is_not_given_twice(admin):
    with compound_context("c_north"):
        PersonFactory(name="前任", posts=[PostKind.BRANCH_SECRETARY])

    response = admin.post(page("north", "secretaries/"), data())

    assert response.status_code == 422
    assert "前任 holds this post" in response.text
    assert held() == ["前任"]


def test_a_term_is_ended_and_the_next_begins(admin):
    yesterday = timezone.localdate() - timedelta(days=1)
    with compound_context("c_north"):
        person = PersonFactory(name="前任", posts=[PostKind.BRANCH_SECRETARY])
        post = person.posts.get()

    ended = admin.post(page("north", f"secretaries/{post.pk}/end/"), {"ends_on": yesterday.isoformat()})
    admin.post(page("north", "secretaries/"), data())

    assert ended.status_code == 302
    assert held() == ["前任", "唐书记"]
    assert not Membership.objects.filter(user=person.user_id).exists()
    with compound_context("c_north"):
        assert AuditEntry.objects.get(action="post.end").who == "测试区 · district-administer"


def test_only_secretaries_are_ended_here(admin):
    with compound_context("c_north"):
        post = PersonFactory(posts=[PostKind.BUILDING_STEWARD]).posts.get()

    assert admin.post(page("north", f"secretaries/{post.pk}/end/"), {"ends_on": "2020-01-01"}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "community_worker"}, "kind"),
        ({"person": "99999999999999999999"}, "person"),
        ({"starts_on": ""}, "starts_on"),
        ({"ends_on": "2001-01-01"}, "ends_on"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(admin, changed, field):
    response = admin.post(page("north", "secretaries/"), data(**changed))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert held() == []


def test_no_link_to_a_login_that_opens_more_than_one_administers(above):
    """A link sets a password: it would open the other compound too."""
    other = Community.objects.create(district=above.district, name="别的社区")
    elsewhere = Compound.objects.create(slug="far", schema_name="c_far", name="远苑", community=other, state="archived")
    user = open_account("两边")
    Membership.objects.create(user=user, compound=elsewhere)
    with compound_context("c_north"):
        person = PersonFactory(name="两边", user_id=user.pk)
        branch = Unit.objects.get(level=Level.BRANCH)
        appoint(person, kind=PostKind.PARTY_MEMBER, unit=branch, starts_on=LONG_AGO, by=None)
    client = above.client("administer", "community")

    response = client.post(page("north", "secretaries/"), data(name="", person=person.pk))

    assert response.status_code == 302
    assert held() == ["两边"]
    assert not Invitation.objects.filter(user=user).exists()


def test_each_look_is_kept(above, admin):
    admin.get(page("north", "secretaries/"))

    entry = StaffEntry.objects.get()
    assert (entry.compound.slug, entry.path) == ("north", page("north", "secretaries/"))
