"""A phone number is masked everywhere; showing it asks why, keeps that, and shows it once."""

import pytest

from compounds.organisation.models import AuditEntry, PostKind
from tests.factories import PersonFactory

NUMBER = "13812345678"


def test_the_number_is_shown_once_and_the_reason_is_kept(web, house, secretary):
    client, address = web(secretary), f"/people/{house.resident.pk}/phone/"

    assert NUMBER not in client.get(f"/people/{house.resident.pk}/").content.decode()
    assert NUMBER not in client.get(address).content.decode()
    answer = client.post(address, {"reason": "核对回访时间"})

    assert NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(action="person.reveal_phone")
    assert (entry.by, entry.facts) == (secretary, {"reason": "核对回访时间"})
    assert NUMBER not in entry.about
    assert NUMBER not in client.get(address).content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_without_a_reason_nothing_is_shown_or_kept(web, house, secretary, reason):
    answer = web(secretary).post(f"/people/{house.resident.pk}/phone/", {"reason": reason})

    assert answer.status_code == 422
    assert NUMBER not in answer.content.decode()
    assert not AuditEntry.objects.filter(action="person.reveal_phone").exists()


def test_a_steward_for_their_own_doors_only(web, house):
    other = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    address = f"/people/{house.resident.pk}/phone/"

    assert NUMBER in web(house.steward).post(address, {"reason": "上门"}).content.decode()
    assert NUMBER in web(house.lead).post(address, {"reason": "上门"}).content.decode()
    assert web(other).post(address, {"reason": "上门"}).status_code == 404


@pytest.mark.parametrize("kind", [PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE, PostKind.RESIDENTS_REP])
def test_nobody_else(web, house, kind):
    assert web(PersonFactory(posts=[kind])).get(f"/people/{house.resident.pk}/phone/").status_code == 403


def test_who_has_no_number(web, house, secretary):
    nobody = PersonFactory(name="无号", household=house.doors[0])

    assert web(secretary).post(f"/people/{nobody.pk}/phone/", {"reason": "上门"}).status_code == 409
