"""Categories kept by the branch secretary: added, changed, retired."""

import pytest

from compounds.organisation.models import AuditEntry, PostKind
from consultation.forms.step1_visit import RecordForm
from consultation.models import Category, Openness
from tests.factories import PersonFactory

SHEET = {"name": "宠物", "name_en": "Pets", "position": "30", "openness": "public", "active": "on"}


@pytest.fixture
def client(web, north):
    return web(PersonFactory(posts=[PostKind.BRANCH_SECRETARY]))


def test_a_category_is_added_and_changed_with_its_entry(client):
    client.post("/settings/categories/new/", SHEET)
    category = Category.objects.get(name="宠物")

    response = client.post(
        f"/settings/categories/{category.pk}/",
        {**SHEET, "openness": "members", "owners_vote_item": "8", "emergency_numbers": "110", "must_report": "on"},
    )

    assert response.status_code == 302
    category.refresh_from_db()
    assert (category.openness, category.owners_vote_item, category.emergency_numbers, category.must_report) == (
        Openness.MEMBERS,
        8,
        "110",
        True,
    )
    entry = AuditEntry.objects.get(action="category.change")
    assert entry.facts["before"] == {
        "openness": "public",
        "owners_vote_item": None,
        "emergency_numbers": "",
        "must_report": False,
    }
    assert "item 8" in client.get("/settings/categories/").text


def test_a_retired_category_is_offered_no_more_and_stays_on_the_page(client):
    category = Category.objects.get(name="电梯设备")
    sheet = {**SHEET, "name": category.name, "name_en": category.name_en, "position": "1"}
    del sheet["active"]

    client.post(f"/settings/categories/{category.pk}/", sheet)

    assert category not in RecordForm().fields["category"].queryset
    assert "retired" in client.get("/settings/categories/").text


def test_the_last_category_in_use_is_not_retired(client):
    category = Category.objects.first()
    Category.objects.exclude(pk=category.pk).update(active=False)
    sheet = {**SHEET, "name": category.name}
    del sheet["active"]

    response = client.post(f"/settings/categories/{category.pk}/", sheet)

    assert response.status_code == 422
    assert "active" in response.context["form"].errors


def test_without_an_english_name_the_chinese_one_stands_there(client):
    assert client.post("/settings/categories/new/", {**SHEET, "name_en": ""}).status_code == 302

    assert Category.objects.get(name="宠物").name_en == "宠物"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "电梯设备"}, "name"),
        ({"name": ""}, "name"),
        ({"position": "x"}, "position"),
        ({"openness": "secret"}, "openness"),
        ({"owners_vote_item": "10"}, "owners_vote_item"),
    ],
)
def test_a_wrong_category_is_answered_beside_its_field(client, wrong, field):
    response = client.post("/settings/categories/new/", {**SHEET, **wrong})

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not AuditEntry.objects.filter(action="category.add").exists()
