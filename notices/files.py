"""The short link, the long picture and the sheets by which a posting goes round; the worker makes the files."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from compounds.jobs import due, waking
from compounds.registry import short_links
from compounds.registry.models import ShortLink
from notices import file_making, file_sweeping
from notices.models import FileForm, FileState, PlaceKind, Posting, PostingFile
from notices.tasks import make_files

# How long the message to the worker may be lost before the next minute's wake-up finds the rows.
_GRACE = timedelta(seconds=60)
# How long a file waits before people are told that nobody seems to be making any: some wake-ups, and a long queue.
LONG = timedelta(minutes=5)


@transaction.atomic
def order(posting: Posting) -> None:
    """Give the posting its short link and have its files made, in each form; those that failed are tried anew."""
    now = timezone.now()
    short_links.make([path_of(posting)])
    PostingFile.objects.bulk_create(
        [PostingFile(posting=posting, form=form, queued_at=now) for form in forms_of(posting)], ignore_conflicts=True
    )
    file_making.queue(posting.files.filter(state=FileState.FAILED), now)
    _wake()


@transaction.atomic
def renew_changed() -> None:
    """Have those files made anew whose posting has other words now; until then they are not handed out."""
    if file_sweeping.queue_changed(timezone.now()):
        _wake()


def forms_of(posting: Posting) -> list[FileForm]:
    """In which forms it is made: without sheets for entrances where it hangs at none."""
    at_entrances = posting.places.filter(kind=PlaceKind.ENTRANCE).exists()
    return [form for form in FileForm if at_entrances or form != FileForm.ENTRANCES]


def short_link_of(posting: Posting) -> ShortLink | None:
    """The posting's short link; None for a posting from before there were any."""
    path = path_of(posting)
    return short_links.of([path]).get(path)


def path_of(posting: Posting) -> str:
    """The posting's page on the public board, below the compound's mount."""
    return short_links.path_to("board_posting", posting.pk)


def waits_long(file: PostingFile, now: datetime) -> bool:
    """Whether it should long be made, so that nobody seems to be making any."""
    since = file.leased_until if file.state == FileState.WORKING else file.queued_at or file.created_at
    return file.state in {FileState.QUEUED, FileState.WORKING} and since is not None and since < now - LONG


def _wake() -> None:
    due.not_later_than(file_making.KIND, timezone.now() + _GRACE)
    waking.after_commit(make_files)
