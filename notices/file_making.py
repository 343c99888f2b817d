"""The worker's part: out of a posting its picture and its sheets are made (``compounds.jobs.files``)."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings

from compounds.jobs import due, files
from compounds.jobs.files import Clock, Made
from compounds.kernel import typesetting
from compounds.organisation.models import Building
from compounds.registry import short_links
from compounds.registry.context import current_schema
from compounds.registry.models import Compound
from notices import delivering, file_content
from notices.models import Delivery, DeliveryKind, DeliveryState, FileForm, FileState, Posting, PostingFile
from notices.models.posting_file import PostingFileQuerySet

# Its first name, by which due rows know it.
KIND = "pictures"
_PICTURE = Path(__file__).with_name("picture.typ")
_SHEET = Path(__file__).with_name("sheet.typ")
# 1080 points of a telephone's screen on the form's 360 points of width.
_PPI = 216.0


def make_waiting(clock: Clock) -> int:
    """Make the files that wait in this compound. Returns how many were made."""
    made = files.make_waiting(KIND, PostingFile.objects.all(), _make, clock)
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


def _make(row: PostingFile) -> Made:
    """Made of the words as they are at its end: those that are changed while it is made have it made at once again."""
    schema_name = current_schema()
    compound, form = Compound.objects.get(schema_name=schema_name), FileForm(row.form)
    posting = _posting_of(row)
    while True:
        body = draw(posting, form, compound_name=compound.name, link=_address(posting))
        digest, posting = digest_of(posting), _posting_of(row)
        if digest == digest_of(posting):
            return Made({row.path(schema_name): body}, {"size": len(body), "digest": digest})


def _posting_of(row: PostingFile) -> Posting:
    return Posting.objects.select_related("notice").get(pk=row.posting_id)


def _address(posting: Posting) -> str:
    """Where its code leads; empty where the installation has no address to lead to."""
    path = short_links.path_to("board_posting", posting.pk)
    link = short_links.of([path]).get(path)
    return f"{settings.ORIGIN}{short_links.short_path(link)}" if link and settings.ORIGIN else ""
