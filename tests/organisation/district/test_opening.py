"""Opening compounds from the admin: reserved at once, made in the background, nothing half-made."""

from functools import partial

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import schema_exists

from compounds.accounts.models import User
from compounds.jobs.models import Run, RunState
from compounds.organisation.district import opening
from compounds.registry.models import Community, Compound, CompoundState, Staff
from compounds.registry.opening import reserve
from tests.committing import at_once
from tests.organisation.district.conftest import compound, page, work_everything
from tests.registry.scopes import signed_in

ADD = "/admin/registry/compound/add/"
PROGRESS = "/admin/registry/compound/opening/"
FAILING = "tests.registry.failing_seed.plant_and_fail"


def data(above, **changed):
    return {"name": "新苑", "slug": "xinyuan", "community": above.community.pk, "built_on": "", **changed}


@pytest.fixture
def failed(above, admin, settings):
    """A compound whose opening has failed once, in a product that is whole again."""
    seeds = settings.COMPOUND_SEEDS
    settings.COMPOUND_SEEDS = [FAILING]
    admin.post(ADD, data(above))
    work_everything()
    settings.COMPOUND_SEEDS = seeds
    return compound("xinyuan")


def test_the_form_reserves_and_a_worker_opens(above, admin):
    response = admin.post(ADD, data(above))
    reserved = compound("xinyuan")
    before = admin.get(PROGRESS)
    work_everything()
    after = admin.get(PROGRESS)

    assert (response.status_code, response.url) == (302, PROGRESS)
    assert reserved.state == CompoundState.OPENING
    assert "look_again" in before.text
    assert compound("xinyuan").state == CompoundState.READY
    assert "look_again" not in after.text


def test_an_empty_address_is_proposed_from_the_name_and_looked_at_before_it_is_kept(above, admin):
    response = admin.post(ADD, data(above, name="新苑", slug=""))

    assert response.context["adminform"].form["slug"].value() == "xinyuan"
    assert not Compound.objects.filter(slug="xinyuan").exists()


@pytest.mark.parametrize("slug", ["north", "NORTH", "Admin", "static", "新苑", "1st"])
def test_an_address_that_is_taken_reserved_or_no_address_is_said_beside_the_field(above, admin, slug):
    response = admin.post(ADD, data(above, slug=slug))

    assert "slug" in response.context["adminform"].form.errors
    assert not Compound.objects.filter(name="新苑").exists()


def test_a_name_is_once_in_its_community_also_when_one_is_renamed(above, admin):
    Compound.objects.create(slug="old", schema_name="c_old", name="新苑（一期）", community=above.community)

    added = admin.post(ADD, data(above, name="新苑(一期)"))
    change = page("north", "change/")
    kept = {"name": compound("north").name, "built_on": ""}
    renamed = admin.post(change, kept | {"name": "新苑（一期） "})
    unchanged = admin.post(change, kept)

    for response in (added, renamed):
        assert set(response.context["adminform"].form.errors) == {"name"}
    assert unchanged.status_code == 302
    assert not Compound.objects.filter(slug="xinyuan").exists()


def test_a_failure_leaves_the_reservation_only_and_says_why(above, admin, failed):
    response = admin.get(PROGRESS)

    assert failed.state == CompoundState.OPENING
    assert not schema_exists("c_xinyuan")
    assert "Not opened" in response.text
    assert "RuntimeError: on purpose" in response.text


def test_what_failed_is_tried_again_at_once(admin, failed):
    assert Run.objects.get(kind=opening.KIND).next_try_at > timezone.now()

    response = admin.post(f"{PROGRESS}{failed.pk}/again/")
    work_everything()

    assert response.status_code == 302
    assert compound("xinyuan").state == CompoundState.READY


def test_what_failed_for_good_is_tried_again_too(admin, failed):
    Run.objects.filter(kind=opening.KIND).update(state=RunState.FAILED)

    admin.post(f"{PROGRESS}{failed.pk}/again/")
    work_everything()

    assert compound("xinyuan").state == CompoundState.READY


def test_what_failed_is_discarded_after_a_question_and_its_address_is_free(above, admin, failed):
    asked = admin.get(f"{PROGRESS}{failed.pk}/discard/")
    still_there = Compound.objects.filter(pk=failed.pk).exists()

    admin.post(f"{PROGRESS}{failed.pk}/discard/")
    gone = not Compound.objects.filter(pk=failed.pk).exists() and not Run.objects.filter(kind=opening.KIND).exists()
    admin.post(ADD, data(above))
    work_everything()

    assert "Yes, discard it" in asked.text
    assert still_there
    assert gone
    assert compound("xinyuan").state == CompoundState.READY


def test_what_a_worker_has_in_hand_is_left_alone(admin, failed):
    now = timezone.now()
    Run.objects.filter(kind=opening.KIND).update(state=RunState.WORKING, leased_until=now)

    answers = [admin.post(f"{PROGRESS}{failed.pk}/{verb}/").status_code for verb in ("again", "discard")]

    assert answers == [409, 409]
    assert Compound.objects.filter(pk=failed.pk).exists()


def test_an_import_that_was_interrupted_can_be_discarded_and_nothing_else(above, admin):
    reserved = reserve(slug="xinyuan", name="新苑", community=above.community, comes_from_file=True)

    shown = admin.get(PROGRESS)
    again = admin.post(f"{PROGRESS}{reserved.pk}/again/")
    discarded = admin.post(f"{PROGRESS}{reserved.pk}/discard/")

    assert "Filling it from its file was interrupted" in shown.text
    assert f"{reserved.pk}/again/" not in shown.text
    assert again.status_code == 409
    assert discarded.status_code == 302
    assert not Compound.objects.filter(pk=reserved.pk).exists()


def test_a_schema_that_may_be_somebodys_data_is_not_discarded(above, admin, failed):
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA c_xinyuan")

    response = admin.post(f"{PROGRESS}{failed.pk}/discard/")

    assert response.status_code == 409
    assert "c_xinyuan" in response.text
    assert schema_exists("c_xinyuan")
    assert Compound.objects.filter(pk=failed.pk).exists()


def test_what_is_ready_is_neither_tried_again_nor_discarded(admin):
    north = compound("north")

    answers = [admin.post(f"{PROGRESS}{north.pk}/{verb}/").status_code for verb in ("again", "discard")]

    assert answers == [409, 409]
    assert schema_exists("c_north")


def test_a_second_run_of_one_opening_changes_nothing(above, admin):
    admin.post(ADD, data(above))
    work_everything()
    first = compound("xinyuan").updated_at

    opening.work("c_xinyuan", "")

    assert compound("xinyuan").updated_at == first


def test_somebody_of_another_street_finds_nothing_to_do(above, failed):
    other = Community.objects.create(district=above.district, name="别的社区")
    user = User.objects.create(username="o", display_name="别处", is_staff=True)
    Staff.objects.create(user=user, level="administer", community=other)
    client = signed_in(user)

    assert "新苑" not in client.get(PROGRESS).text
    assert client.post(f"{PROGRESS}{failed.pk}/discard/").status_code == 404


def test_two_administrators_at_once_open_one(committing):
    community = Community.objects.get(name="测试社区")
    clients = []
    for name in ("a", "b"):
        user = User.objects.create(username=name, display_name=name, is_staff=True)
        Staff.objects.create(user=user, level="administer", district=community.district)
        clients.append(signed_in(user))
    sheet = {"name": "双苑", "slug": "twice", "community": community.pk, "built_on": ""}

    def post(n):
        return clients[n].post(ADD, sheet)

    answers = at_once(2, post)

    assert sorted(answer.status_code for answer in answers) in ([200, 302], [302, 409])
    assert Compound.objects.filter(slug="twice").count() == 1
    assert Run.objects.filter(kind=opening.KIND, schema_name="c_twice").count() == 1


def test_two_workers_at_once_open_one(committing):
    community = Community.objects.get(name="测试社区")
    Compound.objects.create(slug="twice", schema_name="c_twice", name="双苑", community=community)

    results = at_once(2, partial(lambda n: opening.work("c_twice", "")))

    assert results == [None, None]
    assert Compound.objects.get(slug="twice").state == CompoundState.READY
