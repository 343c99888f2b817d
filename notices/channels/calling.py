"""One HTTPS request to somebody else's server, with an end to it, and what became of it.

What may have arrived is told apart from what surely has not: the first must not be sent again without a person.
"""

import json
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from notices.channels.interface import Permanent, Temporary, Unclear

# For connecting and for each piece of the answer; the whole answer must be there after the second.
_TIMEOUT, _LONGEST = 8.0, 15.0
# Answers of these servers have some hundred bytes.
_LARGEST = 64 * 1024


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Nobody is sent on: another host was never allowed."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def post(address: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    """Send it and return the JSON object that is answered, of an error (4xx) too.

    Raises Temporary where the other side surely did not take it, Unclear where that is not known, Permanent for an
    answer that says that this is no place to send to.
    """
    request = urllib.request.Request(address, data=body, headers=headers, method="POST")  # noqa: S310 - callers allow
    ends = time.monotonic() + _LONGEST
    try:
        with _opener.open(request, timeout=_TIMEOUT) as answer:
            return _object(_read(answer, ends), unclear=True)
    except urllib.error.HTTPError as error:
        with error:
            return _refused(error, ends)
    except urllib.error.URLError as error:
        # While connecting or while the request was still on its way: it cannot have been taken.
        raise Temporary("not_reached") from error
    except TimeoutError as error:
        raise Unclear("no_answer") from error
    except (OSError, HTTPException) as error:
        raise Unclear("cut_off") from error


def _refused(error: urllib.error.HTTPError, ends: float) -> dict[str, Any]:
    if error.code == HTTPStatus.GATEWAY_TIMEOUT:
        raise Unclear("no_answer") from error
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code == HTTPStatus.TOO_MANY_REQUESTS:
        raise Temporary(f"http_{error.code}") from error
    if error.code < HTTPStatus.BAD_REQUEST:
        raise Permanent("sent_elsewhere") from error
    try:
        return _object(_read(error, ends), unclear=False)
    except (OSError, HTTPException) as broken:
        raise Permanent(f"http_{error.code}") from broken


def _read(answer: Any, ends: float) -> bytes:
    """All of a small answer, however slowly it drips; raises TimeoutError when it does not end."""
    body = b""
    while piece := answer.read1(_LARGEST):
        body += piece
        if time.monotonic() > ends:
            raise TimeoutError
        if len(body) > _LARGEST:
            break
    return body


def _object(body: bytes, *, unclear: bool) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    # A success that says nothing we know: a proxy's own page, or a server that took it and broke. 4xx took nothing.
    raise Unclear("nonsense") if unclear else Permanent("nonsense")
