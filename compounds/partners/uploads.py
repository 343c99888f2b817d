"""Bodies with files (multipart/form-data): the same shapes, each field a part of its own."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

FORM = "multipart/form-data"
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_TWICE = _("Given more than once.")


def is_form(request: Request) -> bool:
    return (request.content_type or "").partition(";")[0].strip().lower() == FORM


def fingerprint(parts: QueryDict) -> bytes:
    """The same for the same parts, whatever boundary stood between them and whatever the files are called."""
    digest = sha256()
    for name in sorted(parts):
        for value in parts.getlist(name):
            said = sha256()
            for piece in _pieces(value):
                said.update(piece)
            digest.update(repr((name, isinstance(value, UploadedFile), said.hexdigest())).encode())
    return digest.digest()


def as_fields(shape: serializers.Serializer[Any], parts: QueryDict) -> dict[str, Any]:
    """What a JSON body would have held: one value of each field, numbers as numbers, several where a list is asked for.

    Raises ValidationError for a field that comes twice.
    """
    found: dict[str, Any] = {}
    for name in parts:
        field, values = shape.fields.get(name), parts.getlist(name)
        if isinstance(field, serializers.ListField):
            found[name] = values
        elif len(values) > 1:
            raise ValidationError({name: [ErrorDetail(str(_TWICE), code="repeated")]})
        else:
            found[name] = _number(values[0]) if isinstance(field, serializers.IntegerField) else values[0]
    return found


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else value


def _pieces(value: Any) -> Iterator[bytes]:
    if not isinstance(value, UploadedFile):
        yield str(value).encode("utf-8", "surrogatepass")
        return
    yield from value.chunks()
    value.seek(0)
