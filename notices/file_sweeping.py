"""The net below the wake-ups: files that no row knows go, those that are lost or say old words are made anew."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath

import structlog
from django.core.files.storage import default_storage
from django.db import transaction

from compounds.registry.context import current_schema
from notices import file_making
from notices.models import PostingFile

log = structlog.get_logger(__name__)

# Longer than any transaction: what is younger may be about to get its row.
_AGE = timedelta(days=1)


def sweep(now: datetime) -> int:
    """Look after the files of all postings of this compound. Returns how many files were deleted."""
    folder = PurePosixPath(current_schema(), "postings")
    there = _names(folder)
    known = {row.name(): row for row in PostingFile.objects.all()}
    old = [name for name in there - known.keys() if _is_old(folder / name, now)]
    for name in old:
        default_storage.delete(str(folder / name))
    queue_changed(now)
    _queue_missing(there, now)
    if old:
        log.info("orphaned_posting_files_swept", count=len(old))
    return len(old)


@transaction.atomic
def queue_changed(now: datetime) -> int:
    """Have those made anew whose posting has other words now; until then they are not handed out.

    And all that is not made yet: a worker may be at it with the old words, or begin before this is committed.
    """
    made = PostingFile.objects.exclude(digest="").select_related("posting__notice")
    changed = [row.pk for row in made if row.digest != file_making.digest_of(row.posting)]
    changed += PostingFile.objects.unfinished().values_list("pk", flat=True)
    return file_making.queue(PostingFile.objects.filter(pk__in=changed), now)


@transaction.atomic
def _queue_missing(there: set[str], now: datetime) -> int:
    lost = [row.pk for row in PostingFile.objects.ready() if row.name() not in there]
    return file_making.queue(PostingFile.objects.ready().filter(pk__in=lost), now)


def _names(folder: PurePosixPath) -> set[str]:
    try:
        return set(default_storage.listdir(str(folder))[1])
    except FileNotFoundError:
        return set()


def _is_old(name: PurePosixPath, now: datetime) -> bool:
    return default_storage.get_modified_time(str(name)) < now - _AGE
