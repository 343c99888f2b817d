"""Its target decides where a notice hangs, who is told of it, and who may read it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation import appointments
from compounds.organisation.models import Building, Entrance, Household, Person, PostKind
from notices import postings
from notices.models import Notice, NoticeState, PlaceKind, Posting, Reminder, Spot
from notices.publishing import deciding, readers
from tests.consultation.days import look, on, told
from tests.consultation.handling import secretary
from tests.factories import BuildingFactory, EntranceFactory, HouseholdFactory, PersonFactory, UnitFactory
from tests.notices.publishing.telling import notice_in
from tests.pictures import a_picture


@pytest.fixture
def street(north):
    """Two buildings with two entrances each; in each a steward, in the second's second entrance a neighbour lead."""
    for number in (1, 2):
        building = BuildingFactory(number=number)
        for entrance in (1, 2):
            EntranceFactory(building=building, number=entrance)
        steward(f"{number}栋长", building.unit)
    group = UnitFactory(parent=buildings()[1].unit)
    HouseholdFactory(entrance=entrances()[3], group=group)
    lead = PersonFactory(name="邻长")
    appoint(lead, PostKind.NEIGHBOUR_LEAD, group)
    return north


def appoint(person, kind, unit):
    appointments.appoint(person, kind=kind, unit=unit, starts_on=timezone.localdate() - timedelta(days=9), by=None)


def steward(name, unit):
    appoint(PersonFactory(name=name), PostKind.BUILDING_STEWARD, unit)


def buildings():
    return list(Building.objects.order_by("number"))


def entrances():
    return list(Entrance.objects.order_by("building__number", "number"))


def places_of(notice):
    return sorted(str(place) for place in notice.posting.places.all())


def test_for_the_compound_it_hangs_everywhere(street):
    Spot.objects.create(kind=PlaceKind.NOTICE_BOARD, name="旧栏", active=False)

    notice = notice_in(NoticeState.PUBLISHED)

    assert len(places_of(notice)) == 2 + 4


def test_for_a_building_it_hangs_at_its_entrances_and_in_the_group(street):
    notice = notice_in(NoticeState.PUBLISHED, target="buildings", places=[buildings()[0].pk])

    kinds = sorted(notice.posting.places.values_list("kind", flat=True))
    assert kinds == [PlaceKind.ENTRANCE, PlaceKind.ENTRANCE, PlaceKind.WECHAT_GROUP]
    assert set(notice.posting.places.exclude(entrance=None).values_list("entrance__building__number", flat=True)) == {1}


def test_where_no_place_can_be_listed_it_says_so_and_stands_on_the_board(web, anyone, north):
    Spot.objects.filter(kind=PlaceKind.WECHAT_GROUP).update(active=False)
    bare = BuildingFactory()

    notice = notice_in(NoticeState.PUBLISHED, target="buildings", places=[bare.pk])

    page = web(secretary()).get(f"/postings/{notice.posting_id}/")
    assert notice.posting.places.count() == 0
    assert "It stands on the public board only." in page.text
    assert "It hangs everywhere." not in page.text
    assert anyone.get(f"/board/notices/{notice.pk}/").status_code == 200


def test_for_an_entrance_it_hangs_there(street):
    notice = notice_in(NoticeState.PUBLISHED, target="entrances", places=[entrances()[3].pk])

    assert list(notice.posting.places.exclude(entrance=None).values_list("entrance", flat=True)) == [entrances()[3].pk]


def test_for_the_holders_of_a_post_it_hangs_nowhere(street, anyone):
    notice = notice_in(NoticeState.PUBLISHED, target="post", post=PostKind.BUILDING_STEWARD)

    assert notice.posting is None
    assert not Posting.objects.exists()
    assert anyone.get(f"/board/notices/{notice.pk}/").status_code == 404
    assert notice.title not in anyone.get("/board/").text


def test_a_listener_finds_the_posting_with_its_places_and_its_notice(street, monkeypatch):
    heard = []
    monkeypatch.setattr(
        postings, "POSTED", [lambda posting: heard.append((posting.places.count(), posting.notice.title))]
    )

    notice = notice_in(NoticeState.PUBLISHED)

    assert heard == [(6, notice.title)]


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ({}, {"1栋长", "2栋长", "邻长", "住一栋"}),
        ({"target": "post", "post": "building_steward"}, {"1栋长", "2栋长"}),
        ({"target": "buildings", "places": 0}, {"1栋长", "住一栋"}),
        ({"target": "buildings", "places": 1}, {"2栋长", "邻长"}),
        ({"target": "entrances", "places": 0}, {"1栋长", "住一栋"}),
        ({"target": "entrances", "places": 1}, {"1栋长"}),
        ({"target": "entrances", "places": 3}, {"2栋长", "邻长"}),
    ],
)
def test_whom_it_is_meant_for(street, target, meant):
    door = HouseholdFactory(entrance=entrances()[0])
    PersonFactory(name="住一栋", household=door, posts=[PostKind.PARTY_MEMBER])
    PersonFactory(name="无职务", household=door)
    everybody = {row.name: row for row in readers_of_the_test()}
    if "places" in target:
        rows = buildings() if target["target"] == "buildings" else entrances()
        target = {**target, "places": [rows[target["places"]].pk]}
    notice = notice_in(NoticeState.PUBLISHED, by=secretary(), **target)

    today = timezone.localdate()
    lists = {name for name, row in everybody.items() if row.kinds and notice in readers.meant_for(row, today)}
    look(f"{timezone.localdate() + timedelta(days=1)}")

    assert lists == meant
    assert {name for name, _kind in told("notice_published")} & set(everybody) == meant


def readers_of_the_test():
    return Person.objects.filter(name__in=["1栋长", "2栋长", "邻长", "住一栋", "无职务"])


# Whose, and what they may open: somebody's public one, a draft, one for stewards.
READS = {
    PostKind.BRANCH_COMMITTEE: (200, 200, 200),
    PostKind.BUILDING_STEWARD: (200, 404, 200),
    PostKind.RESIDENTS_REP: (200, 404, 404),
}


@pytest.mark.parametrize("post", READS)
def test_who_may_open_what(web, anyone, post):
    rows = [
        notice_in(NoticeState.PUBLISHED),
        notice_in(NoticeState.DRAFT),
        notice_in(NoticeState.PUBLISHED, target="post", post=PostKind.BUILDING_STEWARD),
    ]
    client = web(PersonFactory(posts=[post]))

    assert tuple(client.get(f"/notices/{row.pk}/").status_code for row in rows) == READS[post]
    assert {anyone.get(f"/notices/{row.pk}/").status_code for row in rows} == {302}


def test_an_emergency_is_told_at_any_hour_and_others_in_the_morning(north):
    with on("2026-03-04 23:30"):
        notice_in(NoticeState.PUBLISHED, kind="emergency", title="爆管停水")
        notice_in(NoticeState.PUBLISHED, title="踏青")
    look("2026-03-04 23:31")

    rows = Reminder.objects.filter(person=secretary(), kind="notice_published")
    out = {row.facts["title"]: timezone.localtime(row.out_at).strftime("%d %H:%M") for row in rows}
    assert out == {"爆管停水": "04 23:31", "踏青": "05 07:30"}


def test_the_branch_is_told_of_a_draft_and_its_writer_of_what_was_sent_back(north):
    secretary()
    writer = PersonFactory(name="物业小李", posts=[PostKind.PROPERTY_STAFF])
    with on("2026-03-04 10:00"):
        notice = notice_in(NoticeState.DRAFT, by=writer)
    look("2026-03-04 10:01")
    assert told("notice_draft") == [(secretary().name, "notice_draft")]

    with on("2026-03-04 10:05"):
        deciding.send_back(notice, why="写清时间", by=secretary())
    look("2026-03-04 10:06")
    look("2026-03-04 10:07")

    assert told("notice_sent_back") == [("物业小李", "notice_sent_back")]


def test_whoever_hung_it_up_is_asked_to_take_it_down(street):
    notice = notice_in(NoticeState.PUBLISHED)
    hanger = PersonFactory(name="贴的人", posts=[PostKind.GRID_WORKER])
    postings.tick(notice.posting.places.first(), proof=a_picture(), now=timezone.now(), by=hanger)

    deciding.withdraw(notice, why="改期", now=timezone.now(), by=secretary())
    look(f"{timezone.localdate()} 23:00")
    look(f"{timezone.localdate() + timedelta(days=1)}")

    assert told("notice_withdrawn") == [("贴的人", "notice_withdrawn")]
    assert told("posting_places") == []
    assert told("posting_ending") == []


def test_withdrawn_its_posting_says_so_and_is_not_forwarded(web):
    notice = notice_in(NoticeState.WITHDRAWN)

    page = web(secretary()).get(f"/postings/{notice.posting_id}/")

    assert "please take it down" in page.text
    assert 'id="share"' not in page.text
    assert "Nobody has put it up anywhere yet." in page.text
    assert notice.posting.ends_on == timezone.localdate()
    for place in notice.posting.places.all():
        assert f"/places/{place.pk}/" not in page.text
        assert web(secretary()).get(f"/places/{place.pk}/").status_code == 404


def test_withdrawn_its_posting_lists_where_it_is_to_be_taken_down(web, street):
    notice = notice_in(NoticeState.PUBLISHED)
    hung, never = notice.posting.places.filter(kind=PlaceKind.ENTRANCE)[:2]
    postings.tick(hung, proof=a_picture(), now=timezone.now(), by=secretary())
    deciding.withdraw(notice, why="改期", now=timezone.now(), by=secretary())

    page = web(secretary()).get(f"/postings/{notice.posting_id}/").text

    assert f"/places/{hung.pk}/photo/" in page
    assert str(never) not in page
    assert "Nobody has put it up" not in page
    assert "sheets/" not in page


def test_objections_are_not_offered(web, anyone):
    notice = notice_in(NoticeState.PUBLISHED)

    page = web(secretary()).get(f"/postings/{notice.posting_id}/")

    assert "objection" not in page.text.lower()
    assert "Notice: activity" in page.text
    assert "活动通知：" in page.context["share"]
    assert anyone.get(f"/board/postings/{notice.posting_id}/objection/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": "buildings"},
        {"target": "compound", "places": [1]},
        {"target": "post"},
        {"target": "compound", "post": "grid_worker"},
        {"title": ""},
        {"title_en": "Water off"},
        {"chart_en": "A 3"},
    ],
)
def test_the_database_takes_no_target_or_words_by_half(north, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        notice_in(NoticeState.DRAFT, **wrong)


def test_looking_for_whom_costs_the_same_for_one_notice_and_for_sixty(street):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            look(f"{timezone.localdate() + timedelta(days=1)}")
        return len(queries)

    notice_in(NoticeState.PUBLISHED, target="entrances", places=[entrances()[0].pk])
    cost()
    one = cost()
    for _n in range(10):
        notice_in(NoticeState.PUBLISHED, target="entrances", places=[entrances()[0].pk])
    cost()

    assert cost() == one
    assert Household.objects.count() == 1
    assert Notice.objects.count() == 11
