"""The worker's part: each waiting file of a posting is claimed, made outside the transaction, and finished."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from compounds.jobs import due
from compounds.kernel import typesetting
from compounds.organisation.models import Building
from compounds.registry import short_links
from compounds.registry.context import current_schema
from compounds.registry.models import Compound
from notices import delivering, file_content
from notices.models import Delivery, DeliveryKind, DeliveryState, FileForm, FileState, Posting, PostingFile
from notices.models.posting_file import PostingFileQuerySet

log = structlog.get_logger(__name__)

# Its first name, by which due rows know it.
KIND = "pictures"
MAX_ATTEMPTS = 5
_LEASE = timedelta(minutes=5)
_PICTURE = Path(__file__).with_name("picture.typ")
_SHEET = Path(__file__).with_name("sheet.typ")
# 1080 points of a telephone's screen on the form's 360 points of width.
_PPI = 216.0


def make_waiting(now: datetime) -> int:
    """Make every file that waits in this compound. Returns how many were made."""
    PostingFile.objects.waiting(now).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=FileState.FAILED, error="given up", leased_until=None
    )
    made = 0
    while row := _claim(now):
        digest = digest_of(row.posting)
        try:
            size = _make(row)
        except Exception as error:  # noqa: BLE001 - whatever a file is refused for is kept on its row
            _give_back(row, error)
        else:
            _finish(row, size=size, digest=digest)
            made += 1
    _settle(now)
    if made and Delivery.objects.filter(kind=DeliveryKind.PICTURE, state=DeliveryState.QUEUED).exists():
        due.call(delivering.KIND)
    return made


def queue(rows: PostingFileQuerySet, now: datetime) -> int:
    """Have these made anew by the next minute, with all their tries. Returns how many they are."""
    queued = rows.update(state=FileState.QUEUED, queued_at=now, attempts=0, error="", leased_until=None)
    if queued:
        due.not_later_than(KIND, now)
    return queued


def draw(posting: Posting, form: FileForm, *, compound_name: str, link: str) -> bytes:
    """The file: what everybody may read on the board, in Chinese, whatever language anybody has chosen."""
    if form == FileForm.PICTURE:
        facts = file_content.picture(posting, compound_name=compound_name, link=link)
        return typesetting.png(_PICTURE, ppi=_PPI, posting=facts)
    return typesetting.pdf(_SHEET, posting=file_content.sheet(posting, form, compound_name=compound_name, link=link))


def draw_for_building(posting: Posting, building: Building, *, compound_name: str) -> bytes:
    """The sheets for the entrances of one building, as the words and names are now; kept nowhere."""
    facts = file_content.sheet(
        posting, FileForm.ENTRANCES, compound_name=compound_name, link=_address(posting), building=building
    )
    return typesetting.pdf(_SHEET, posting=facts)


def digest_of(posting: Posting) -> str:
    """Of the words that may be taken out of a posting when somebody is erased."""
    words = [posting.title, posting.text, *filter(None, file_content.english_of(posting))]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


@transaction.atomic
def _claim(now: datetime) -> PostingFile | None:
    rows = PostingFile.objects.waiting(now).select_for_update(skip_locked=True, of=("self",))
    row = rows.select_related("posting__notice").order_by("created_at", "pk").first()
    if row:
        row.state, row.leased_until = FileState.WORKING, now + _LEASE
        row.attempts += 1
        row.save(update_fields=["state", "leased_until", "attempts"])
    return row


def _make(row: PostingFile) -> int:
    schema_name = current_schema()
    compound = Compound.objects.get(schema_name=schema_name)
    body = draw(row.posting, FileForm(row.form), compound_name=compound.name, link=_address(row.posting))
    name = row.path(schema_name)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(body))
    return len(body)


def _address(posting: Posting) -> str:
    """Where its code leads; empty where the installation has no address to lead to."""
    path = short_links.path_to("board_posting", posting.pk)
    link = short_links.of([path]).get(path)
    return f"{settings.ORIGIN}{short_links.short_path(link)}" if link and settings.ORIGIN else ""


def _finish(row: PostingFile, *, size: int, digest: str) -> None:
    """It is ready, unless words were taken out while it was made: then it is made anew."""
    mine = PostingFile.objects.filter(pk=row.pk, state=FileState.WORKING)
    mine.update(state=FileState.READY, leased_until=None, error="", size=size, digest=digest)
    if digest_of(Posting.objects.get(pk=row.posting_id)) != digest:
        mine = PostingFile.objects.filter(pk=row.pk, state=FileState.READY)
        mine.update(state=FileState.QUEUED, attempts=0)


def _give_back(row: PostingFile, error: Exception) -> None:
    """A failure is kept on the row; the lease stays, so that the next try comes after it and not at once."""
    state = FileState.FAILED if row.attempts >= MAX_ATTEMPTS else FileState.WORKING
    PostingFile.objects.filter(pk=row.pk).update(state=state, error=type(error).__name__)
    log.warning(
        "posting_file_failed", posting=row.posting_id, form=row.form, attempts=row.attempts, error=type(error).__name__
    )


@transaction.atomic
def _settle(now: datetime) -> None:
    due.look(KIND)
    due.settle(KIND, now + _LEASE if PostingFile.objects.unfinished().exists() else None)
