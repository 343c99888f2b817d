"""Every refusal of the API is problem+json (RFC 9457) with a stable ``code``."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from compounds.kernel.errors import DomainError, GetResponse, as_refusal
from compounds.partners.shapes import QueryInvalid

PROBLEM = "application/problem+json"
_TYPE = "urn:linjuli:problem:"

log = structlog.get_logger(__name__)

# What is said where Django or the framework refuses before any of our code: by status. The titles are those of HTTP.
_PLAIN: dict[int, tuple[str, Any, Any]] = {
    400: ("bad_request", _("Bad Request"), _("This request cannot be read.")),
    401: ("not_authenticated", _("Unauthorized"), _("Send a valid token.")),
    403: ("forbidden", _("Forbidden"), _("This is not allowed.")),
    404: ("not_found", _("Not Found"), _("There is nothing here, or nothing that you may see.")),
    405: ("method_not_allowed", _("Method Not Allowed"), _("This address does not take this method.")),
    406: ("not_acceptable", _("Not Acceptable"), _("The answer comes as JSON only.")),
    411: ("length_required", _("Length Required"), _("Say in Content-Length how long the body is.")),
    413: ("body_too_large", _("Content Too Large"), _("The body is too large.")),
    415: ("unsupported_media_type", _("Unsupported Media Type"), _("This address does not take this kind of body.")),
    429: ("too_many_requests", _("Too Many Requests"), _("Too many requests in this minute.")),
    503: ("unavailable", _("Service Unavailable"), _("The connection to our own records was cut.")),
    500: ("internal_error", _("Internal Server Error"), _("Something went wrong on our side. Nothing was changed.")),
}
# Codes of the framework that tell more than the status.
_TELLING = {"parse_error", "authentication_failed", "invalid_token", "csrf_failed"}


class BodyTooLarge(exceptions.APIException):
    status_code = 413
    default_code = "body_too_large"
    default_detail = _PLAIN[413][2]


class LengthRequired(exceptions.APIException):
    status_code = 411
    default_code = "length_required"
    default_detail = _PLAIN[411][2]


class ProblemRenderer(JSONRenderer):
    """JSON, announced as what it is."""

    media_type = PROBLEM
    charset = None


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """The framework's exception handler. What it does not know stays an exception, and is a 500 with its traceback."""
    set_rollback()
    error = as_refusal(error) or error
    if isinstance(error, DomainError):
        log.info("domain_error", code=error.code, status=error.status)
        told = error.context()
        return _response(
            error.status, error.code, told["title"], told["message"], headers=error.headers, hint=told["hint"]
        )
    if isinstance(error, Http404):
        return _response(404, *plain(404))
    if isinstance(error, PermissionDenied):
        return _response(403, *plain(403))
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    return _of_framework(error) if isinstance(error, exceptions.APIException) else None


def _invalid(error: exceptions.ValidationError) -> Response:
    if isinstance(error, QueryInvalid):
        named = [{"parameter": one.pop("pointer").strip("/"), **one} for one in _pointers(error.get_full_details(), "")]
        return _as_response(invalid(400, named))
    return _as_response(invalid(422, list(_pointers(error.get_full_details(), ""))))


def invalid(status: int, errors: list[dict[str, str]]) -> dict[str, Any]:
    """Of parameters (400) or of fields (422)."""
    title = _("Some parameters are not right") if status == HTTPStatus.BAD_REQUEST else _("Some fields are not right")
    return problem(status, "invalid", title, errors=errors)


def _of_framework(error: exceptions.APIException) -> Response:
    status, headers = error.status_code, {}
    code, title, detail = plain(status)
    own = error.get_codes()
    if isinstance(own, str) and (own in _TELLING or status not in _PLAIN):
        code = own
    if isinstance(error.detail, str):
        detail = str(error.detail)
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    wait = getattr(error, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(max(1, round(wait)))
    return _response(status, code, title, detail, headers=headers)


def plain(status: int) -> tuple[str, str, str]:
    """Code, title and detail of what is refused before any of our code."""
    unnamed = ("refused", HTTPStatus(status).phrase, _("This request is refused."))
    code, title, detail = _PLAIN.get(status, unnamed)
    return code, str(title), str(detail)


def problem(status: int, code: str, title: Any, detail: Any = "", **more: Any) -> dict[str, Any]:
    """The members of one problem; empty ones are left out."""
    members = {"type": _TYPE + code, "title": str(title), "status": status, "detail": str(detail), "code": code}
    return {name: value for name, value in {**members, **more}.items() if value not in ("", None)}


def _response(
    status: int, code: str, title: Any, detail: Any, *, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    return _as_response(problem(status, code, title, detail, **more), headers)


def _as_response(told: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(told, status=told["status"], headers=headers, content_type=PROBLEM)


def _pointers(details: Any, pointer: str) -> Iterator[dict[str, str]]:
    """Each error with a JSON pointer (RFC 6901) to what it is about; the whole body is the empty pointer."""
    if isinstance(details, dict) and {"message", "code"} == set(details):
        yield {"pointer": pointer, "detail": _sendable(details["message"]), "code": str(details["code"])}
    elif isinstance(details, dict):
        for name, below in details.items():
            step = "" if name == "non_field_errors" else "/" + _sendable(name).replace("~", "~0").replace("/", "~1")
            yield from _pointers(below, pointer + step)
    elif isinstance(details, list):
        for below in details:
            yield from _pointers(below, pointer)


def _sendable(said: Any) -> str:
    """Half a character of JSON's escapes, which no answer can hold, as a question mark."""
    return str(said).encode(errors="replace").decode()


def is_api(request: HttpRequest) -> bool:
    """Whether the address is one of the API's, in public or in a compound."""
    parts = request.path.split("/", 4)
    return parts[1:3] == ["api", "v1"] or (parts[1:2] == ["c"] and parts[3:4] == ["api"])


class ProblemMiddleware:
    """What Django itself refuses below the API's addresses (no such address, no such compound, a crash) is a problem
    too, never a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        told = response.headers.get("Content-Type", "")
        if response.status_code < HTTPStatus.BAD_REQUEST or "json" in told or not is_api(request):
            return response
        # What is refused above the pages' own middleware has no language yet.
        with translation.override(translation.get_language_from_request(request)):
            body = JSONRenderer().render(problem(response.status_code, *plain(response.status_code)))
        answer = HttpResponse(body, status=response.status_code, content_type=PROBLEM)
        for name in ("WWW-Authenticate", "Allow", "Retry-After"):
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer
