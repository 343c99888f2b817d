"""Uploads for tests: real pictures drawn on the spot."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from compounds.photos import intake


def upload(body: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, content_type=content_type)


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    body = io.BytesIO()
    picture.save(body, kind, **options)
    return body.getvalue()


def photo_upload(width: int = 64, height: int = 48, colour: str = "teal") -> SimpleUploadedFile:
    """A plain JPEG that is taken."""
    return upload(encoded(Image.new("RGB", (width, height), colour)))


def a_picture(width: int = 64, height: int = 48, colour: str = "teal") -> intake.Picture:
    """An upload that has been read, as services take it."""
    return intake.read(photo_upload(width, height, colour))
