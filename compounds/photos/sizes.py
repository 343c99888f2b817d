"""The worker's part: smaller sizes of each picture (``compounds.jobs.files``)."""

import io

from django.core.files.storage import default_storage
from PIL import Image

from compounds.jobs import files
from compounds.jobs.files import Clock, Made
from compounds.photos.models import Photo
from compounds.registry.context import current_schema

KIND = "photos"
# Longest side in pixels: a row of thumbnails on a phone, and a page's width.
SIZES = {"small": 320, "medium": 1280}


def make_waiting(clock: Clock) -> int:
    """Make the sizes of the photos that wait in this compound. Returns of how many they were made."""
    return files.make_waiting(KIND, Photo.objects.all(), _make, clock)


def _make(photo: Photo) -> Made:
    schema_name = current_schema()
    with default_storage.open(photo.path(schema_name, "full")) as stored:
        picture = Image.open(stored, formats=("JPEG",))
        picture.load()
    bodies = {}
    for size, side in SIZES.items():
        smaller = picture.copy()
        smaller.thumbnail((side, side))
        body = io.BytesIO()
        smaller.save(body, "JPEG", quality=80, progressive=True)
        bodies[photo.path(schema_name, size)] = body.getvalue()
    return Made(bodies)
