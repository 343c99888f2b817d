"""Receiving a picture: known by its content, bounded, turned upright, re-encoded without what the camera knew."""

import io
import uuid
import warnings
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from compounds.jobs import due, waking
from compounds.kernel.errors import DomainError
from compounds.photos.models import Photo
from compounds.photos.sizes import KIND
from compounds.photos.tasks import make_sizes
from compounds.registry.context import current_schema

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2560
FORMATS = ("JPEG", "PNG", "WEBP")
# How long the message to the worker may be lost before the next minute's wake-up finds the photo.
_GRACE = timedelta(seconds=60)


class PhotoRefused(DomainError):
    """The upload is no picture that we take."""

    code = "photo_refused"
    status = 422
    title = _("This photo could not be taken")
    message = _("Please choose a JPEG, PNG or WebP picture of at most 10 MB and 50 megapixels.")


@dataclass(frozen=True)
class Picture:
    """A picture that has been read and re-encoded, ready to be kept: JPEG bytes and size in pixels."""

    body: bytes
    width: int
    height: int


def read(upload: UploadedFile) -> Picture:
    """Read an uploaded picture. Raises PhotoRefused."""
    picture = _open(upload)
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=88)
    return Picture(body.getvalue(), picture.width, picture.height)


def keep(picture: Picture) -> Photo:
    """Keep a picture and have its sizes made after commit. What is rolled back leaves no row."""
    photo = Photo(id=uuid.uuid4(), width=picture.width, height=picture.height)
    name = photo.path(current_schema(), "full")
    default_storage.save(name, ContentFile(picture.body))
    try:
        with transaction.atomic():
            photo.save(force_insert=True)
            due.not_later_than(KIND, timezone.now() + _GRACE)
    except BaseException:
        default_storage.delete(name)
        raise
    waking.after_commit(make_sizes)
    return photo


def _open(upload: UploadedFile) -> Image.Image:
    if (upload.size or 0) > MAX_BYTES:
        raise PhotoRefused
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise PhotoRefused
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _flat(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise PhotoRefused from error


def _flat(picture: Image.Image) -> Image.Image:
    """A fresh RGB picture on white: no palette, no transparency, no metadata."""
    source = picture.convert("RGBA") if picture.mode in {"P", "LA", "PA", "RGBA"} else picture.convert("RGB")
    flat = Image.new("RGB", source.size, "white")
    flat.paste(source, mask=source.getchannel("A") if source.mode == "RGBA" else None)
    return flat
