"""Ordering the files of issued minutes; the worker makes them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from compounds.jobs import due, waking
from consultation.documents import making
from consultation.models import Document, DocumentKind, DocumentState, Minutes
from consultation.tasks import make_documents

# How long the message to the worker may be lost before the next minute's wake-up finds the rows.
_GRACE = timedelta(seconds=60)


@transaction.atomic
def order(minutes: Minutes) -> None:
    """Have both files made; one that failed is tried anew, one that is there or on its way is left alone."""
    if minutes.issued_at is None:
        raise ValueError("only issued minutes become documents")
    for kind in DocumentKind:
        Document.objects.get_or_create(minutes=minutes, kind=kind)
    failed = Document.objects.filter(minutes=minutes, state=DocumentState.FAILED)
    failed.update(state=DocumentState.QUEUED, attempts=0, error="")
    _wake()


@transaction.atomic
def renew(minutes: QuerySet[Minutes]) -> None:
    """Have files made anew whose rows have changed since; until then the old ones are not handed out."""
    old = Document.objects.filter(minutes__in=minutes)
    if old.update(state=DocumentState.QUEUED, attempts=0, error="", leased_until=None):
        _wake()


def _wake() -> None:
    due.not_later_than(making.KIND, timezone.now() + _GRACE)
    waking.after_commit(make_documents)
