"""Reading a body with files, part by part."""

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from rest_framework.parsers import MultiPartParser

from compounds.partners.problems import BodyTooLarge


class PartsParser(MultiPartParser):
    """Files go to disk while they arrive. More parts than anybody needs are refused like a body that is too large."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
            raise BodyTooLarge from error
