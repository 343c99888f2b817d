"""Activities are planned, changed, moved, cancelled and summed up; a venue serves one at a time."""

import pytest
from django.utils import timezone

from compounds.organisation.models import AuditEntry, PostKind
from notices.models import Notice
from tests.consultation.days import at, on
from tests.factories import PersonFactory
from tests.pictures import a_picture
from tests.volunteers.planning import leader, places, planned, venue, volunteer, when, with_place
from volunteers.errors.activities import (
    ActivityNotBegun,
    ActivityNotPlanned,
    ActivityOver,
    PeopleWereThere,
    VenueTaken,
)
from volunteers.forms.summing_up import SlotForm
from volunteers.models import Activity, ActivityState, CameBy, ServiceRecord, Slot
from volunteers.services import activities, attendance, notice_drafts, summing_up

FORM = {
    "title": "邻里义诊",
    "kind": "clinic",
    "day": "2026-12-12",
    "begins": "09:00",
    "ends": "11:00",
    "place": "3栋前",
    "volunteers": "6",
    "residents": "30",
    "closes": "begin",
    "in_public": "on",
}
pytestmark = pytest.mark.usefixtures("north")


@pytest.fixture
def organiser(north):
    return leader()


@pytest.fixture
def now(north):
    with on("2026-12-01"):
        yield timezone.now()


def test_an_activity_is_planned_with_a_name_a_time_and_a_place(web, organiser, now):
    answer = web(organiser).post("/activities/new/", FORM)

    row = Activity.objects.get()
    assert answer.status_code == 302
    assert (row.state, row.starts_at, row.ends_at) == ("planned", at("2026-12-12 09:00"), at("2026-12-12 11:00"))
    assert (row.sign_up_until, row.planned_by, row.in_public) == (row.starts_at, organiser, True)
    assert [(slot.for_whom, slot.places) for slot in row.slots.all()] == [("residents", 30), ("volunteers", 6)]
    assert AuditEntry.objects.filter(action="activity.plan", by=organiser).exists()


def test_what_is_planned_afterwards_asks_to_be_summed_up_not_to_be_signed_up_for(web, organiser, now):
    said = web(organiser).post("/activities/new/", {**FORM, "day": "2026-11-30"}, follow=True).content.decode()

    assert "It is over: please sum it up." in said
    assert "People can sign up" not in said


@pytest.mark.parametrize(
    ("moment", "main"),
    [("2026-12-12 09:30", "attendance/"), ("2026-12-12 12:00", "summary/")],
    ids=["while it goes on", "afterwards"],
)
def test_while_it_goes_on_ticking_comes_before_summing_up(web, organiser, now, moment, main):
    row = planned("2026-12-12 09:00", by=organiser)

    with on(moment):
        page = web(organiser).get(f"/activities/{row.pk}/").content.decode()

    assert f'class="btn main" href="/c/north/activities/{row.pk}/{main}"' in page
    assert page.count(f"/activities/{row.pk}/attendance/") == 1


@pytest.mark.parametrize(("count", "said"), [(None, "Just come"), (5, "there may be room")])
def test_after_sign_up_has_closed_it_says_whether_there_is_room(web, anyone, now, count, said):
    organiser = leader()
    row = planned("2026-12-12 09:00", by=organiser, places=places("residents", count))

    with on("2026-12-12 09:30"):
        pages = [
            who.get(f"/{way}/{row.pk}/") for who, way in ((web(organiser), "activities"), (anyone, "board/activities"))
        ]

    assert all(said in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        (("", ""), [("residents", None), ("volunteers", None)]),
        (("0", "0"), []),
        (("0", "5"), [("residents", 5)]),
    ],
)
def test_no_number_means_as_many_as_come_and_none_means_no_sign_up(web, organiser, now, typed, rows):
    web(organiser).post("/activities/new/", {**FORM, "volunteers": typed[0], "residents": typed[1]})

    assert [(slot.for_whom, slot.places) for slot in Slot.objects.all()] == rows


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"day": "2028-01-01"}, "day"),
        ({"ends": "09:00"}, "ends"),
        ({"ends": "08:00"}, "ends"),
        ({"place": ""}, "venue"),
        ({"volunteers": "-1"}, "volunteers"),
        ({"repeat_until": "2027-01-01"}, "repeat"),
        ({"repeat": "weekly", "repeat_until": "2026-12-12"}, "repeat_until"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(web, organiser, now, wrong, field):
    answer = web(organiser).post("/activities/new/", {**FORM, **wrong})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Activity.objects.exists()


def test_a_patrol_at_night_ends_the_next_morning(web, organiser, now):
    web(organiser).post("/activities/new/", {**FORM, "begins": "22:00", "ends": "00:30"})

    assert Activity.objects.get().ends_at == at("2026-12-13 00:30")


def test_a_venue_that_is_taken_is_said_at_its_field_and_not_booked_twice(web, organiser, now):
    room = venue()
    planned("2026-12-12 10:00", venue=room, by=organiser)

    answer = web(organiser).post("/activities/new/", {**FORM, "place": "", "venue": room.pk})

    assert answer.status_code == 422
    assert "“邻里义诊” is there on 12 Dec 10:00 to 12:00" in answer.context["form"].errors["venue"][0]
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("begins", "free"),
    [("2026-12-12 07:00", True), ("2026-12-12 07:01", False), ("2026-12-12 10:59", False), ("2026-12-12 11:00", True)],
)
def test_one_ends_where_the_next_begins(organiser, now, begins, free):
    room = venue()
    planned("2026-12-12 09:00", venue=room, by=organiser)

    if free:
        planned(begins, venue=room, by=organiser)
    else:
        with pytest.raises(VenueTaken):
            planned(begins, venue=room, by=organiser)


def test_a_cancelled_activity_leaves_its_venue_free(organiser, now):
    room = venue()
    activities.cancel(planned("2026-12-12", venue=room, by=organiser), why="下雨", now=now, by=organiser)

    assert planned("2026-12-12", venue=room, by=organiser).venue == room


def test_those_who_organise_others_see_no_buttons_of_theirs(web, organiser, now):
    row = planned("2026-12-12", by=organiser)
    other = leader()

    page = web(other).get(f"/activities/{row.pk}/")

    assert "邻里义诊" in page.text
    assert "Move it" not in page.text
    for path in ("words", "time", "cancellation", "summary", "calls", "slots/new"):
        assert web(other).get(f"/activities/{row.pk}/{path}/").status_code == 403


def test_a_moved_activity_keeps_its_places_and_its_parts_move_along(organiser, now):
    row = planned("2026-12-12 09:00", places=places(count=3), by=organiser)
    part = Slot.objects.create(
        activity=row,
        for_whom="volunteers",
        name="布置",
        starts_at=at("2026-12-12 09:00"),
        ends_at=at("2026-12-12 10:00"),
    )
    held = Slot.objects.exclude(pk=part.pk).get().participations.create(volunteer=volunteer(), state="placed")

    activities.move(row, when("2026-12-13 14:00"), now=now, by=organiser)

    row.refresh_from_db()
    part.refresh_from_db()
    assert (row.starts_at, row.moved_at) == (at("2026-12-13 14:00"), now)
    assert (part.starts_at, part.ends_at) == (at("2026-12-13 14:00"), at("2026-12-13 15:00"))
    held.refresh_from_db()
    assert held.state == "placed"


def test_moving_it_to_where_it_is_moves_nothing(organiser, now):
    row = planned("2026-12-12 09:00", by=organiser)

    assert activities.move(row, when("2026-12-12 09:00"), now=now, by=organiser).moved_at is None


def test_it_is_not_moved_into_a_taken_venue_nor_away_from_its_own(organiser, now):
    room = venue()
    row = planned("2026-12-12 09:00", venue=room, by=organiser)
    planned("2026-12-12 14:00", venue=room, by=organiser)

    activities.move(row, when("2026-12-12 10:00", venue=room), now=now, by=organiser)
    with pytest.raises(VenueTaken):
        activities.move(row, when("2026-12-12 13:00", venue=room), now=now, by=organiser)


def test_what_is_over_or_cancelled_is_not_moved(organiser, now):
    past = planned("2026-11-20", by=organiser)
    off = activities.cancel(planned("2026-12-12", by=organiser), why="下雨", now=now, by=organiser)

    with pytest.raises(ActivityOver):
        activities.move(past, when("2026-12-14"), now=now, by=organiser)
    with pytest.raises(ActivityNotPlanned):
        activities.move(off, when("2026-12-14"), now=now, by=organiser)
    with pytest.raises(ActivityNotPlanned):
        activities.cancel(off, why="又下雨", now=now, by=organiser)


def test_summing_up_says_that_it_was_held_and_can_be_put_right(web, organiser, now):
    row = planned("2026-11-30 09:00", by=organiser)
    client = web(organiser)

    first = client.post(f"/activities/{row.pk}/summary/", {"people_served": "40", "elderly_served": "41"})
    client.post(f"/activities/{row.pk}/summary/", {"people_served": "40", "elderly_served": "12", "summary": "量血压"})
    client.post(f"/activities/{row.pk}/summary/", {"people_served": "42", "elderly_served": "12", "summary": "量血压"})

    row.refresh_from_db()
    assert first.status_code == 422
    assert (row.state, row.people_served, row.elderly_served, row.summary) == (ActivityState.HELD, 42, 12, "量血压")
    assert [(e.facts["before"], e.facts["after"]) for e in AuditEntry.objects.filter(action="activity.sum_up")] == [
        (40, 42),
        (None, 40),
    ]


def test_nothing_is_summed_up_before_it_begins_or_once_cancelled(organiser, now):
    ahead = planned("2026-12-12", by=organiser)
    off = activities.cancel(planned("2026-11-20", by=organiser), why="没人来", now=now, by=organiser)
    said = {"people_served": 3, "elderly_served": None, "summary": "", "now": now, "by": organiser}

    with pytest.raises(ActivityNotBegun):
        summing_up.sum_up(ahead, **said)
    with pytest.raises(ActivityNotPlanned):
        summing_up.sum_up(off, **said)


def test_photos_are_for_members_and_for_everybody_once_it_is_public(web, anyone, organiser, now):
    shown, hidden = planned("2026-11-30", by=organiser), planned("2026-11-29", in_public=False, by=organiser)
    for row in (shown, hidden):
        summing_up.add_photos(row, [a_picture()])
    keys = {row.pk: row.photos[0] for row in (shown, hidden)}

    def board(row, key):
        return anyone.get(f"/board/activities/{row.pk}/photos/{key}/small/").status_code

    assert web(organiser).get(f"/activities/{hidden.pk}/photos/{keys[hidden.pk]}/small/").status_code == 200
    assert (board(shown, keys[shown.pk]), board(hidden, keys[hidden.pk]), board(shown, keys[hidden.pk])) == (
        200,
        404,
        404,
    )


def test_the_board_shows_public_activities_without_names(web, anyone, organiser, now):
    shown = planned("2026-12-12", title="百家宴", by=organiser)
    hidden = planned("2026-12-13", title="上门探望", in_public=False, by=organiser)

    month, page = anyone.get("/board/activities/"), anyone.get(f"/board/activities/{shown.pk}/")
    assert "百家宴" in month.text
    assert "上门探望" not in month.text
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert organiser.name not in page.text
    assert anyone.get(f"/board/activities/{hidden.pk}/").status_code == 404
    assert anyone.get(f"/board/activities/{hidden.pk}/sign-up/").status_code == 404
    assert "百家宴" in anyone.get("/board/").text
    assert "上门探望" in web(organiser).get("/activities/?month=2026-12").text


def test_whoever_reads_nothing_in_the_app_is_rung_and_the_look_at_numbers_is_kept(web, organiser, now):
    row = planned("2026-12-12", places=places(count=5), by=organiser)
    with_place(row, person=PersonFactory(name="有账号", posts=[PostKind.BUILDING_STEWARD]))
    with_place(row, volunteer=volunteer(PersonFactory(name="王伯", phone="13911112222")))
    with_place(row, name="李姨", phone="13833334444", consented_at=now)
    with_place(row, name="走了", phone="13733334444", state="cancelled", cancelled_at=now)
    activities.cancel(row, why="下雨", now=now, by=organiser)
    client = web(organiser)

    masked, full = client.get(f"/activities/{row.pk}/calls/"), client.post(f"/activities/{row.pk}/calls/")

    assert [one.name for one in masked.context["people"]] == ["王伯", "李姨"]
    assert "139****2222" in masked.text
    assert "13911112222" not in masked.text
    assert "tel:13911112222" in full.text
    assert "tel:13833334444" in full.text
    entry = AuditEntry.objects.get(action="activity.reveal_phones")
    assert (entry.by, entry.facts) == (organiser, {"reason": "cancelled", "phones": 2})
    assert "2 people read nothing in the app" in client.get(f"/activities/{row.pk}/").text
    assert "138****4444" in masked.text


def test_a_notice_is_drafted_once_and_says_what_became_of_it(organiser, now):
    row = planned("2026-12-12 09:00", by=organiser)
    today = timezone.localdate(now)

    first, again = (notice_drafts.draft(row, today=today, by=organiser) for _n in range(2))
    off = activities.cancel(row, why="下雨", now=now, by=organiser)
    second = notice_drafts.draft(off, today=today, by=organiser)

    assert first == again
    assert Notice.objects.count() == 2
    assert "3栋前" in first.text
    assert "下雨" in second.text


def test_more_places_move_up_who_waits_and_fewer_throw_nobody_out(web, organiser, now):
    row = planned("2026-12-12", places=places(count=1), by=organiser)
    first = with_place(row, volunteer=volunteer())
    second = with_place(row, volunteer=volunteer(), state="waiting")
    page, client = f"/activities/{row.pk}/slots/{row.slots.get().pk}/", web(organiser)

    client.post(page, {"places": "2"})
    second.refresh_from_db()
    assert second.state == "placed"

    answer = client.post(page, {"places": "1"}, follow=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("placed", "placed")
    assert "1 more have a place than there are now; they keep it." in answer.text


def test_the_public_page_leads_to_the_sign_up(anyone, organiser, now):
    row = planned("2026-12-12", places=places("residents", 5), by=organiser)

    page = anyone.get(f"/board/activities/{row.pk}/")

    assert "5 of 5 places are free." in page.text
    assert f"/board/activities/{row.pk}/sign-up/" in page.text


def test_what_somebody_came_to_is_neither_moved_nor_cancelled(organiser, now):
    row = planned("2026-12-01 08:00", by=organiser, places=places("volunteers"))
    with on("2026-12-01 08:10"):
        here = attendance.tick(
            with_place(row, volunteer=volunteer()), how=CameBy.LIST, now=timezone.now(), by=organiser
        )

        with pytest.raises(PeopleWereThere):
            activities.cancel(row, why="下雨", now=timezone.now(), by=organiser)
        with pytest.raises(PeopleWereThere):
            activities.move(row, when("2026-12-08 08:00"), now=timezone.now(), by=organiser)
        attendance.untick(here, now=timezone.now(), by=organiser)
        row = activities.cancel(row, why="下雨", now=timezone.now(), by=organiser)

    assert row.is_cancelled


def test_the_page_says_who_came_and_the_hours(web, organiser, now):
    row = planned("2026-12-01 08:00", by=organiser, places=places("volunteers"))
    with_place(row, volunteer=volunteer(), came_at=at("2026-12-01 08:00"), came_by=CameBy.LIST)
    with on("2026-12-01 11:00"):
        attendance.close(row, minutes={}, now=timezone.now(), by=organiser)

        page = web(organiser).get(f"/activities/{row.pk}/").content.decode()

    assert ServiceRecord.objects.get().minutes == 120
    assert ">2 hours</data> written down" in page
    assert f"/activities/{row.pk}/cancellation/" not in page


def test_places_after_midnight_are_part_of_a_patrol_over_night(organiser, now):
    row = planned("2026-12-12 21:00", hours=4, by=organiser)
    typed = {"for_whom": "volunteers", "name": "后半夜", "begins": "00:00", "ends": "01:00"}

    form = SlotForm(typed, activity=row)

    assert form.is_valid()
    assert (form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]) == (
        at("2026-12-13 00:00"),
        at("2026-12-13 01:00"),
    )
