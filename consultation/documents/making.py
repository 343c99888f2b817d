"""The worker's part: each waiting document is claimed, made outside the transaction, and finished."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from compounds.jobs import due
from compounds.registry.context import current_schema
from compounds.registry.models import Compound
from consultation.documents import official_copy, reading_copy
from consultation.documents.content import Content, content
from consultation.models import Document, DocumentKind, DocumentState

log = structlog.get_logger(__name__)

KIND = "documents"
MAX_ATTEMPTS = 5
_LEASE = timedelta(minutes=5)
_MAKERS: dict[str, Callable[[Content], bytes]] = {
    DocumentKind.DOCX: official_copy.make,
    DocumentKind.PDF: reading_copy.make,
}


def make_waiting(now: datetime) -> int:
    """Make every document that waits in this compound. Returns how many were made."""
    Document.objects.waiting(now).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=DocumentState.FAILED, error="given up", leased_until=None
    )
    made = 0
    while document := _claim(now):
        try:
            size = _make(document)
        except Exception as error:  # noqa: BLE001 - whatever a file is refused for is kept on its row
            _give_back(document, error)
        else:
            Document.objects.filter(pk=document.pk).update(
                state=DocumentState.READY, leased_until=None, error="", size=size
            )
            made += 1
    _settle(now)
    return made


@transaction.atomic
def _claim(now: datetime) -> Document | None:
    rows = Document.objects.waiting(now).select_for_update(skip_locked=True, of=("self",))
    document = rows.select_related("minutes__meeting__convened_by").order_by("created_at").first()
    if document:
        document.state, document.leased_until = DocumentState.WORKING, now + _LEASE
        document.attempts += 1
        document.save(update_fields=["state", "leased_until", "attempts"])
    return document


def _make(document: Document) -> int:
    schema_name = current_schema()
    compound = Compound.objects.get(schema_name=schema_name)
    body = _MAKERS[document.kind](content(document.minutes, compound_name=compound.name))
    name = document.path(schema_name)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(body))
    return len(body)


def _give_back(document: Document, error: Exception) -> None:
    """A failure is kept on the row; the lease stays, so that the next try comes after it and not at once."""
    state = DocumentState.FAILED if document.attempts >= MAX_ATTEMPTS else DocumentState.WORKING
    Document.objects.filter(pk=document.pk).update(state=state, error=type(error).__name__)
    log.warning("document_failed", document=str(document.pk), attempts=document.attempts, error=type(error).__name__)


@transaction.atomic
def _settle(now: datetime) -> None:
    due.look(KIND)
    unfinished = Document.objects.filter(state__in=[DocumentState.QUEUED, DocumentState.WORKING])
    due.settle(KIND, now + _LEASE if unfinished.exists() else None)
