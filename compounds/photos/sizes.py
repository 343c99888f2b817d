"""The worker's part: smaller sizes of each picture. A row is claimed, worked on outside the transaction, finished."""

import io
from datetime import datetime, timedelta

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from compounds.jobs import due
from compounds.photos.models import Photo, PhotoState
from compounds.registry.context import current_schema

log = structlog.get_logger(__name__)

KIND = "photos"
# Longest side in pixels: a row of thumbnails on a phone, and a page's width.
SIZES = {"small": 320, "medium": 1280}
_LEASE = timedelta(minutes=5)
_MAX_ATTEMPTS = 5


def make_waiting(now: datetime) -> int:
    """Make the sizes of every photo that waits in this compound. Returns how many were made."""
    Photo.objects.waiting(now).filter(attempts__gte=_MAX_ATTEMPTS).update(state=PhotoState.FAILED, error="given up")
    made = 0
    while photo := _claim(now):
        try:
            _make(photo)
        except OSError as error:
            _give_back(photo, error)
        else:
            Photo.objects.filter(pk=photo.pk).update(state=PhotoState.READY, leased_until=None, error="")
            made += 1
    _settle(now)
    return made


@transaction.atomic
def _claim(now: datetime) -> Photo | None:
    photo = Photo.objects.waiting(now).select_for_update(skip_locked=True).order_by("created_at").first()
    if photo:
        photo.state, photo.leased_until, photo.attempts = PhotoState.WORKING, now + _LEASE, photo.attempts + 1
        photo.save(update_fields=["state", "leased_until", "attempts"])
    return photo


def _make(photo: Photo) -> None:
    schema_name = current_schema()
    with default_storage.open(photo.path(schema_name, "full")) as stored:
        picture = Image.open(stored, formats=("JPEG",))
        picture.load()
    for size, side in SIZES.items():
        smaller = picture.copy()
        smaller.thumbnail((side, side))
        body = io.BytesIO()
        smaller.save(body, "JPEG", quality=80, progressive=True)
        name = photo.path(schema_name, size)
        default_storage.delete(name)
        default_storage.save(name, ContentFile(body.getvalue()))


def _give_back(photo: Photo, error: OSError) -> None:
    """A failure is kept on the row; the lease stays, so that the next try comes after it and not at once."""
    state = PhotoState.FAILED if photo.attempts >= _MAX_ATTEMPTS else PhotoState.WORKING
    Photo.objects.filter(pk=photo.pk).update(state=state, error=type(error).__name__)
    log.warning("photo_sizes_failed", photo=str(photo.pk), attempts=photo.attempts, error=type(error).__name__)


@transaction.atomic
def _settle(now: datetime) -> None:
    due.look(KIND)
    unfinished = Photo.objects.filter(state__in=[PhotoState.QUEUED, PhotoState.WORKING])
    due.settle(KIND, now + _LEASE if unfinished.exists() else None)
