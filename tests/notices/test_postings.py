"""A posting lists its places; each is ticked once, with a photo."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from notices import postings
from notices.models import PlaceKind, PostingKind, PostingPlace
from notices.postings import SHARE_LENGTH, TickedAlready
from tests.committing import YARD, at_once
from tests.factories import EntranceFactory, PersonFactory
from tests.pictures import a_picture, photo_upload


def put_up(*, entrances=2, text="已更换减震垫", today=None):
    for _n in range(entrances):
        EntranceFactory()
    return postings.put_up(
        PostingKind.COMPLETION,
        title="电梯夜里异响",
        text=text,
        today=today or timezone.localdate(),
        by=PersonFactory(),
    )


def test_it_hangs_on_the_board_in_the_group_and_at_every_entrance(north):
    posting = put_up(entrances=3)

    kinds = sorted(posting.places.values_list("kind", flat=True))

    assert kinds == sorted([PlaceKind.NOTICE_BOARD, PlaceKind.WECHAT_GROUP, *[PlaceKind.ENTRANCE] * 3])


def test_whoever_asked_is_told_of_it_once_its_places_are_there(north, monkeypatch):
    heard = []
    monkeypatch.setattr(postings, "POSTED", [])
    postings.on_posted(lambda posting: heard.append((posting.pk, posting.places.count())))

    posting = put_up(entrances=3)

    assert heard == [(posting.pk, 5)]


def test_it_hangs_five_working_days_and_says_when_the_date_may_move(north):
    known, unknown = put_up(today=date(2026, 3, 2)), put_up(today=date(2035, 3, 1))

    assert (known.ends_on, known.ends_provisional) == (date(2026, 3, 9), False)
    assert unknown.ends_provisional


# Method, post, status.
TICKS = [
    ("get", None, 302),
    ("get", PostKind.BUILDING_STEWARD, 200),
    ("get", PostKind.PROPERTY_STAFF, 403),
    ("post", None, 302),
    ("post", PostKind.BRANCH_SECRETARY, 302),
    ("post", PostKind.BUILDING_STEWARD, 302),
    ("post", PostKind.NEIGHBOUR_LEAD, 302),
    ("post", PostKind.GRID_WORKER, 302),
    ("post", PostKind.PROPERTY_STAFF, 403),
    ("post", PostKind.PARTY_MEMBER, 403),
]
MAY = {PostKind.BRANCH_SECRETARY, PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD, PostKind.GRID_WORKER}


@pytest.mark.parametrize(("method", "kind", "status"), TICKS)
def test_who_may_tick(web, anyone, method, kind, status):
    place = put_up().places.first()
    client = web(PersonFactory(posts=[kind])) if kind else anyone

    response = getattr(client, method)(f"/places/{place.pk}/", {"proof": photo_upload()} if method == "post" else {})

    place.refresh_from_db()
    assert response.status_code == status
    assert bool(place.ticked_at) == (method == "post" and kind in MAY)


def test_without_a_photo_nothing_is_ticked(web):
    place = put_up().places.first()

    response = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).post(f"/places/{place.pk}/", {})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["proof"]
    assert not PostingPlace.objects.ticked().exists()


def test_a_place_that_is_ticked_says_by_whom(web):
    place = put_up().places.first()
    steward = PersonFactory(name="周大爷", posts=[PostKind.BUILDING_STEWARD])
    postings.tick(place, proof=a_picture(), now=timezone.now(), by=steward)

    response = web(PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])).post(
        f"/places/{place.pk}/", {"proof": photo_upload()}
    )

    assert response.status_code == 409
    assert "周大爷" in response.content.decode()
    assert f"/postings/{place.posting_id}/" in response.content.decode()


def test_of_four_who_tick_one_place_exactly_one_does(committing):
    with compound_context(YARD):
        place, by, picture = put_up().places.first(), PersonFactory(), a_picture()

    def tick(_n):
        with compound_context(YARD):
            return postings.tick(place, proof=picture, now=timezone.now(), by=by)

    results = at_once(4, tick)

    assert sorted(type(result).__name__ for result in results) == ["PostingPlace", *["TickedAlready"] * 3]
    assert all(isinstance(result, PostingPlace | TickedAlready) for result in results)


def test_proof_is_for_members(web, anyone):
    place = put_up().places.first()
    address = f"/places/{place.pk}/photo/small/"
    member = web(PersonFactory(posts=[PostKind.PARTY_MEMBER]))
    assert member.get(address).status_code == 404

    postings.tick(place, proof=a_picture(), now=timezone.now(), by=PersonFactory())

    assert member.get(address).status_code == 200
    assert anyone.get(address).status_code == 302


def test_the_page_counts_places_and_offers_ticking_to_those_who_may(web):
    posting = put_up(entrances=3)
    entrance = posting.places.filter(kind=PlaceKind.ENTRANCE).first()
    postings.tick(entrance, proof=a_picture(), now=timezone.now(), by=PersonFactory())

    steward = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).get(f"/postings/{posting.pk}/")
    member = web(PersonFactory(posts=[PostKind.PARTY_MEMBER])).get(f"/postings/{posting.pk}/")

    assert "1 of 5 places" in steward.content.decode()
    assert "1 of 3 places" in steward.content.decode()
    for place in posting.places.missing():
        assert f"/places/{place.pk}/" in steward.content.decode()
        assert f"/places/{place.pk}/" not in member.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("length", [1, 150, 2000])
def test_what_is_shared_is_short_and_leads_to_the_board(north, language, length):
    posting = put_up(text="楼" * length)

    with translation.override(language):
        text = postings.share_text(posting, compound_name="北苑", link="https://example.org/c/north/board/")

    assert len(text) <= SHARE_LENGTH
    assert text.endswith("https://example.org/c/north/board/")
    assert "电梯夜里异响" in text


def test_a_posting_costs_the_same_for_one_entrance_and_for_sixty(web):
    client = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD]))
    small, large = put_up(entrances=1), put_up(entrances=60)
    client.get(f"/postings/{small.pk}/")

    with CaptureQueriesContext(connection) as one:
        client.get(f"/postings/{small.pk}/")
    with CaptureQueriesContext(connection) as sixty:
        client.get(f"/postings/{large.pk}/")

    assert len(sixty) == len(one)
