"""The long picture of a posting, in as many bytes as a channel carries."""

import io

from django.core.files.storage import default_storage
from PIL import Image

from compounds.registry.context import current_schema
from notices.channels.interface import Permanent
from notices.models import FileForm, Posting, PostingFile

# Width in pixels and quality of a JPEG, the best that fits is taken.
_LADDER = [(1080, 85), (1080, 70), (810, 70), (600, 60)]


def of(posting: Posting) -> PostingFile:
    """Raises Permanent where it could not be made."""
    picture = PostingFile.objects.ready().filter(posting=posting, form=FileForm.PICTURE).first()
    if picture is None:
        raise Permanent("no_picture")
    return picture


def at_most(picture: PostingFile, most: int) -> bytes:
    """The file itself, or a JPEG of it that fits. Raises Permanent where none does."""
    try:
        with default_storage.open(picture.path(current_schema())) as file:
            body: bytes = file.read()
    except FileNotFoundError as error:
        raise Permanent("no_picture") from error
    if len(body) <= most:
        return body
    with Image.open(io.BytesIO(body)) as drawn:
        plain = drawn.convert("RGB")
    for width, quality in _LADDER:
        size = (width, max(1, plain.height * width // plain.width))
        out = io.BytesIO()
        plain.resize(size).save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= most:
            return out.getvalue()
    raise Permanent("picture_too_big")
