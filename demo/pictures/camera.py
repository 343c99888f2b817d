"""A drawn scene as a telephone's photo: small, with the day and time in the corner."""

import io
from datetime import datetime
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from compounds.photos import intake
from compounds.photos.intake import Picture
from demo.pictures import around, gatherings, mended, outdoors, postings, underneath
from demo.pictures.canvas import HEIGHT, WIDTH, Canvas

SCENES = {
    **outdoors.SCENES,
    **underneath.SCENES,
    **postings.SCENES,
    **mended.SCENES,
    **around.SCENES,
    **gatherings.SCENES,
}
_SIZE = (640, 480)
_AMBER, _DARK = (255, 176, 60), (70, 50, 20)


def taken(scene: str, at: datetime, plate: str = "") -> Picture:
    """The scene of that name, as a picture that has come through the door for uploads."""
    body = io.BytesIO()
    draw(scene, at, plate).save(body, "JPEG", quality=85)
    return intake.read(SimpleUploadedFile(f"{scene}.jpg", body.getvalue(), "image/jpeg"))


def draw(scene: str, at: datetime, plate: str = "") -> Image.Image:
    """``plate`` is the number over an entrance, where the scene has one."""
    picture = _seen(scene, plate).copy()
    stamp = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    corner = (_SIZE[0] - 24, _SIZE[1] - 20)
    ImageDraw.Draw(picture).text(
        corner, stamp, fill=_AMBER, font=_font(), anchor="rs", stroke_width=1, stroke_fill=_DARK
    )
    return picture


@cache
def _seen(scene: str, plate: str) -> Image.Image:
    """The scene without a time: the same doors are photographed again and again."""
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    SCENES[scene](Canvas(picture, plate))
    return picture.resize(_SIZE, Image.Resampling.BOX)


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(18)
