"""The shape of what comes in: fields that take no other type, and refuse what they do not know by its name."""

import json
from collections.abc import Collection
from itertools import islice
from typing import IO, Any

from django.http import QueryDict
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError, UnsupportedMediaType, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from compounds.kernel.words import visible
from compounds.partners.uploads import as_fields

_UNKNOWN = _("There is no such field.")
_NO_TEXT = _("A text is expected.")
_UNSEEN = _("There is nothing to read here.")
_NO_NUMBER = _("A whole number is expected.")
# More unknown fields than these are not named one by one.
_NAMED = 20


def require_utf8(media_type: str | None) -> None:
    """Taken at its word, another charset would be kept as other characters than were meant. Raises
    UnsupportedMediaType."""
    charset = parse_header_parameters(media_type or "")[1].get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8"}:
        raise UnsupportedMediaType(media_type or "", detail=_("Bodies come in UTF-8."))


class StrictJSONParser(JSONParser):
    """JSON in UTF-8 (RFC 8259), each name once; what cannot be read is a refusal, however it is broken."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        require_utf8(media_type)
        try:
            return json.loads(stream.read().decode(), object_pairs_hook=_once, parse_constant=_no_constant)
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            raise ParseError(_("This is no JSON: line %(line)d, column %(column)d.") % place) from error
        except RecursionError as error:
            raise ParseError(_("Nested too deeply.")) from error
        except ValueError as error:
            # No UTF-8, or a number of thousands of digits.
            raise ParseError(_("This is no JSON.")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a name that stands twice nobody knows which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ParseError(_("A name stands twice."))
    return found


def _no_constant(_word: str) -> None:
    raise ParseError(_("NaN and Infinity are no numbers of JSON."))


class Shape(serializers.Serializer[Any]):
    """A body or a query. What is not one of its fields is refused, by name."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if hasattr(data, "keys") else set()
        if unknown:
            named = islice(sorted(unknown), _NAMED)
            raise ValidationError({name: [ErrorDetail(str(_UNKNOWN), code="unknown")] for name in named})
        return super().to_internal_value(data)


class Words(serializers.CharField):
    """A text and nothing else, as the forms of the pages keep it."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise ValidationError(_NO_TEXT, code="invalid")
        text = visible(str(super().to_internal_value(data)))
        if data and not text.strip():
            raise ValidationError(_UNSEEN, code="invisible")
        return text


class Whole(serializers.IntegerField):
    """A whole number, not a text of one."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            raise ValidationError(_NO_NUMBER, code="invalid")
        return int(super().to_internal_value(data))


class QueryInvalid(ValidationError):
    """What stands behind the question mark; its errors name parameters."""

    status_code = 400


def query[S: Shape](shape: type[S], request: Request, *, besides: Collection[str] = ()) -> dict[str, Any]:
    """The query of a request in that shape, but for parameters that somebody else reads. Raises QueryInvalid."""
    read = shape(data={name: value for name, value in request.query_params.dict().items() if name not in besides})
    if not read.is_valid():
        raise QueryInvalid(read.errors)
    return dict(read.validated_data)


def body[S: Shape](shape: type[S], request: Request, *, partial: bool = False) -> dict[str, Any]:
    """The body of a request in that shape. Raises ValidationError."""
    data = request.data
    read = shape(data=as_fields(shape(), data) if isinstance(data, QueryDict) else data, partial=partial)
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)


def canonical(data: Any) -> bytes:
    """The same bytes for the same content."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()
