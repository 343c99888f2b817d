"""Files whose row was never committed: a picture is written before its row, and what is rolled back leaves the file."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched
from pathlib import PurePosixPath

import structlog
from django.core.files.storage import default_storage

from compounds.photos.models import Photo
from compounds.registry.context import current_schema

log = structlog.get_logger(__name__)

# Longer than any transaction: what is younger may be about to get its row.
AGE = timedelta(days=1)
_AT_A_TIME = 1000


def sweep(now: datetime) -> int:
    """Delete this compound's picture files that no row knows, a day after they were written. Returns how many."""
    gone = 0
    folder = PurePosixPath(current_schema(), "photos")
    for names in batched(_folders(str(folder)), _AT_A_TIME):
        known = {
            str(key) for key in Photo.objects.filter(pk__in=[*filter(_is_key, names)]).values_list("pk", flat=True)
        }
        for name in names:
            if _is_key(name) and name not in known and _is_old(folder / name, now):
                _delete(folder / name)
                gone += 1
    if gone:
        log.info("orphaned_photos_swept", count=gone)
    return gone


def _folders(name: str) -> list[str]:
    try:
        return default_storage.listdir(name)[0]
    except FileNotFoundError:
        return []


def _files(folder: PurePosixPath) -> Iterator[str]:
    for name in default_storage.listdir(str(folder))[1]:
        yield str(folder / name)


def _is_key(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False


def _is_old(folder: PurePosixPath, now: datetime) -> bool:
    return all(default_storage.get_modified_time(name) < now - AGE for name in _files(folder))


def _delete(folder: PurePosixPath) -> None:
    for name in _files(folder):
        default_storage.delete(name)
    default_storage.delete(str(folder))
