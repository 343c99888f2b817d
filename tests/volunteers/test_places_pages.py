"""The pages of places, attendance, the door and hours, as people use them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import AuditEntry, PostKind
from tests.factories import ActivityFactory, PersonFactory, SlotFactory, TeamFactory, VolunteerFactory
from volunteers.models import Participation, ServiceRecord
from volunteers.services import attendance, hours, sign_up
from volunteers.services.hours import Line
from volunteers.services.sign_up import Who

SIGN_UP = {"name": "王阿姨", "phone": "13800004444", "agreed": "on"}


@pytest.fixture
def secretary(north):
    return PersonFactory(name="支书", posts=[PostKind.BRANCH_SECRETARY])


@pytest.fixture
def steward(north):
    return PersonFactory(name="楼长", posts=[PostKind.BUILDING_STEWARD])


@pytest.fixture
def slot(north):
    return SlotFactory(places=1)


@pytest.fixture
def now_on(north):
    """An activity that has begun, with a slot for volunteers and one for residents."""
    activity = ActivityFactory(starts_at=timezone.now() - timedelta(minutes=90), sign_up_until=timezone.now())
    SlotFactory(activity=activity, for_whom="volunteers")
    SlotFactory(activity=activity)
    return activity


def open_page(slot):
    return f"/board/activities/{slot.activity_id}/sign-up/"


class TestWithoutAnAccount:
    def test_name_number_and_consent_give_a_place_and_a_code_that_is_shown_once(self, anyone, slot):
        answer = anyone.post(open_page(slot), SIGN_UP | {"slot": slot.pk}, follow=True)

        page = answer.content.decode()
        code = re.search(r'id="code">([0-9 ]+)<', page)[1]
        assert "You have a place." in page
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        again = anyone.get(f"/board/places/?code={code}", follow=True).content.decode()
        assert "You have a place." in again
        assert code not in again
        assert "王阿姨" not in again

    def test_without_consent_nothing_is_kept(self, anyone, slot):
        answer = anyone.post(open_page(slot), {"name": "王阿姨", "phone": "13800004444", "slot": slot.pk})

        assert answer.status_code == 422
        assert not Participation.objects.exists()

    def test_signing_up_twice_is_refused_in_words_without_the_number(self, anyone, slot):
        typed = {"name": "王阿姨", "phone": "13800004444", "slot": slot.pk, "agreed": "on"}
        anyone.post(open_page(slot), typed)

        answer = anyone.post(open_page(slot), typed)

        assert (answer.status_code, Participation.objects.count()) == (409, 1)
        page = answer.content.decode()
        assert "13800004444" not in page
        assert 'href="/c/north/board/"' in page

    def test_the_page_tells_the_place_in_line_and_signs_off(self, anyone, slot):
        first, _code = sign_up.sign_up_openly(slot, name="甲", phone="13800001111", now=timezone.now())
        second, code = sign_up.sign_up_openly(slot, name="乙", phone="13800002222", now=timezone.now())
        mine = f"/board/places/{code.replace(' ', '')}/"
        page = anyone.get(mine).content.decode()
        assert "You are number 1 on the waiting list." in page
        assert "I wait no longer" in page
        assert "Give your place back" not in page

        sign_up.sign_off(first, now=timezone.now())

        assert "A place became free: it is yours." in anyone.get(mine).content.decode()
        anyone.post(f"{mine}sign-off/")
        second.refresh_from_db()
        assert second.state == "cancelled"
        assert "You are off the list." in anyone.get(mine).content.decode()

    def test_name_and_number_are_taken_back(self, anyone, slot):
        row, code = sign_up.sign_up_openly(slot, name="甲", phone="13800001111", now=timezone.now())

        answer = anyone.post(f"/board/places/{code.replace(' ', '')}/forgetting/", follow=True)

        row.refresh_from_db()
        assert (row.state, row.phone) == ("cancelled", "")
        assert "kept no more" in answer.content.decode()

    def test_what_was_moved_or_cancelled_is_told(self, anyone, slot):
        _row, code = sign_up.sign_up_openly(slot, name="甲", phone="13800001111", now=timezone.now())
        mine = f"/board/places/{code.replace(' ', '')}/"
        activity = slot.activity
        activity.moved_at = timezone.now()
        activity.save()
        assert "was changed after you signed up" in anyone.get(mine).content.decode()

        activity.state, activity.cancelled_at, activity.cancelled_why = "cancelled", timezone.now(), "下雨"
        activity.cancelled_by = activity.planned_by
        activity.save()

        page = anyone.get(mine).content.decode()
        assert "It does not take place." in page
        assert "下雨" in page

    def test_one_connection_signs_up_a_few_only(self, anyone, slot):
        for n in range(10):
            anyone.post(open_page(slot), {**SIGN_UP, "slot": slot.pk, "name": f"邻居{n}"})

        answer = anyone.post(open_page(slot), {**SIGN_UP, "slot": slot.pk, "name": "又一个"})

        assert answer.status_code == 429

    def test_wrong_codes_are_counted(self, anyone, north):
        answers = [anyone.get(f"/board/places/{n:012d}/").status_code for n in range(31)]

        assert answers == [404] * 30 + [429]

    def test_a_closed_sign_up_is_a_clear_message(self, anyone, slot):
        slot.activity.sign_up_until = timezone.now()
        slot.activity.save()

        answer = anyone.post(open_page(slot), SIGN_UP | {"slot": slot.pk})

        assert answer.status_code == 409
        assert "Sign-up is closed" in answer.content.decode()

    def test_another_activitys_slot_is_no_choice(self, anyone, slot):
        answer = anyone.post(open_page(slot), SIGN_UP | {"slot": SlotFactory().pk})

        assert answer.status_code == 422


class TestMembers:
    def test_one_tap_takes_a_place_and_one_gives_it_back(self, web, steward, slot):
        page = f"/activities/{slot.activity_id}/places/"
        answer = web(steward).post(f"{page}{slot.pk}/sign-up/", follow=True)
        assert "You have a place. See you there." in answer.content.decode()

        web(steward).post(f"{page}{slot.pk}/sign-off/")

        assert slot.participations.get().state == "cancelled"

    def test_a_steward_signs_up_somebody_else_and_it_is_kept_who_wrote_it_down(self, web, steward, slot):
        page = f"/activities/{slot.activity_id}/places/others/"

        answer = web(steward).post(page, {"slot": slot.pk, "name": "陈奶奶", "agreed": "on"}, follow=True)

        row = slot.participations.get()
        assert (row.who, row.recorded_by) == ("陈奶奶", steward)
        assert "陈奶奶 has a place." in answer.content.decode()

    def test_names_are_for_those_who_go_from_door_to_door(self, web, steward, slot):
        sign_up.sign_up(slot, Who(name="陈奶奶"), now=timezone.now(), by=None)
        party_member = PersonFactory(posts=[PostKind.PARTY_MEMBER])
        page = f"/activities/{slot.activity_id}/places/"

        seen = ["陈奶奶" in web(person).get(page).content.decode() for person in (steward, party_member)]

        assert seen == [True, False]

    def test_a_number_is_shown_for_a_reason_that_is_kept(self, web, secretary, slot):
        row = sign_up.sign_up(slot, Who(name="陈奶奶", phone="13800006666"), now=timezone.now(), by=None)
        page = f"/activities/{slot.activity_id}/places/rows/{row.pk}/phone/"

        answer = web(secretary).post(page, {"reason": "改了时间"})

        assert "13800006666" in answer.content.decode()
        entry = AuditEntry.objects.get(action="place.reveal_phone")
        assert entry.facts["reason"] == "改了时间"
        assert "13800006666" not in str(entry.facts)

    def test_somebody_who_neither_planned_nor_leads_takes_no_attendance(self, web, slot):
        leader = PersonFactory(posts=[PostKind.VOLUNTEER_LEADER])

        assert web(leader).get(f"/activities/{slot.activity_id}/attendance/").status_code == 403

    def test_the_list_costs_the_same_for_one_and_for_sixty(self, web, secretary, slot, django_assert_max_num_queries):
        page, client = f"/activities/{slot.activity_id}/places/", web(secretary)
        client.get(page)
        for _ in range(20):
            sign_up.sign_up(slot, Who(volunteer=VolunteerFactory()), now=timezone.now(), by=secretary)

        with django_assert_max_num_queries(26):
            client.get(page)


class TestAttendance:
    def test_a_tap_ticks_and_a_tap_undoes(self, web, secretary, now_on):
        slot = now_on.slots.get(for_whom="residents")
        row = Participation.objects.create(slot=slot, name="陈奶奶", state="placed")
        page = f"/activities/{now_on.pk}/attendance/"

        swapped = web(secretary).post(f"{page}{row.pk}/here/", headers={"hx-request": "true"}).content.decode()
        row.refresh_from_db()
        assert row.came_by == "list"
        assert "1 of 1 is here." in swapped

        web(secretary).post(f"{page}{row.pk}/undo/")
        row.refresh_from_db()
        assert row.came_at is None

    def test_whoever_is_not_on_the_list_is_added_and_ticked(self, web, secretary, now_on):
        volunteer = VolunteerFactory()
        page = f"/activities/{now_on.pk}/attendance/walk-ins/"

        web(secretary).post(page, {"came": "volunteers", "volunteer": volunteer.pk})
        web(secretary).post(page, {"came": "residents", "name": "陈奶奶"})

        came = Participation.objects.came().order_by("pk")
        assert [(row.slot.for_whom, row.who) for row in came] == [
            ("volunteers", str(volunteer)),
            ("residents", "陈奶奶"),
        ]

    def test_the_signed_sheet_ticks_all_at_once(self, web, secretary, now_on):
        slot = now_on.slots.get(for_whom="residents")
        rows = [Participation.objects.create(slot=slot, name=name, state="placed") for name in "甲乙丙"]
        sheet = web(secretary).get(f"/activities/{now_on.pk}/attendance/sheet/").content.decode()
        assert "甲" in sheet

        page = f"/activities/{now_on.pk}/attendance/sheet/entry/"
        web(secretary).post(page, {"rows": [rows[0].pk, rows[2].pk]})

        assert [row.name for row in Participation.objects.came().order_by("pk")] == ["甲", "丙"]

    def test_closing_writes_hours_as_they_stand_in_the_form(self, web, secretary, now_on):
        slot = now_on.slots.get(for_whom="volunteers")
        rows = [
            attendance.come_in(slot, Who(volunteer=VolunteerFactory()), how="list", now=timezone.now(), by=secretary)
            for _ in range(2)
        ]
        page = f"/activities/{now_on.pk}/attendance/closing/"

        web(secretary).post(page, {f"row-{rows[0].pk}": "1.5", f"row-{rows[1].pk}": "0.5"})

        assert [row.service_records.get().minutes for row in rows] == [90, 30]
        assert "Attendance is closed" in web(secretary).get(f"/activities/{now_on.pk}/attendance/").content.decode()


class TestTheDoor:
    @pytest.fixture
    def door(self, now_on, secretary, web):
        client = web(secretary)
        client.post(f"/activities/{now_on.pk}/attendance/door/code/")
        assert "/q/" in client.get(f"/activities/{now_on.pk}/attendance/door/").content.decode()
        now_on.refresh_from_db()
        return f"/board/door/{now_on.door_key}/"

    def test_somebody_on_the_list_is_ticked_by_name_and_number(self, anyone, now_on, door):
        slot = now_on.slots.get(for_whom="residents")
        row = Participation.objects.create(slot=slot, name="王阿姨", phone="13800004444", state="placed")

        answer = anyone.post(door, {"name": "王阿姨", "phone": "138 0000 4444"})

        row.refresh_from_db()
        assert row.came_by == "code"
        assert "Good that you are here." in answer.content.decode()

    def test_a_volunteer_is_known_without_an_account(self, anyone, now_on, door):
        volunteer = VolunteerFactory(person__name="林医生", person__phone="13800002222")
        slot = now_on.slots.get(for_whom="volunteers")
        row = Participation.objects.create(slot=slot, volunteer=volunteer, state="placed")

        anyone.post(door, {"name": "林医生", "phone": "13800002222"})

        row.refresh_from_db()
        assert row.came_by == "code"

    def test_whoever_is_not_on_the_list_is_asked_what_for(self, anyone, now_on, door):
        answer = anyone.post(door, {"name": "王阿姨", "phone": "13800004444"})
        assert "What did you come for?" in answer.content.decode()
        assert not Participation.objects.exists()

        anyone.post(door, {"name": "王阿姨", "phone": "13800004444", "came": "residents"})

        assert Participation.objects.get().who == "王阿姨"

    def test_a_member_need_not_type(self, web, steward, now_on, door):
        assert "楼长, are you here?" in web(steward).get(door).content.decode()

        web(steward).post(door, {"came": "volunteers"})

        assert Participation.objects.get().person == steward

    def test_looking_changes_nothing_and_an_unknown_key_is_no_door(self, anyone, now_on, door):
        anyone.get(door)

        assert not Participation.objects.exists()
        assert anyone.get("/board/door/nothing/").status_code == 404


class TestHours:
    @pytest.fixture
    def squad(self, north):
        return TeamFactory()

    @pytest.fixture
    def leader(self, squad):
        person = PersonFactory(name="队长", posts=[PostKind.VOLUNTEER_LEADER])
        VolunteerFactory(person=person, team=squad, team__leads=True)
        return person

    @pytest.fixture
    def member(self, squad):
        person = PersonFactory(name="队员", posts=[PostKind.PARTY_MEMBER])
        VolunteerFactory(person=person, team=squad)
        return person

    def served(self, person, activity=None):
        line = Line(person.volunteer, timezone.localdate(), 120, activity=activity, reason="清扫")
        return hours.write_down([line], now=timezone.now(), by=person)[0]

    def test_a_leader_approves_all_of_one_activity_with_one_tap_but_their_own(self, web, leader, member, squad):
        activity = ActivityFactory(team=squad)
        rows = [self.served(person, activity) for person in (member, leader)]
        assert "2 lines of hours wait for you." in web(leader).get("/hours/").content.decode()

        web(leader).post(f"/hours/activities/{activity.pk}/approval/")

        assert ServiceRecord.objects.approved().get() == rows[0]

    def test_another_squads_leader_approves_nothing_of_it(self, web, member):
        other = PersonFactory(posts=[PostKind.VOLUNTEER_LEADER])
        VolunteerFactory(person=other, team=TeamFactory(), team__leads=True)
        row = self.served(member)

        assert web(other).post(f"/hours/{row.pk}/approval/").status_code == 403
        web(other).post("/hours/activities/0/approval/")
        row.refresh_from_db()
        assert row.approved_at is None

    def test_a_volunteer_disputes_and_the_leader_answers(self, web, leader, member):
        row = self.served(member)
        assert "This is wrong" in web(member).get("/hours/mine/").content.decode()
        web(member).post(f"/hours/{row.pk}/dispute/", {"words": "我待到五点"})
        assert "我待到五点" in web(leader).get("/hours/").content.decode()

        web(leader).post(f"/hours/{row.pk}/answer/", {"hours": "2.5", "words": "对"})

        assert hours.counted(row) == 150
        page = web(member).get("/hours/mine/").content.decode()
        assert "2.5 hours" in page
        # The answer is the reason of the correction: said once, after what was disputed.
        assert page.index("You said: 我待到五点") < page.index("Put right on")
        assert "The answer:" not in page

    def test_nobody_disputes_anothers_line(self, web, leader, member):
        row = self.served(leader)

        assert web(member).post(f"/hours/{row.pk}/dispute/", {"words": "?"}).status_code == 403

    def test_hours_are_put_right_and_added_by_hand(self, web, leader, member):
        row = self.served(member)
        web(leader).post(f"/hours/{row.pk}/correction/", {"hours": "1", "reason": "提前走了"})
        on = timezone.localdate() - timedelta(days=1)

        web(leader).post(
            "/hours/new/", {"volunteer": member.volunteer.pk, "on": on.isoformat(), "hours": "1.5", "reason": "陪诊"}
        )

        assert hours.counted(row) == 60
        assert ServiceRecord.objects.get(served_on=on).minutes == 90

    def test_more_hours_than_a_day_has_are_refused_in_words(self, web, leader, member):
        self.served(member)
        on = timezone.localdate()

        answer = web(leader).post(
            "/hours/new/", {"volunteer": member.volunteer.pk, "on": on.isoformat(), "hours": "23", "reason": "陪诊"}
        )

        assert answer.status_code == 409
        assert "A day has 24 hours" in answer.content.decode()

    def test_totals_and_the_spreadsheet(self, web, secretary, member):
        hours.approve_one(self.served(member), now=timezone.now(), by=secretary)

        page = web(secretary).get("/hours/totals/").content.decode()
        sheet = web(secretary).get("/hours/totals/sheet/?year=all")

        assert ">2 hours</data> were given in" in page
        assert sheet.content[:2] == b"PK"
        assert AuditEntry.objects.filter(action="hours.export").exists()

    def test_the_page_costs_the_same_for_one_and_for_sixty(self, web, secretary, squad, django_assert_max_num_queries):
        client = web(secretary)
        client.get("/hours/")
        for _ in range(20):
            volunteer = VolunteerFactory(team=squad)
            line = Line(volunteer, timezone.localdate(), 60, activity=ActivityFactory(team=squad))
            hours.write_down([line], now=timezone.now(), by=secretary)

        with django_assert_max_num_queries(24):
            client.get("/hours/")
