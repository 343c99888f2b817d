"""Photos through the API: how their addresses look in an answer, and how a picture is documented."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from compounds.photos import intake
from compounds.photos.fields import MOST_AT_ONCE
from compounds.photos.models import Photo
from compounds.photos.serving import photo_response
from compounds.photos.sizes import SIZES

# Nine pictures, and what is said about them.
LARGEST_UPLOAD = MOST_AT_ONCE * intake.MAX_BYTES + 256 * 1024
_JPEG = "image/jpeg"
_SIZE = OpenApiParameter("size", {"type": "string", "enum": [*SIZES, "full"]}, OpenApiParameter.PATH)
EXAMPLE = {
    "id": "6f1c2f6e-6d0f-4d6a-9f0e-0d8f5a3c1b7e",
    **{
        size: f"https://linjuli.example/c/xijun/api/v1/…/photos/6f1c2f6e-6d0f-4d6a-9f0e-0d8f5a3c1b7e/{size}/"
        for size in (*SIZES, "full")
    },
}


class PhotoOut(serializers.Serializer[Any]):
    """One photo and where its sizes are; the addresses take the same token."""

    id = serializers.UUIDField()
    small = serializers.URLField(help_text="Its longest side has 320 pixels.")
    medium = serializers.URLField(help_text="1280 pixels.")
    full = serializers.URLField(help_text="At most 2560 pixels.")


class PictureIn(serializers.FileField):
    """One picture, read and re-encoded as on the pages."""

    def to_internal_value(self, data: Any) -> Any:
        super().to_internal_value(data)
        try:
            return intake.read(data)
        except intake.PhotoRefused as error:
            raise ValidationError(error.message, code=error.code) from error


class PicturesIn(serializers.ListField):
    """As many at once as on the pages."""

    child = PictureIn()

    def __init__(self, **kwargs: Any) -> None:
        text = "JPEG, PNG or WebP, each at most 10 MB and 50 megapixels. They are kept without what the camera knew."
        super().__init__(required=False, max_length=MOST_AT_ONCE, help_text=text, **kwargs)


def shown(request: Request, key: UUID, *, at: str, args: list[Any]) -> dict[str, Any]:
    """One photo at the address of that name."""
    where = {size: request.build_absolute_uri(reverse(at, args=[*args, key, size])) for size in (*SIZES, "full")}
    return {"id": key, **where}


def documented(operation_id: str) -> Any:
    """Stands above the method that answers with a picture."""
    example = OpenApiExample("The picture", "(bytes of a JPEG)", response_only=True, media_type=_JPEG)
    picture = OpenApiResponse(OpenApiTypes.BINARY, "The picture; what the camera knew is not in it.", [example])
    return extend_schema(
        operation_id=operation_id, summary="A photo", parameters=[_SIZE], responses={(200, _JPEG): picture}
    )


def picture(key: UUID, size: str) -> FileResponse:
    """The picture, for one who was found entitled to it."""
    return photo_response(get_object_or_404(Photo, pk=key), size)
