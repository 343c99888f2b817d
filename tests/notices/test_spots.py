"""Where a compound puts things up is its own data: new postings list the places in use, old ones stay as they were."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.models import AuditEntry, PostKind
from compounds.registry.context import compound_context
from notices import postings
from notices.models import PlaceKind, PostingKind, Spot
from notices.upkeep import spots
from notices.upkeep.spots import LastSpot, SpotTaken
from tests.committing import YARD, at_once
from tests.factories import EntranceFactory, PersonFactory
from tests.pictures import photo_upload

PAGE = "/settings/spots/"


@pytest.fixture
def secretary(north):
    return PersonFactory(posts=[PostKind.BRANCH_SECRETARY])


def put_up(by):
    return postings.put_up(PostingKind.RESULT, title="电梯", text="更换", today=timezone.localdate(), by=by)


def places_of(posting):
    return [str(place) for place in posting.places.exclude(kind=PlaceKind.ENTRANCE)]


def test_a_compound_begins_with_a_notice_board_and_a_group(north):
    assert [(spot.kind, spot.name, spot.active) for spot in Spot.objects.all()] == [
        ("notice_board", "公告栏", True),
        ("wechat_group", "居民微信群", True),
    ]


def test_what_is_added_hangs_from_then_on_and_old_postings_stay(web, secretary):
    EntranceFactory()
    old = put_up(secretary)
    client = web(secretary)

    for kind, name in [("wechat_group", "3号楼群"), ("wechat_group", "4号楼群"), ("other_place", "服务站")]:
        assert client.post(f"{PAGE}new/", {"kind": kind, "name": name}).status_code == 302
    new = put_up(secretary)

    assert sorted(places_of(old)) == ["公告栏", "居民微信群"]
    assert sorted(places_of(new)) == sorted(["公告栏", "居民微信群", "3号楼群", "4号楼群", "服务站"])
    assert new.places.filter(kind=PlaceKind.ENTRANCE).count() == old.places.filter(kind=PlaceKind.ENTRANCE).count() == 1
    assert AuditEntry.objects.filter(action="spot.add", by=secretary).count() == 3


def test_a_renamed_place_keeps_its_old_name_where_it_hangs(web, secretary):
    old, board = put_up(secretary), Spot.objects.get(kind="notice_board")

    web(secretary).post(f"{PAGE}{board.pk}/", {"name": "南门公告栏"})

    assert "公告栏" in places_of(old)
    assert "南门公告栏" in places_of(put_up(secretary))
    entry = AuditEntry.objects.get(action="spot.rename")
    assert (entry.facts, entry.by) == ({"before": "公告栏", "after": "南门公告栏"}, secretary)


def test_a_retired_place_is_listed_no_more_can_still_be_ticked_and_comes_back(web, secretary):
    client, old, group = web(secretary), put_up(secretary), Spot.objects.get(kind="wechat_group")

    client.post(f"{PAGE}{group.pk}/retirement/")

    assert places_of(put_up(secretary)) == ["公告栏"]
    place = old.places.get(spot=group)
    assert client.post(f"/places/{place.pk}/", {"proof": photo_upload()}).status_code == 302
    client.post(f"{PAGE}{group.pk}/taking-up/")
    assert len(places_of(put_up(secretary))) == 2
    entries = AuditEntry.objects.filter(action__startswith="spot.").order_by("pk")
    assert [entry.action for entry in entries] == ["spot.retire", "spot.take_up"]


def test_a_name_is_given_once_even_to_a_retired_place(web, secretary):
    group = Spot.objects.get(kind="wechat_group")
    spots.retire(group, by=secretary)

    answer = web(secretary).post(f"{PAGE}new/", {"kind": "wechat_group", "name": "居民微信群"})

    assert answer.status_code == 409
    assert Spot.objects.count() == 2
    with pytest.raises(SpotTaken):
        spots.rename(Spot.objects.get(kind="notice_board"), name="居民微信群", by=secretary)


@pytest.mark.parametrize("sheet", [{}, {"kind": "entrance", "name": "一单元"}, {"kind": "other_place", "name": "  "}])
def test_what_is_no_place_is_refused_beside_its_field(web, secretary, sheet):
    answer = web(secretary).post(f"{PAGE}new/", sheet)

    assert answer.status_code == 422
    assert Spot.objects.count() == 2


def test_the_last_place_in_use_stays(web, secretary):
    board, group = Spot.objects.order_by("kind")
    spots.retire(group, by=secretary)

    answer = web(secretary).post(f"{PAGE}{board.pk}/retirement/")

    assert answer.status_code == 409
    assert Spot.objects.in_use().get() == board
    assert f"{PAGE}{board.pk}/retirement/" not in web(secretary).get(PAGE).text


def test_of_two_who_retire_the_last_two_places_one_is_told_that_it_stays(committing):
    with compound_context(YARD):
        rows, by = list(Spot.objects.order_by("pk")), PersonFactory()

    def retire(n):
        with compound_context(YARD):
            return spots.retire(rows[n], by=by)

    results = at_once(2, retire)

    assert sorted(type(result).__name__ for result in results) == [LastSpot.__name__, "Spot"]


@pytest.mark.parametrize("kind", [kind for kind in PostKind if kind != PostKind.BRANCH_SECRETARY])
def test_only_the_branch_secretary_keeps_the_places(web, north, kind):
    spot, client = Spot.objects.earliest("pk"), web(PersonFactory(posts=[kind]))

    answers = [client.get(PAGE), client.post(f"{PAGE}new/", {"kind": "other_place", "name": "站"})]
    answers += [client.post(f"{PAGE}{spot.pk}/{step}") for step in ("", "retirement/", "taking-up/")]

    assert {answer.status_code for answer in answers} == {403}


def test_the_page_costs_the_same_for_two_and_for_sixty(web, secretary):
    client = web(secretary)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    Spot.objects.bulk_create(Spot(kind="wechat_group", name=f"{n}号楼群") for n in range(60))

    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE)

    assert len(many) == len(few)
    assert "59号楼群" in page.text
