"""Handing out a picture to somebody whom the caller has found entitled to see it. There is no public media URL."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from compounds.photos.models import Photo, PhotoState
from compounds.photos.sizes import SIZES
from compounds.registry.context import current_schema


def photo_response(photo: Photo, size: str) -> FileResponse:
    """The file of one size (``small``, ``medium``, ``full``); the full one while smaller ones are not made yet."""
    if size not in {*SIZES, "full"}:
        raise Http404
    made = size if photo.state == PhotoState.READY else "full"
    try:
        body = default_storage.open(photo.path(current_schema(), made))
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(body, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400" if made == size else "private, no-store"
    return response
