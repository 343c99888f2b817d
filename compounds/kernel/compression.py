"""Pages leave packed: a phone at the entrance loads a fifth of what they weigh.

Only texts: pictures and documents are packed already, and the API's answers keep their strong ETags. Django pads each
page by a random length, and its form tokens are masked anew in each, so that lengths give nothing away (BREACH).
"""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_PACKED = ("text/", "image/svg+xml", "application/javascript", "application/manifest+json")


class CompressionMiddleware(GZipMiddleware):
    """Pack what is text, whole and long enough, where the browser takes it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.headers.get("Content-Type", "").startswith(_PACKED)
        if not is_text or response.status_code == HTTPStatus.PARTIAL_CONTENT:
            return response
        return super().process_response(request, response)
