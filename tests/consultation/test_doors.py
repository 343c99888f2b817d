"""From door to door: whose doors, in which order, one tap each, a corridor at once, and a mis-tap taken back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.coverage import coverage_by_building, total
from compounds.organisation.models import Household, PostKind
from consultation import doors as door_list
from consultation.errors import NotYourDoor, VisitStands
from consultation.models import Visit, VisitOutcome
from consultation.services import doors, step1_visit
from tests.factories import EntranceFactory, HouseholdFactory, IssueFactory, PersonFactory

TODAY = timezone.localdate


@pytest.fixture
def steward(north):
    return PersonFactory(name="周楼长", posts=[PostKind.BUILDING_STEWARD])


@pytest.fixture
def entrance(steward):
    return EntranceFactory(building=steward.serving[0].unit.building, number=1)


def door(entrance, number, *, days=None, **facts) -> Household:
    last = TODAY() - timedelta(days=days) if days is not None else None
    return HouseholdFactory(entrance=entrance, door=number, last_contact_on=last, **facts)


def order(steward) -> list[str]:
    return [line.household.door for line in door_list.lines(steward, steward.serving[0].unit, TODAY())]


class TestWhoseAndInWhichOrder:
    def test_the_longest_waiting_first_then_those_called_on_today_and_empty_ones_last(self, steward, entrance):
        door(entrance, "601", days=10)
        door(entrance, "602", days=100)
        door(entrance, "603")
        door(entrance, "604", occupancy="empty")
        called = door(entrance, "605", days=200)
        step1_visit.visit(called, outcome=VisitOutcome.NOT_HOME, on=TODAY(), by=steward)

        assert order(steward) == ["603", "602", "601", "604", "605"]

    @pytest.mark.parametrize(
        ("days", "state"), [(None, "late"), (90, "late"), (89, "due"), (76, "due"), (75, "ok"), (0, "ok")]
    )
    def test_a_door_is_due_by_the_contact_rhythm(self, steward, entrance, days, state):
        one = door(entrance, "601", days=days)

        (line,) = door_list.lines_of([one], TODAY())

        assert line.state == state
        assert (one in Household.objects.filter(door_list.is_late(TODAY()))) is (state == "late")
        assert (one in Household.objects.in_touch(TODAY())) is (state != "late")

    def test_a_lead_sees_the_group_a_steward_the_building_and_a_member_nothing(self, steward, entrance):
        lead = PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])
        inside = door(entrance, "601", group=lead.serving[0].unit)
        door(entrance, "602")

        assert [w.doors for w in door_list.walks(lead, TODAY())] == [1]
        assert [w.doors for w in door_list.walks(steward, TODAY())] == [2]
        assert door_list.walks(PersonFactory(posts=[PostKind.PARTY_MEMBER]), TODAY()) == []
        assert door_list.lines(lead, lead.serving[0].unit, TODAY())[0].household == inside

    def test_the_branch_has_every_building_each_with_how_many_wait(self, steward, entrance):
        door(entrance, "601", days=100)
        door(entrance, "602", days=1)

        found = door_list.walks(PersonFactory(posts=[PostKind.BRANCH_SECRETARY]), TODAY())

        assert [(w.unit, w.doors, w.late) for w in found] == [(entrance.building.unit, 2, 1)]

    @pytest.mark.parametrize(
        ("number", "floor"), [("601", "6"), ("0601", "6"), ("1203", "12"), ("门卫", ""), ("12", "")]
    )
    def test_a_door_tells_its_floor(self, number, floor):
        assert door_list.floor_of(number) == floor


class TestOneTap:
    def test_puts_the_household_in_touch_and_the_figures_follow(self, web, steward, entrance):
        one = door(entrance, "601", days=100)
        assert total(coverage_by_building(TODAY())).in_touch == 0

        answer = web(steward).post(f"/doors/{one.pk}/visits/", {"outcome": "by_phone", "unit": "7"})

        assert (answer.status_code, answer["Location"]) == (302, "/c/north/doors/?unit=7")
        assert total(coverage_by_building(TODAY())).in_touch == 1

    def test_by_htmx_answers_with_the_one_door(self, web, steward, entrance):
        one = door(entrance, "601")

        answer = web(steward).post(f"/doors/{one.pk}/visits/", {"outcome": "talked"}, headers={"hx-request": "true"})

        assert answer.status_code == 200
        assert f'id="door-{one.pk}"' in answer.text
        assert "<html" not in answer.text
        assert "Undo" in answer.text

    def test_twice_by_a_nervous_thumb_is_one_visit(self, web, steward, entrance):
        one = door(entrance, "601")

        for _n in range(2):
            web(steward).post(f"/doors/{one.pk}/visits/", {"outcome": "talked"})

        assert Visit.objects.count() == 1

    @pytest.mark.parametrize("outcome", ["", "nope", "talked'--"])
    def test_no_outcome_changes_nothing_and_says_so(self, web, steward, entrance, outcome):
        one = door(entrance, "601")
        client = web(steward)

        by_htmx = client.post(f"/doors/{one.pk}/visits/", {"outcome": outcome}, headers={"hx-request": "true"})
        plain = client.post(f"/doors/{one.pk}/visits/", {"outcome": outcome}, follow=True)

        assert by_htmx.status_code == 422
        assert "Choose what came of it." in by_htmx.text
        assert "Choose what came of it." in plain.text
        assert not Visit.objects.exists()

    def test_a_door_of_somebody_else_is_not_there(self, web, steward):
        other = HouseholdFactory()

        assert web(steward).post(f"/doors/{other.pk}/visits/", {"outcome": "talked"}).status_code == 404
        assert web(steward).get(f"/doors/{other.pk}/").status_code == 404
        assert not Visit.objects.exists()


class TestACorridor:
    def test_is_written_down_at_once(self, web, steward, entrance):
        pks = [door(entrance, number, days=100).pk for number in ("601", "602")]
        door(entrance, "603", days=100)

        web(steward).post("/doors/visits/", {"outcome": "talked", "door": pks})

        assert set(Visit.objects.values_list("household", flat=True)) == set(pks)
        assert Household.objects.in_touch(TODAY()).count() == 2

    def test_with_one_door_of_somebody_else_writes_nothing(self, steward, entrance):
        pks = [door(entrance, "601").pk, HouseholdFactory().pk]

        with pytest.raises(NotYourDoor):
            doors.visit_corridor(pks, outcome=VisitOutcome.TALKED, now=timezone.now(), by=steward)

        assert not Visit.objects.exists()

    @pytest.mark.parametrize(
        "sent", [{}, {"outcome": "talked"}, {"door": ["1"]}, {"outcome": "talked", "door": ["x", "9" * 30]}]
    )
    def test_half_a_form_is_told_what_is_missing(self, web, steward, sent):
        answer = web(steward).post("/doors/visits/", sent, follow=True)

        assert "Choose at least one door and what came of it." in answer.text

    def test_is_offered_floor_by_floor_the_one_with_most_waiting_first(self, steward, entrance):
        for number, days in (("601", 1), ("602", 1), ("0701", 100), ("702", None), ("801", 100)):
            door(entrance, number, days=days)
        lines = door_list.lines(steward, steward.serving[0].unit, TODAY())

        assert [(c.floor, c.late) for c in door_list.corridors(lines)] == [("7", 2), ("8", 1), ("6", 0)]


class TestTakingBack:
    def test_restores_the_last_contact_even_where_no_visit_stands_behind_it(self, web, steward, entrance):
        one = door(entrance, "601", days=100)
        visit = step1_visit.visit(one, outcome=VisitOutcome.TALKED, on=TODAY(), by=steward)

        answer = web(steward).post("/doors/visits/taking-back/", {"visit": visit.pk}, headers={"hx-request": "true"})

        one.refresh_from_db()
        assert one.last_contact_on == TODAY() - timedelta(days=100)
        assert not Visit.objects.exists()
        assert 'name="outcome"' in answer.text

    def test_leaves_what_somebody_else_wrote_down(self, steward, entrance):
        one, other = door(entrance, "601"), PersonFactory()
        visit = step1_visit.visit(one, outcome=VisitOutcome.TALKED, on=TODAY(), by=steward)
        theirs = step1_visit.visit(one, outcome=VisitOutcome.TALKED, on=TODAY(), by=other)

        doors.take_back([visit.pk], now=timezone.now(), by=steward)
        one.refresh_from_db()
        assert one.last_contact_on == TODAY()

        doors.take_back([theirs.pk], now=timezone.now(), by=other)
        one.refresh_from_db()
        assert one.last_contact_on is None

    def test_a_second_tap_finds_nothing_to_do(self, web, steward, entrance):
        visit = step1_visit.visit(door(entrance, "601"), outcome=VisitOutcome.REFUSED, on=TODAY(), by=steward)

        for _n in range(2):
            assert web(steward).post("/doors/visits/taking-back/", {"visit": visit.pk}).status_code == 302

    @pytest.mark.parametrize("case", ["later", "somebody else", "a matter rests on it"])
    def test_later_or_of_somebody_else_or_under_a_matter_it_stands(self, steward, entrance, case):
        visit = step1_visit.visit(door(entrance, "601"), outcome=VisitOutcome.TALKED, on=TODAY(), by=steward)
        now, by = timezone.now(), steward
        if case == "later":
            now += doors.TAKEN_BACK_WITHIN + timedelta(seconds=1)
        elif case == "somebody else":
            by = PersonFactory()
        else:
            Visit.objects.filter(pk=visit.pk).update(issue=IssueFactory(recorded_by=steward))

        with pytest.raises(VisitStands):
            doors.take_back([visit.pk], now=now, by=by)

        assert Visit.objects.filter(pk=visit.pk).exists()


class TestOneDoor:
    def test_keeps_a_note_and_shows_it_next_time(self, web, steward, entrance):
        one = door(entrance, "601")
        yesterday = (TODAY() - timedelta(days=1)).isoformat()

        web(steward).post(f"/doors/{one.pk}/", {"outcome": "refused", "visited_on": yesterday, "note": "腿脚不便"})

        assert "腿脚不便" in web(steward).get(f"/doors/{one.pk}/").text
        assert "腿脚不便" in web(steward).get("/doors/").text

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"visited_on": "2026-01-01"}, "Choose what came of it."),
            ({"outcome": "talked", "visited_on": "2999-01-01"}, "This day has not come yet."),
            ({"outcome": "talked", "visited_on": "x"}, "Enter a valid date."),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_the_note_is_kept(self, web, steward, entrance, sent, said):
        one = door(entrance, "601")

        answer = web(steward).post(f"/doors/{one.pk}/", {**sent, "note": "腿脚不便"})

        assert answer.status_code == 422
        assert said in answer.text
        assert "腿脚不便" in answer.text
        assert not Visit.objects.exists()

    def test_leads_to_the_record_form_filled_in_and_what_is_said_joins_the_visit(self, web, steward, entrance):
        one = door(entrance, "601")
        client = web(steward)
        client.post(f"/doors/{one.pk}/visits/", {"outcome": "talked"})

        form = client.get(f"/issues/new/?household={one.pk}").context["form"]
        assert (form["where"].value(), form["door"].value()) == (f"e{entrance.pk}", "601")

        step1_visit.record(
            title="灯不亮",
            said="楼道灯不亮",
            category=form.fields["category"].queryset.first(),
            place=step1_visit.Place.at_door(one),
            spoken_by="王奶奶",
            by=steward,
        )
        assert Visit.objects.get().issue is not None

    def test_a_door_of_somebody_else_fills_nothing_in(self, web, steward):
        other = HouseholdFactory(door="98甲76")

        assert "98甲76" not in web(steward).get(f"/issues/new/?household={other.pk}").text


@pytest.mark.parametrize("query", ["", "?by=corridor"])
def test_the_list_costs_the_same_for_one_door_and_for_sixty(web, steward, entrance, query):
    client = web(steward)
    step1_visit.visit(door(entrance, "101"), outcome=VisitOutcome.NOT_HOME, on=TODAY(), by=steward)
    client.get(f"/doors/{query}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/doors/{query}")

    for n in range(60):
        step1_visit.visit(door(entrance, str(201 + n)), outcome=VisitOutcome.NOT_HOME, on=TODAY(), by=steward)
    with CaptureQueriesContext(connection) as sixty:
        client.get(f"/doors/{query}")

    assert len(sixty) == len(one)


def test_the_day_begins_with_how_many_doors_wait(web, steward, entrance):
    door(entrance, "601", days=100)

    assert "1 to visit" in web(steward).get("/").text
