"""The draft moved by hand with a printed reason; a published edition that nothing changes."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from compounds.organisation.models import PostKind
from consultation.errors import ListIsPublished, ListMovedMeanwhile, NoSuchPlace
from consultation.models import IssueList, ListEntry
from consultation.ranking import ranked
from consultation.services import step2_list, step2_propose
from tests.consultation.branch import SHEET, at_branch, listed
from tests.consultation.handling import secretary
from tests.factories import PersonFactory

WHY = "老人多，先办"
URGENCY = ["urgent", "soon", "can_wait"]


@pytest.fixture
def three(north) -> list[ListEntry]:
    """Three matters on the draft, by points."""
    return [listed(SHEET | {"urgency": urgency}, title=urgency) for urgency in URGENCY]


def order() -> list[str]:
    return [entry.issue.title for entry in ranked(ListEntry.objects.select_related("issue", "proposal"))]


def move(entry: ListEntry, seen: int, to: int) -> ListEntry:
    return step2_list.move(entry, seen=seen, to=to, reason=WHY, by=secretary())


def test_by_points_until_somebody_moves(three):
    assert order() == URGENCY

    move(three[2], 3, 1)

    assert order() == ["can_wait", "urgent", "soon"]


def test_what_was_moved_by_hand_stays_where_it_was_put_when_others_come(three):
    move(three[2], 3, 1)

    listed(SHEET | {"urgency": "urgent", "concerns": "frail"}, title="new")

    assert order() == ["can_wait", "new", "urgent", "soon"]


def test_two_moved_by_hand_pass_each_other_and_keep_their_reasons(three):
    move(three[2], 3, 1)
    move(three[1], 3, 2)
    move(three[1], 2, 1)

    assert order() == ["soon", "can_wait", "urgent"]
    moved = ListEntry.objects.filter(hand_rank__isnull=False)
    assert {entry.hand_rank: entry.hand_reason for entry in moved} == {1: WHY, 2: WHY}


def test_back_to_its_points(three):
    move(three[2], 3, 1)

    step2_list.by_points(three[2], seen=1, by=secretary())

    assert order() == URGENCY
    assert ListEntry.objects.get(pk=three[2].pk).hand_reason == ""


@pytest.mark.parametrize(
    ("seen", "to", "error"), [(2, 1, ListMovedMeanwhile), (3, 4, NoSuchPlace), (3, 0, NoSuchPlace)]
)
def test_a_place_that_is_not_so_is_refused(three, seen, to, error):
    with pytest.raises(error):
        move(three[2], seen, to)

    assert order() == URGENCY


def test_published_in_that_order_and_then_it_never_changes(three):
    move(three[2], 3, 1)
    edition = step2_propose.publish(three[0].issue_list, by=secretary())

    assert [entry.issue.title for entry in edition.entries.all()] == ["can_wait", "urgent", "soon"]
    with pytest.raises(ListIsPublished):
        move(three[2], 1, 2)
    entry = edition.entries.first()
    for change in (
        lambda: ListEntry.objects.filter(pk=entry.pk).update(rank=9),
        lambda: ListEntry.objects.filter(pk=entry.pk).update(hand_reason="x"),
        lambda: ListEntry.objects.filter(pk=entry.pk).delete(),
        lambda: ListEntry.objects.create(issue_list=edition, issue=at_branch(), proposal=entry.proposal),
        lambda: IssueList.objects.filter(pk=edition.pk).update(published_at=None, published_by=None),
        lambda: IssueList.objects.filter(pk=edition.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nothing_is_smuggled_from_a_draft_into_a_published_edition(three):
    edition = step2_propose.publish(three[0].issue_list, by=secretary())
    entry = listed()

    with pytest.raises(DatabaseError), transaction.atomic():
        ListEntry.objects.filter(pk=entry.pk).update(issue_list=edition)


@pytest.mark.parametrize("half", [{"hand_rank": 1}, {"hand_reason": "因为"}])
def test_a_place_by_hand_has_a_reason_and_a_name(three, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        ListEntry.objects.filter(pk=three[0].pk).update(**half)


class TestThePage:
    def test_moves_and_prints_the_reason(self, three, web):
        client = web(secretary())

        answer = client.post(f"/lists/1/entries/{three[2].pk}/place/", {"seen": 3, "to": 2, "reason": WHY}, follow=True)

        assert answer.status_code == 200
        assert WHY in answer.content.decode()
        assert order() == ["urgent", "can_wait", "soon"]

    def test_asks_for_the_reason_beside_the_field_and_keeps_the_page(self, three, web):
        answer = web(secretary()).post(f"/lists/1/entries/{three[2].pk}/place/", {"seen": 3, "to": 2, "reason": ""})

        assert answer.status_code == 422
        assert "everybody will read it on the list" in answer.content.decode()
        assert order() == URGENCY

    def test_somebody_moved_it_meanwhile(self, three, web):
        move(three[2], 3, 1)

        answer = web(secretary()).post(f"/lists/1/entries/{three[2].pk}/place/", {"seen": 3, "to": 2, "reason": WHY})

        assert answer.status_code == 409

    def test_gives_the_place_back(self, three, web):
        move(three[2], 3, 1)

        web(secretary()).post(f"/lists/1/entries/{three[2].pk}/place/", {"seen": 1, "points": "1"})

        assert order() == URGENCY

    def test_is_the_branchs(self, three, web):
        steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

        answer = web(steward).post(f"/lists/1/entries/{three[2].pk}/place/", {"seen": 3, "to": 2, "reason": WHY})

        assert answer.status_code == 403

    def test_costs_the_same_for_three_and_for_twelve(self, three, web):
        client = web(secretary())
        with CaptureQueriesContext(connection) as few:
            client.get("/lists/1/")
        for _ in range(9):
            listed()

        with CaptureQueriesContext(connection) as many:
            client.get("/lists/1/")

        assert len(many) == len(few)
