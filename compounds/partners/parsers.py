"""Reading a body with files, part by part."""

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser

from compounds.partners.problems import BodyTooLarge
from compounds.partners.shapes import require_utf8


class PartsParser(MultiPartParser):
    """Files go to disk while they arrive. More parts than anybody needs are refused like a body that is too large."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        require_utf8(media_type)
        try:
            parsed = super().parse(stream, media_type, parser_context)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
            raise BodyTooLarge from error
        if any("\ufffd" in text for name, values in parsed.data.lists() for text in (name, *values)):
            # Of another charset than UTF-8: it would be kept as other characters than were meant.
            raise ParseError(_("The texts of the parts come in UTF-8."))
        return parsed
