"""One appointment for a community: a post in each of its compounds, one login, one link; ended everywhere at once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from compounds.accounts.invitations import open_account
from compounds.accounts.models import Invitation, User
from compounds.jobs.models import Run, RunState
from compounds.organisation import community_posts
from compounds.organisation.models import AuditEntry, Level, Person, Post, PostKind, Unit
from compounds.registry import archiving
from compounds.registry.context import compound_context
from compounds.registry.models import CommunityAppointment, Membership
from compounds.registry.office import Office, OfficeLevel
from compounds.registry.opening import open_compound
from tests.factories import LONG_AGO, PersonFactory
from tests.organisation.district.conftest import compound, work_everything

ADD = "/admin/registry/communityappointment/add/"
OFFICE = Office(OfficeLevel.DISTRICT, "测试区 · 周敏")
HERE = ("c_north", "c_south", "c_yard")


def data(above, **changed):
    today = timezone.localdate().isoformat()
    sheet = {"community": above.community.pk, "kind": "community_worker", "name": "罗小燕", "user": ""}
    return {**sheet, "starts_on": today, "ends_on": "", **changed}


def given(above, *, name="罗小燕", kind="community_worker", starts_on=LONG_AGO, ends_on=None):
    """An appointment that has reached all compounds."""
    user = open_account(name)
    made = community_posts.appoint(
        user, community=above.community, kind=kind, starts_on=starts_on, ends_on=ends_on, by=OFFICE
    )
    work_everything()
    return made


def posts(schema_name):
    with compound_context(schema_name):
        return list(
            Post.objects.filter(person__name="罗小燕").values_list("kind", "unit__level", "starts_on", "ends_on")
        )


def test_one_appointment_gives_the_post_in_every_compound_with_one_login_and_one_link(above, admin):
    response = admin.post(ADD, data(above))
    work_everything()

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "/invite/" in response.context["link"]
    user = User.objects.get(display_name="罗小燕")
    assert Invitation.objects.filter(user=user).open(timezone.now()).count() == 1
    today = timezone.localdate()
    assert [posts(name) for name in HERE] == [[("community_worker", Level.GENERAL_BRANCH, today, None)]] * 3
    assert set(Membership.objects.filter(user=user).values_list("compound__schema_name", flat=True)) == set(HERE)


def test_the_request_writes_in_public_only_and_the_page_tells_how_far_it_is(above, admin):
    admin.post(ADD, data(above))
    appointment = CommunityAppointment.objects.get()
    change = f"/admin/registry/communityappointment/{appointment.pk}/change/"

    before, not_yet = admin.get(change), posts("c_north")
    work_everything()
    after = admin.get(change)

    assert not_yet == []
    assert "0 of 3 compounds" in before.text
    assert "look_again" in before.text
    assert "3 of 3 compounds" in after.text
    assert "look_again" not in after.text
    assert "3 of 3 compounds" in admin.get("/admin/registry/communityappointment/").text


def test_the_compounds_history_names_the_office(above, admin):
    admin.post(ADD, data(above))
    work_everything()

    with compound_context("c_south"):
        entry = AuditEntry.objects.get(action="post.appoint")
    assert (entry.by, entry.who) == (None, "测试区 · district-administer")


def test_ending_it_ends_all(above, admin):
    appointment = given(above)
    yesterday = timezone.localdate() - timedelta(days=1)

    response = admin.post(
        f"/admin/registry/communityappointment/{appointment.pk}/end/", {"ends_on": yesterday.isoformat()}
    )
    work_everything()

    assert response.status_code == 302
    assert {posts(name)[0][3] for name in HERE} == {yesterday}
    assert not Membership.objects.filter(user=appointment.user).exists()


def test_what_has_ended_is_not_ended_again(above, admin):
    appointment = given(above, starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))

    response = admin.post(f"/admin/registry/communityappointment/{appointment.pk}/end/", {"ends_on": "2030-01-01"})

    assert response.status_code == 409
    appointment.refresh_from_db()
    assert appointment.ends_on == date(2020, 2, 1)


def test_a_compound_that_is_opened_later_begins_with_those_who_serve(above):
    given(above)
    given(above, name="前任", starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))

    open_compound(slug="later", name="后来", community=above.community)

    assert [kind for kind, *_rest in posts("c_later")] == ["community_worker"]
    with compound_context("c_later"):
        assert not Person.objects.filter(name="前任").exists()


def test_a_second_run_changes_nothing(above):
    appointment = given(above)

    for name in HERE:
        community_posts.write_posts(name, community_posts.period(appointment))

    assert [len(posts(name)) for name in HERE] == [1, 1, 1]


def test_a_post_that_was_given_by_hand_counts_and_ends_with_the_others(above):
    user = open_account("罗小燕")
    with compound_context("c_north"):
        person = PersonFactory(name="罗小燕", user_id=user.pk)
        root = Unit.objects.get(level=Level.GENERAL_BRANCH)
        Post.objects.create(person=person, unit=root, kind=PostKind.GRID_WORKER, starts_on=LONG_AGO)

    made = community_posts.appoint(
        user, community=above.community, kind="grid_worker", starts_on=date(2024, 1, 1), ends_on=None, by=OFFICE
    )
    work_everything()
    community_posts.end(made, on=timezone.localdate(), by=OFFICE)
    work_everything()

    assert posts("c_north") == [("grid_worker", Level.GENERAL_BRANCH, LONG_AGO, timezone.localdate())]
    assert posts("c_south") == [("grid_worker", Level.GENERAL_BRANCH, date(2024, 1, 1), timezone.localdate())]


def test_a_compound_where_the_post_is_taken_is_named_with_the_reason_and_tried_again(above, admin):
    with compound_context("c_north"):
        other = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])

    appointment = given(above, kind="general_secretary", starts_on=date(2024, 1, 1))
    page = admin.get(f"/admin/registry/communityappointment/{appointment.pk}/change/")
    with compound_context("c_north"):
        Post.objects.filter(person=other).update(ends_on=LONG_AGO)
    admin.post(f"/admin/registry/communityappointment/{appointment.pk}/again/")
    work_everything()

    assert "2 of 3 compounds" in page.text
    assert "Somebody else holds this post there" in page.text
    assert Run.objects.filter(kind=community_posts.KIND, state=RunState.DONE).count() == 3
    assert [kind for kind, *_rest in posts("c_north")] == ["general_secretary"]


def test_what_was_decided_while_a_compound_was_archived_reaches_it_when_it_is_back(above):
    appointment = given(above)
    archiving.archive(compound("north"), by=OFFICE)
    community_posts.end(appointment, on=timezone.localdate() - timedelta(days=1), by=OFFICE)
    work_everything()

    archiving.restore(compound("north"), by=OFFICE)
    work_everything()

    assert posts("c_north")[0][3] == timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"kind": "branch_secretary"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"community": ""}, "community"),
        ({"starts_on": "tomorrow"}, "starts_on"),
        ({"ends_on": "2001-01-01"}, "__all__"),
        ({"name": "x" * 61}, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_written(above, admin, changed, field):
    users = User.objects.count()

    response = admin.post(ADD, data(above, **changed))

    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert (CommunityAppointment.objects.count(), User.objects.count()) == (0, users)


def test_one_general_secretary_at_a_time(above, admin):
    given(above, name="前任", kind="general_secretary")

    response = admin.post(ADD, data(above, kind="general_secretary"))

    assert "前任 holds it" in response.text
    assert CommunityAppointment.objects.count() == 1


def test_staff_hold_no_posts_and_accounts_beyond_the_scope_are_not_offered(above):
    client = above.client("administer", "community")
    reader, beyond = above.user("read", "district"), open_account("别处")

    answers = [client.post(ADD, data(above, name="", user=user.username)) for user in (reader, beyond)]

    assert all("user" in answer.context["adminform"].form.errors for answer in answers)
    assert not CommunityAppointment.objects.exists()


@pytest.mark.parametrize(("level", "scope"), [("read", "district"), ("read", "community")])
def test_readers_see_appointments_and_neither_make_nor_end_any(above, level, scope):
    appointment = given(above)
    client = above.client(level, scope)
    own = f"/admin/registry/communityappointment/{appointment.pk}/"

    assert client.get(f"{own}change/").status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(f"{own}end/", {"ends_on": "2030-01-01"}).status_code == 404
    assert client.post(f"{own}again/").status_code == 404
    appointment.refresh_from_db()
    assert appointment.ends_on is None


def test_the_list_costs_the_same_for_one_and_for_many(above, admin, django_assert_max_num_queries):
    for n in range(12):
        given(above, name=f"网格员{n}", kind="grid_worker")

    with django_assert_max_num_queries(14):
        admin.get("/admin/registry/communityappointment/")
