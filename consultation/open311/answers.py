"""How answers and refusals look: XML and JSON, as the specification has them."""

import json
from collections.abc import Callable
from functools import wraps
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from compounds.kernel.errors import DomainError, as_refusal
from compounds.registry import limits

# Per network address and minute, of what is read and of what comes without a good key.
MOST_READS = 120
_MINUTE = 60
_TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
# What one of them is called in XML.
_ONE_OF = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}


class Refused(Exception):
    """A request is refused, with the specification's code (which is the HTTP status too) and a text for people."""

    def __init__(self, code: int, description: Any, **headers: str) -> None:
        super().__init__(code)
        self.code, self.description, self.headers = code, str(description), headers


def answer(root: str, content: Any, kind: str, *, status: int = 200) -> HttpResponse:
    """``content`` below ``root``, which JSON does not name."""
    body = _xml(root, content) if kind == "xml" else json.dumps(content, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=_TYPES[kind])


def told[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Count what this address reads, and refuse as the specification does. What is read may be kept for a minute."""

    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request: Any = args[0]
        kind = str(kwargs.get("kind", "xml"))
        try:
            if request.method != "POST":
                count(request)
            response = view(*args, **kwargs)
        except Refused as refused:
            response = _refusal(kind, refused.code, refused.description)
            for name, value in refused.headers.items():
                response.headers[name.replace("_", "-")] = value
        except Exception as error:
            rule = error if isinstance(error, DomainError) else as_refusal(error)
            if rule is None:
                raise
            response = _refusal(kind, rule.status, rule.context()["message"])
            for name, value in rule.headers.items():
                response.headers[name] = value
        reads = request.method in {"GET", "HEAD"} and response.status_code < 400
        if reads:
            patch_cache_control(response, public=True, max_age=_MINUTE)
            response.headers["Access-Control-Allow-Origin"] = "*"
        else:
            patch_cache_control(response, private=True, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def count(request: HttpRequest) -> None:
    """One more of this address. A partner that makes a request is counted by itself instead. Raises Refused."""
    if not limits.takes("open311", limits.address_of(request), most=MOST_READS, seconds=_MINUTE):
        raise Refused(429, _("Too many requests in this minute."), Retry_After=str(_MINUTE))


def _refusal(kind: str, code: int, description: Any) -> HttpResponse:
    return answer("errors", [{"code": code, "description": str(description)}], kind, status=code)


def _xml(root: str, content: Any) -> str:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    _element(xml, root, content)
    xml.endDocument()
    return out.getvalue()


def _element(xml: SimplerXMLGenerator, name: str, content: Any) -> None:
    xml.startElement(name, {})
    if isinstance(content, dict):
        for below, value in content.items():
            _element(xml, below, value)
    elif isinstance(content, list):
        for one in content:
            _element(xml, _ONE_OF[name], one)
    elif content is not None:
        xml.characters(_text(content))
    xml.endElement(name)


def _text(value: Any) -> str:
    """XML 1.0 knows no control characters but three."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return "".join(one for one in text if one >= " " or one in "\t\n\r")
