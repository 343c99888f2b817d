"""What is taken as a photo, what is refused, and what of the original is kept: only what one sees."""

import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from compounds.jobs.models import Due
from compounds.photos import intake
from compounds.photos.intake import PhotoRefused
from compounds.photos.models import Photo, PhotoState
from tests.pictures import a_picture, encoded, upload

pytestmark = pytest.mark.usefixtures("north")

GPS, GPS_LATITUDE, MAKE, ORIENTATION = 0x8825, 2, 0x010F, 0x0112
SECRET = b"27.8274N-113.1340E"


def kept(photo: Photo) -> Image.Image:
    with default_storage.open(photo.path("c_north", "full")) as stored:
        picture = Image.open(io.BytesIO(stored.read()))
    picture.load()
    return picture


def receive(body: bytes, **kwargs: str) -> Photo:
    return intake.keep(intake.read(upload(body, **kwargs)))


def with_exif(picture: Image.Image, kind: str, orientation: int = 1) -> bytes:
    exif = picture.getexif()
    exif[MAKE] = SECRET.decode()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[GPS_LATITUDE] = (27.0, 49.0, 38.6)
    return encoded(picture, kind, exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_camera_knew_is_gone(kind):
    body = with_exif(Image.new("RGB", (80, 60), "teal"), kind)
    assert SECRET in body, "the original does know it"

    photo = receive(body)

    with default_storage.open(photo.path("c_north", "full")) as stored:
        written = stored.read()
    assert SECRET not in written
    assert b"Exif" not in written
    assert not kept(photo).getexif()
    assert {"exif", "icc_profile", "xmp", "comment"}.isdisjoint(kept(photo).info)


def test_a_comment_is_gone():
    photo = receive(encoded(Image.new("RGB", (80, 60)), "JPEG", comment=SECRET))

    with default_storage.open(photo.path("c_north", "full")) as stored:
        assert SECRET not in stored.read()


def test_what_hides_behind_the_picture_is_gone():
    photo = receive(encoded(Image.new("RGB", (80, 60)), "JPEG") + b"<script>alert(1)</script>" + SECRET)

    with default_storage.open(photo.path("c_north", "full")) as stored:
        assert SECRET not in stored.read()


def test_a_photo_taken_sideways_stands_upright():
    sideways = Image.new("RGB", (80, 40), "white")
    sideways.paste("red", (0, 0, 40, 40))

    photo = receive(with_exif(sideways, "JPEG", orientation=6))  # turn by 90° to the right

    picture = kept(photo)
    assert picture.size == (photo.width, photo.height) == (40, 80)
    assert picture.getpixel((20, 10))[1] < 60, "what was left is on top: red"
    assert picture.getpixel((20, 70))[1] > 200, "what was right is below: white"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "CMYK", "I;16"])
def test_every_kind_of_pixel_is_taken(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    photo = receive(encoded(Image.new(mode, (30, 20)), kind))

    assert (kept(photo).mode, kept(photo).size) == ("RGB", (30, 20))


def test_transparency_becomes_white():
    clear = Image.new("RGBA", (30, 20), (200, 0, 0, 0))

    photo = receive(encoded(clear, "PNG"), name="x.png", content_type="image/png")

    assert min(kept(photo).getpixel((15, 10))) > 250


def test_a_large_photo_is_made_smaller():
    photo = receive(encoded(Image.new("RGB", (4000, 1000)), "JPEG"))

    assert (photo.width, photo.height) == (2560, 640)
    assert kept(photo).size == (2560, 640)


def test_its_kind_is_known_by_content_not_by_name():
    photo = receive(encoded(Image.new("RGB", (30, 20)), "PNG"), name="letter.txt", content_type="text/plain")

    assert kept(photo).format == "JPEG"


def refused_uploads() -> dict[str, bytes]:
    jpeg = encoded(Image.effect_noise((400, 300), 80).convert("RGB"), "JPEG")
    png = encoded(Image.effect_noise((400, 300), 80), "PNG")
    return {
        "nothing": b"",
        "text": "不是图片".encode(),
        "a page": b"<html><script>alert(1)</script></html>",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "gif": encoded(Image.new("P", (10, 10)), "GIF"),
        "bmp": encoded(Image.new("RGB", (10, 10)), "BMP"),
        "tiff": encoded(Image.new("RGB", (10, 10)), "TIFF"),
        "half a jpeg": jpeg[: len(jpeg) // 2],
        "head of a jpeg": jpeg[:20],
        "half a png": png[: len(png) // 2],
        "png with a broken checksum": png[:60] + bytes([png[60] ^ 255]) + png[61:],
        "a bomb": bomb(20_000, 20_000),
        "a bigger bomb": bomb(2**31 - 1, 2**31 - 1),
        "no width": bomb(0, 10),
        "more than 50 megapixels": encoded(Image.new("L", (7100, 7100)), "PNG"),
        "more than 10 MB": b"\xff\xd8\xff\xe0" + b"\0" * (10 * 1024 * 1024),
    }


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("what", refused_uploads())
def test_what_is_no_photo_is_refused_and_nothing_kept(what, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    with pytest.raises(PhotoRefused) as refusal:
        receive(refused_uploads()[what])

    assert (refusal.value.code, refusal.value.status) == ("photo_refused", 422)
    assert not Photo.objects.exists()
    assert list(tmp_path.rglob("*")) == []


def test_a_kept_photo_waits_for_its_sizes():
    photo = intake.keep(a_picture())

    assert Photo.objects.get().state == PhotoState.QUEUED
    assert Due.objects.values_list("kind", "schema_name").get() == ("photos", "c_north")
    assert default_storage.exists(photo.path("c_north", "full"))
