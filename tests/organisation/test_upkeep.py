"""Settings, places, people and households kept right through the pages, each with its entry in the audit."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from compounds.accounts.models import User
from compounds.organisation import settings_pages
from compounds.organisation.audit_words import in_words
from compounds.organisation.models import (
    AuditEntry,
    Building,
    Household,
    Occupancy,
    OrganisationSettings,
    Person,
    PostKind,
    Unit,
    post_title,
)
from tests.factories import BuildingFactory, PersonFactory


def last_entry() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def test_the_settings_page_says_each_page_in_a_sentence_and_leads_there(web, secretary):
    client = web(secretary)

    page = client.get("/settings/")

    for one in settings_pages.PAGES:
        assert str(one.title) in page.text
        assert str(one.sentence) in page.text.replace("&#x27;", "'")
    assert page.text.count('class="row"') == len(settings_pages.PAGES)


def test_others_see_what_they_may_use_or_are_refused(web, house, staff, client):
    committee = web(PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])).get("/settings/")
    steward = web(house.steward).get("/settings/")

    assert "Who changed what" in committee.text
    assert "Contact rhythm" not in committee.text
    assert steward.status_code == 403


def test_a_page_is_registered_once():
    with pytest.raises(ValueError, match="audit"):
        settings_pages.register("audit", "", "", "audit.read")


def test_the_contact_rhythm_decides_who_is_in_touch(web, house, secretary):
    today = timezone.localdate()
    Household.objects.filter(pk=house.doors[1].pk).update(last_contact_on=today - timedelta(days=40))
    client = web(secretary)
    before = Household.objects.in_touch(today).count()

    response = client.post("/settings/rhythm/", {"days": "30"})

    assert response.status_code == 302
    assert (before, Household.objects.in_touch(today).count()) == (2, 1)
    assert (last_entry().action, last_entry().facts) == ("settings.rhythm", {"before": 90, "after": 30})


@pytest.mark.parametrize("days", ["6", "367", "", "soon", "-1", "99999999999999999999"])
def test_a_rhythm_that_is_none_is_answered_beside_the_field(web, secretary, days):
    response = web(secretary).post("/settings/rhythm/", {"days": days})

    assert response.status_code == 422
    assert "days" in response.context["form"].errors
    assert f'value="{days}"' in response.text or not days


def test_a_title_of_this_place_is_shown_everywhere_in_both_languages(web, house, secretary):
    client = web(secretary)

    client.post("/settings/titles/", {"building_steward": "楼组长", "building_steward_en": "block leader"})

    assert "block leader" in client.get(f"/people/{house.steward.pk}/").text
    assert "Block leader" in client.get("/people/").text
    assert "block leader" in client.get("/posts/new/").text
    with translation.override("zh-hans"):
        assert post_title(PostKind.BUILDING_STEWARD) == "楼组长"
        assert house.steward.posts.get().get_kind_display() == "楼组长"
    assert last_entry().facts == {"post": "building_steward", "before": "", "after": "楼组长"}


@pytest.mark.parametrize(
    ("phone", "said"), [("0731-2860 1234", "Residents see it from now on."), ("", "No number is shown any more.")]
)
def test_the_residents_phone_is_shown_or_no_longer(web, secretary, phone, said):
    assert said in web(secretary).post("/settings/phone/", {"phone": phone}, follow=True).text


def test_an_empty_title_goes_back_to_the_usual_one(web, secretary):
    client = web(secretary)
    client.post("/settings/titles/", {"building_steward": "楼组长"})

    client.post("/settings/titles/", {})
    unchanged = client.post("/settings/titles/", {}, follow=True)

    assert "Nothing was changed." in unchanged.text
    assert OrganisationSettings.objects.get().post_titles == {}
    assert AuditEntry.objects.filter(action="settings.title").count() == 2


# What was changed, and how the audit says it in Chinese.
CHANGES = [
    ("settings.rhythm", {"before": 90, "after": 60}, "90天 → 60天"),
    ("settings.title", {"post": "building_steward", "before": "", "after": "楼组长"}, "楼栋长 → 楼组长"),
    ("settings.title", {"post": "building_steward", "before": "楼组长", "after": ""}, "楼组长 → 楼栋长"),
    ("settings.title", {"post": "building_steward", "before": "楼组长", "after": "楼长"}, "楼组长 → 楼长 · 楼栋长"),
    ("settings.phone", {"before": "", "after": "12345"}, "— → 12345"),
    ("person.change", {"fields": ["name", "phone"]}, "修改了：姓名、电话"),
    (
        "post.appoint",
        {"kind": "branch_secretary", "starts_on": "2020-01-01"},
        "职务：支部书记 · 起始日期：2020年1月1日",
    ),
]


@pytest.mark.parametrize(("action", "facts", "said"), CHANGES)
def test_the_audit_says_what_was_before_and_what_each_fact_is(north, action, facts, said):
    with translation.override("zh-hans"):
        assert in_words(AuditEntry(action=action, facts=facts))[1] == said


def test_an_english_title_alone_is_no_title(web, secretary):
    response = web(secretary).post("/settings/titles/", {"building_steward_en": "block leader"})

    assert response.status_code == 422
    assert "building_steward" in response.context["form"].errors


def test_a_building_with_entrances_groups_and_doors_is_built_by_hand(web, secretary):
    client = web(secretary)

    client.post("/settings/places/new/", {"number": "9", "name": "9栋", "entrances": "2"})
    building = Building.objects.get(number=9)
    client.post(f"/settings/places/{building.pk}/entrances/new/", {"number": "3"})
    entrance = building.entrances.get(number=3)
    client.post(f"/settings/entrances/{entrance.pk}/doors/new/", {"door": "301", "occupancy": "let"})
    client.post(f"/settings/places/{building.pk}/groups/new/", {"name": "东边组"})
    group = Unit.objects.get(name="东边组")
    door = Household.objects.get(door="301")
    client.post(f"/settings/groups/{group.pk}/doors/", {"doors": [door.pk]})
    client.post(f"/settings/groups/{group.pk}/", {"name": "东组"})
    client.post(f"/settings/entrances/{entrance.pk}/", {"number": "4"})
    client.post(f"/settings/places/{building.pk}/name/", {"number": "19", "name": "十九栋"})

    door.refresh_from_db()
    assert (door.group.name, door.entrance.number, door.occupancy) == ("东组", 4, Occupancy.LET)
    assert (door.entrance.building.number, door.entrance.building.unit.name) == (19, "十九栋")
    assert [entry.action for entry in AuditEntry.objects.filter(by=secretary).order_by("pk")] == [
        "building.add",
        "entrance.add",
        "household.add",
        "group.add",
        "group.doors",
        "group.change",
        "entrance.change",
        "building.change",
    ]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("places/new/", ({"number": "{number}", "name": "x", "entrances": "1"}, "number")),
        ("places/new/", ({"number": "800", "name": "{name}", "entrances": "1"}, "name")),
        ("places/new/", ({"number": "800", "name": "x", "entrances": "31"}, "entrances")),
        ("places/new/", ({"number": "0", "name": "x", "entrances": "1"}, "number")),
        ("places/new/", ({"number": "1", "name": "长" * 61, "entrances": "1"}, "name")),
        ("places/{building}/entrances/new/", ({"number": "1"}, "number")),
        ("places/{building}/groups/new/", ({"name": "甲"}, "name")),
        ("groups/{other}/", ({"name": "甲"}, "name")),
        ("entrances/{entrance}/doors/new/", ({"door": "101", "occupancy": "let"}, "door")),
        ("entrances/{entrance}/doors/new/", ({"door": "１０１", "occupancy": "let"}, "door")),
        ("entrances/{entrance}/doors/new/", ({"door": "1 01", "occupancy": "let"}, "door")),
        ("entrances/{entrance}/doors/new/", ({"door": "9", "occupancy": "often"}, "occupancy")),
        ("groups/{other}/doors/", ({"doors": "x"}, "doors")),
    ],
)
def test_a_place_that_is_there_or_cannot_be_is_answered_beside_the_field(web, house, secretary, path, wrong):
    data, field = wrong
    entrance = house.building.entrances.get()
    known = {
        "number": house.building.number,
        "name": house.building.unit.name,
        "building": house.building.pk,
        "entrance": entrance.pk,
        "other": house.leaderless.pk,
    }

    response = web(secretary).post(
        "/settings/" + path.format(**known), {key: value.format(**known) for key, value in data.items()}
    )

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not AuditEntry.objects.filter(by=secretary).exists()


def test_a_group_takes_doors_of_its_own_building_only_and_lets_others_go(web, house, secretary):
    foreign = BuildingFactory()
    elsewhere = foreign.entrances.create(number=1).households.create(door="999")
    first, second, third = house.doors
    client = web(secretary)

    client.post(f"/settings/groups/{house.led.pk}/doors/", {"doors": [second.pk, third.pk]})
    stranger = client.post(f"/settings/groups/{house.led.pk}/doors/", {"doors": [elsewhere.pk]})

    assert set(house.led.households.all()) == {second, third}
    assert Household.objects.get(pk=first.pk).group is None
    assert stranger.status_code == 422
    assert last_entry().facts == {"came": 1, "left": 1}


def test_a_person_is_written_down_corrected_and_moved(web, house, secretary):
    client = web(secretary)
    entrance = house.building.entrances.get()

    client.post("/people/new/", {"name": "新住户", "phone": "138 1111 2222"})
    person = Person.objects.get(name="新住户")
    path = f"/people/{person.pk}/correction/"
    client.post(path, {"name": "新住户甲", "entrance": entrance.pk, "door": "102"})
    person.refresh_from_db()

    assert (person.name, person.phone, person.household) == ("新住户甲", "13811112222", house.doors[1])
    assert last_entry().facts == {"fields": ["name", "household"]}
    shown = client.get(path).text
    assert "138****2222" in shown
    assert "13811112222" not in shown
    client.post(path, {"name": "新住户甲", "no_phone": "on"})
    person.refresh_from_db()
    assert (person.phone, person.household) == ("", None)
    assert "no_phone" not in client.get(path).text, "there is none to take out"
    assert not any("13811112222" in str(entry.facts) + entry.about for entry in AuditEntry.objects.all())


def test_a_corrected_name_is_that_of_the_login_too(web, house, secretary):
    web(secretary).post(f"/people/{house.lead.pk}/correction/", {"name": "邻长乙"})

    assert User.objects.get(pk=house.lead.user_id).display_name == "邻长乙"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "甲", "phone": "call"}, "phone"),
        ({"name": "甲", "door": "101"}, "entrance"),
        ({"name": "甲", "entrance": "{entrance}"}, "door"),
        ({"name": "甲", "entrance": "{entrance}", "door": "999"}, "door"),
        ({"name": "甲", "phone": "13811112222", "no_phone": "on"}, "phone"),
    ],
)
def test_a_wrong_correction_is_answered_beside_its_field(web, house, secretary, data, field):
    entrance = house.building.entrances.get()

    response = web(secretary).post(
        f"/people/{house.resident.pk}/correction/",
        {key: value.format(entrance=entrance.pk) for key, value in data.items()},
    )

    assert response.status_code == 422
    assert field in response.context["form"].errors
    house.resident.refresh_from_db()
    assert house.resident.name == "住户甲"


def test_a_household_is_corrected(web, house, secretary):
    door = house.doors[2]
    client = web(secretary)

    client.post(
        f"/households/{door.pk}/correction/", {"door": "103A", "occupancy": "empty", "group": house.leaderless.pk}
    )
    doubled = client.post(f"/households/{door.pk}/correction/", {"door": "101", "occupancy": "empty"})

    door.refresh_from_db()
    assert (door.door, door.occupancy, door.group) == ("103A", "empty", house.leaderless)
    assert doubled.status_code == 422
    assert last_entry().facts == {"fields": ["door", "occupancy", "group"]}


def test_saving_what_was_there_writes_nothing_down(web, house, secretary):
    web(secretary).post(f"/people/{house.lead.pk}/correction/", {"name": house.lead.name})

    assert not AuditEntry.objects.filter(by=secretary).exists()


def test_the_audit_is_newest_first_and_leafs_by_key(web, secretary, django_assert_max_num_queries):
    client = web(secretary)
    for days in range(10, 70):
        client.post("/settings/rhythm/", {"days": str(days)})

    with django_assert_max_num_queries(12):
        first = client.get("/settings/audit/")
    second = client.get("/settings/audit/" + first.context["page"].next_url)

    rows = [entry for page in (first, second) for entry, _words in page.context["entries"]]
    assert rows == list(AuditEntry.objects.order_by("-at", "-pk"))
    assert "Changed the contact rhythm" in first.text
    assert "68 days → 69 days" in first.text


@pytest.mark.parametrize("kind", [PostKind.BUILDING_STEWARD, PostKind.PROPERTY_STAFF, PostKind.COMMUNITY_WORKER])
def test_the_audit_is_for_the_branch(web, north, kind):
    assert web(PersonFactory(posts=[kind])).get("/settings/audit/").status_code == 403
