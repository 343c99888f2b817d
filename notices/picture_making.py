"""The worker's part: each waiting picture is claimed, made outside the transaction, and finished."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format

from compounds.accounts.qr import qr_file
from compounds.jobs import due
from compounds.kernel import typesetting
from compounds.registry import short_links
from compounds.registry.context import current_schema
from compounds.registry.models import Compound
from notices import delivering
from notices.models import Delivery, DeliveryKind, DeliveryState, PictureState, Posting, PostingKind, SharePicture
from notices.objections import ANSWERED_WITHIN

log = structlog.get_logger(__name__)

KIND = "pictures"
MAX_ATTEMPTS = 5
_LEASE = timedelta(minutes=5)
_FORM = Path(__file__).with_name("picture.typ")
# 1080 points of a telephone's screen on the form's 360 points of width.
_PPI = 216.0


def make_waiting(now: datetime) -> int:
    """Make every picture that waits in this compound. Returns how many were made."""
    SharePicture.objects.waiting(now).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=PictureState.FAILED, error="given up", leased_until=None
    )
    made = 0
    while row := _claim(now):
        digest = digest_of(row.posting)
        try:
            size = _make(row)
        except Exception as error:  # noqa: BLE001 - whatever a picture is refused for is kept on its row
            _give_back(row, error)
        else:
            # Words that were taken out meanwhile have queued it again: then it stays queued.
            mine = SharePicture.objects.filter(pk=row.pk, state=PictureState.WORKING)
            mine.update(state=PictureState.READY, leased_until=None, error="", size=size, digest=digest)
            made += 1
    _settle(now)
    if made and Delivery.objects.filter(kind=DeliveryKind.PICTURE, state=DeliveryState.QUEUED).exists():
        due.call(delivering.KIND)
    return made


def draw(posting: Posting, *, compound_name: str, link: str) -> bytes:
    """The picture: what everybody may read on the board, in Chinese, whatever language anybody has chosen."""
    return typesetting.png(_FORM, ppi=_PPI, posting=facts(posting, compound_name=compound_name, link=link))


def facts(posting: Posting, *, compound_name: str, link: str) -> dict[str, Any]:
    """What stands on the picture. No name of a person; without an address to lead to, no code either."""
    with translation.override("zh-hans"):
        return {
            "compound": compound_name,
            "kind": posting.get_kind_display(),
            "title": posting.title,
            "paragraphs": [line.strip() for line in posting.text.splitlines() if line.strip()],
            "starts_on": date_format(posting.starts_on, "DATE_FORMAT"),
            "ends_on": date_format(posting.ends_on, "DATE_FORMAT"),
            # A refusal answers an opinion already; objections are received to what was agreed and what was done.
            "answered_within": 0 if posting.kind == PostingKind.REFUSAL else ANSWERED_WITHIN,
            "link": link,
            "code": qr_file(link) if link else "",
        }


def digest_of(posting: Posting) -> str:
    """Of the words that may be taken out of a posting when somebody is erased."""
    return hashlib.sha256(f"{posting.title}\0{posting.text}".encode()).hexdigest()


@transaction.atomic
def _claim(now: datetime) -> SharePicture | None:
    rows = SharePicture.objects.waiting(now).select_for_update(skip_locked=True, of=("self",))
    row = rows.select_related("posting").order_by("created_at").first()
    if row:
        row.state, row.leased_until = PictureState.WORKING, now + _LEASE
        row.attempts += 1
        row.save(update_fields=["state", "leased_until", "attempts"])
    return row


def _make(row: SharePicture) -> int:
    schema_name = current_schema()
    compound = Compound.objects.get(schema_name=schema_name)
    path = short_links.path_to("board_posting", row.posting_id)
    link = short_links.of([path]).get(path)
    address = f"{settings.ORIGIN}{short_links.short_path(link)}" if link and settings.ORIGIN else ""
    body = draw(row.posting, compound_name=compound.name, link=address)
    name = row.path(schema_name)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(body))
    return len(body)


def _give_back(row: SharePicture, error: Exception) -> None:
    """A failure is kept on the row; the lease stays, so that the next try comes after it and not at once."""
    state = PictureState.FAILED if row.attempts >= MAX_ATTEMPTS else PictureState.WORKING
    SharePicture.objects.filter(pk=row.pk).update(state=state, error=type(error).__name__)
    log.warning("picture_failed", posting=row.pk, attempts=row.attempts, error=type(error).__name__)


@transaction.atomic
def _settle(now: datetime) -> None:
    due.look(KIND)
    unfinished = SharePicture.objects.filter(state__in=[PictureState.QUEUED, PictureState.WORKING])
    due.settle(KIND, now + _LEASE if unfinished.exists() else None)
