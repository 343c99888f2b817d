"""Who administers one district sees and changes nothing that partner systems have in another."""

import pytest
from django.urls import reverse
from django.utils import timezone

from compounds.partners import clients
from compounds.partners.models import Client, Event, EventType, Grant, HookDelivery, PersonalRead
from compounds.registry.models import Community, Compound, District
from tests.partnering import a_client
from tests.partners.hooking import a_webhook
from tests.partners.test_admin import form
from tests.registry.scopes import signed_in, staff

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def other(db):
    return Community.objects.create(district=District.objects.create(name="外区"), name="外社区")


@pytest.fixture
def mine(db):
    return Compound.objects.get(slug="north")


@pytest.fixture
def admin(mine):
    return signed_in(staff("here", "administer", district=mine.community.district))


def a_system(name, *places):
    client, _secret = a_client()
    Client.objects.filter(pk=client.pk).update(name=name)
    for place in places:
        clients.grant(client, place)
    return client


def page(client):
    return reverse("admin:partners_client_change", args=[client.pk])


def test_a_system_of_another_district_is_not_there(admin, mine, other):
    own, theirs, free = a_system("本区热线", mine), a_system("外区热线", other), a_system("新系统")
    PersonalRead.objects.create(
        system=theirs.pk, name="外区热线", schema_name="c_else", about="1", people=1, told=[], at=NOW
    )

    listed = admin.get(reverse("admin:partners_client_changelist")).text

    assert ["本区热线" in listed, "外区热线" in listed, "新系统" in listed] == [True, False, True]
    assert [admin.get(page(one)).status_code for one in (own, theirs, free)] == [200, 302, 200]
    assert admin.post(page(theirs), form()).status_code in {302, 403}
    assert admin.post(reverse("admin:partners_client_secret", args=[theirs.pk])).status_code == 404
    assert (theirs.secrets.count(), Client.objects.get(pk=theirs.pk).name) == (1, "外区热线")
    assert "外区热线" not in admin.get(reverse("admin:partners_personalread_changelist")).text


def test_of_a_system_of_both_it_reads_its_own_part_and_changes_nothing(admin, mine, other):
    both = a_system("两区热线", mine, other)

    shown = admin.get(page(both))

    assert "北苑" in shown.text
    assert "外社区" not in shown.text
    assert admin.post(page(both), form(name="改名")).status_code == 403
    assert admin.post(reverse("admin:partners_client_secret", args=[both.pk])).status_code == 403
    assert (both.secrets.count(), Grant.objects.count(), Client.objects.get(pk=both.pk).name) == (1, 2, "两区热线")


def test_webhooks_and_what_they_sent_are_those_of_its_own_systems(admin, mine, other):
    hooks = [a_webhook(a_system(f"系统{n}", place), f"https://{n}.example/") for n, place in enumerate((mine, other))]
    event = {"type": EventType.ISSUE_MOVED, "on_board": True, "for_members": True}
    for hook, schema in zip(hooks, ("c_north", "c_else"), strict=True):
        told = Event.objects.create(schema_name=schema, about=schema, **event)
        HookDelivery.objects.create(subscription=hook, event=told, next_try_at=NOW)
    hooks[1].disabled_at = hooks[1].failing_since = NOW
    hooks[1].save()

    for name in ("subscription", "hookdelivery"):
        listed = admin.get(reverse(f"admin:partners_{name}_changelist")).text
        assert ["0.example" in listed, "1.example" in listed] == [True, False], name
    assert admin.post(reverse("admin:partners_subscription_secret", args=[hooks[1].pk])).status_code == 404
    assert "1.example" not in admin.get("/admin/").text


def test_a_place_elsewhere_cannot_be_granted(admin, mine, other):
    own = a_system("本区热线", mine)
    said = {"grants-TOTAL_FORMS": 1, "grants-0-client": own.pk, "grants-0-district": other.district.pk}

    answer = admin.post(page(own), form(**said))

    assert answer.status_code == 200
    assert own.grants.count() == 1


def test_who_only_reads_is_shown_a_system_of_the_district(mine):
    own = a_system("本区热线", mine)
    reader = signed_in(staff("reader", "read", district=mine.community.district))

    shown = reader.get(page(own))

    assert shown.status_code == 200
    assert "本区热线" in shown.text
