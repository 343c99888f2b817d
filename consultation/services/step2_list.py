"""Moving a matter on the draft of the issue list by hand; the reason is printed on the list (domain: Priority)."""

from django.db import transaction

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import ListIsPublished, ListMovedMeanwhile, NoSuchPlace, leads_to
from consultation.models import IssueList, ListEntry
from consultation.ranking import ranked
from consultation.steps import Step


@transaction.atomic
def move(entry: ListEntry, *, seen: int, to: int, reason: str, by: Person) -> ListEntry:
    """Move a matter from place ``seen`` of the draft to place ``to``, counted from 1.

    Raises ListIsPublished, ListMovedMeanwhile, NoSuchPlace.
    """
    order = _locked_order(entry.issue_list)
    entry = _at(order, entry, seen)
    if not 1 <= to <= len(order):
        raise NoSuchPlace(title=entry.issue.title, now=seen, count=len(order), actions=_to(entry))
    # Others moved by hand keep their reasons, and make room where the way of this one leads past them.
    order.remove(entry)
    order.insert(to - 1, entry)
    for rank, other in enumerate(order, start=1):
        if other.hand_rank:
            other.hand_rank = rank
    entry.hand_rank, entry.hand_reason, entry.hand_by = to, reason, by
    ListEntry.objects.bulk_update([e for e in order if e.hand_rank], ["hand_rank", "hand_reason", "hand_by"])
    touch("lists")
    return entry


@transaction.atomic
def by_points(entry: ListEntry, *, seen: int, by: Person) -> ListEntry:
    """Give a matter back the place that its points give it. Raises ListIsPublished, ListMovedMeanwhile."""
    order = _locked_order(entry.issue_list)
    entry = _at(order, entry, seen)
    entry.hand_rank, entry.hand_reason, entry.hand_by = None, "", None
    # Not saved: somebody may take it off the draft in this moment.
    ListEntry.objects.filter(pk=entry.pk).update(hand_rank=None, hand_reason="", hand_by=None)
    touch("lists")
    return entry


def _locked_order(issue_list: IssueList) -> list[ListEntry]:
    """The draft under a row lock, with its entries as they stand now."""
    draft = IssueList.objects.select_for_update().get(pk=issue_list.pk)
    if draft.published_at:
        raise ListIsPublished(actions=[leads_to(draft, draft)])
    return ranked(draft.entries.filter(issue__step=Step.PROPOSE).select_related("issue", "proposal", "issue_list"))


def _at(order: list[ListEntry], entry: ListEntry, seen: int) -> ListEntry:
    now = next((rank for rank, other in enumerate(order, start=1) if other.pk == entry.pk), None)
    if now != seen:
        raise ListMovedMeanwhile(title=entry.issue.title, now=now or "–", actions=_to(entry))
    return order[now - 1]


def _to(entry: ListEntry) -> list:
    return [leads_to(entry.issue_list, entry.issue_list)]
