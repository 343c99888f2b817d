"""What somebody sends who means harm, or whose program is broken: values, headers, files, and how they travel."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote_from_bytes

from django.utils import timezone
from hypothesis import strategies as st
from PIL import Image

from tests.pictures import encoded
from tests.safety.forms import Control

# Wherever it stands unescaped in a page, somebody could have put a script there. Short, to fit into most fields.
RAW = "<q7>'\""
NEEDLE = "<q7>"
LARGE = ("2147483648", "9223372036854775808", "-9223372036854775809", "9" * 400)
VALUES = (
    RAW,
    "",
    "\0",
    f"{RAW}\0",
    "x" * 10_000,
    f"javascript:alert(1)//{RAW}",
    "\u202e\u2066墨\u2069\ufeff\u0301",
    "\ud800",
    "\U0010ffff\ufffe",
    "-1",
    "0",
    *LARGE,
    "1e400",
    "NaN",
    "-Infinity",
    "²",
    "٣",
    "0x10",
    "1_0",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "10000-01-01",
    "9999-12-31T23:59",
    "25:61",
    "a\r\nSet-Cookie: q7=1",
    "../../../etc/passwd",
    "%s%(x)s{0}{{7*7}}{% now 'Y' %}",
    "'; DROP TABLE x; --",
    '{"a": [1]}',
    "[]",
    "None",
    "00000000-0000-0000-0000-000000000000",
    "https://evil.example/",
    "//evil.example/",
)


@dataclass(frozen=True)
class Upload:
    """One file, as a program sends it: nothing of it need be true."""

    name: str
    content_type: str
    body: bytes


type Value = str | Upload


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    return out.getvalue()


_JPEG = encoded(Image.new("RGB", (8, 8), "teal"), "JPEG")
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'
FILES = (
    Upload(f"{RAW}.jpg", "image/jpeg", _JPEG),
    Upload("a.svg", "image/svg+xml", _SVG),
    Upload("a.jpg", "image/jpeg", _SVG),
    Upload("../../a.html", "text/html", b"<script>alert(1)</script>"),
    Upload("a.html", "text/html", _JPEG + b"<script>alert(1)</script>"),
    Upload("a.jpg", "image/jpeg", b""),
    Upload("", "image/jpeg", _JPEG),
    Upload("x" * 300 + ".xlsx", "application/zip", _zip_bomb()),
    Upload("a.xlsx", "application/zip", _ENTITIES),
    Upload("a\0.xlsx", "nonsense", b"PK\x03\x04"),
    Upload("墨\ud800.png", "image/png\r\nX: y", b"\x89PNG\r\n\x1a\n"),
)


def usual(control: Control) -> Value:
    """What a well-meaning person would send, with the mark in every text."""
    day = timezone.localdate() + timedelta(days=3)
    if control.kind == "file":
        return Upload("a.jpg", "image/jpeg", _JPEG)
    if control.kind in {"select", "radio", "checkbox", "button"}:
        return next((value for value in control.offered if value), "on")
    if control.kind == "hidden":
        return control.offered[0] if control.offered else ""
    known = {"date": f"{day}", "datetime-local": f"{day}T10:00", "time": "10:00", "number": "1"}
    known |= {"tel": "13800001111", "email": "a@example.org"}
    return known.get(control.kind, f"{RAW}好的邻里")


def values(foreign: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Known trouble, ids of another compound, and whatever hypothesis thinks of, halves of characters too."""
    return st.one_of(st.sampled_from(VALUES), st.sampled_from(foreign), st.text(st.characters(codec=None), max_size=40))


FILE_OR_TEXT: st.SearchStrategy[Value] = st.one_of(st.sampled_from(FILES), st.sampled_from(VALUES))
_HEADERS = (
    "referer user-agent accept accept-language accept-encoding x-forwarded-for x-forwarded-proto x-forwarded-host "
    "x-requested-with hx-request hx-target hx-trigger hx-current-url hx-prompt hx-boosted if-modified-since "
    "if-none-match range idempotency-key sec-fetch-dest authorization cookie x-csrftoken origin"
).split()
_HEADER_VALUES = (
    RAW,
    "true",
    "\x00",
    "\xff\xfe",
    "x" * 5000,
    "https://evil.example/%00",
    "http://[",
    "Bearer \xff",
    "Basic ====",
    "bytes=0-,9-1",
    "elder=<q7>; sessionid=%00; csrftoken=\xff; =; django_language=<q7>",
    "zh;q=9999999999,*;q=x",
    "999.999.999.999, <q7>",
)
headers: st.SearchStrategy[dict[str, str]] = st.dictionaries(
    st.sampled_from(_HEADERS), st.sampled_from(_HEADER_VALUES), max_size=3
)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def urlencoded(pairs: list[tuple[str, Value]]) -> str:
    """A query or a body; a file becomes its name."""
    texts = [(name, value.name if isinstance(value, Upload) else value) for name, value in pairs]
    return "&".join(f"{quote_from_bytes(_bytes(n), '')}={quote_from_bytes(_bytes(v), '')}" for n, v in texts)


def multipart(pairs: list[tuple[str, Value]]) -> bytes:
    """A body with files, put together without looking at what stands in the names."""
    parts = []
    for name, value in pairs:
        head = b'Content-Disposition: form-data; name="' + _bytes(name) + b'"'
        if isinstance(value, Upload):
            head += b'; filename="' + _bytes(value.name) + b'"\r\nContent-Type: ' + value.content_type.encode()
        body = value.body if isinstance(value, Upload) else _bytes(value)
        parts.append(b"--q7\r\n" + head + b"\r\n\r\n" + body + b"\r\n")
    return b"".join(parts) + b"--q7--\r\n"


type Change = Callable[[list[tuple[str, Value]]], list[tuple[str, Value]]]


def _twice(pairs: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
    return [*pairs, *((name, VALUES[5]) for name, _value in pairs)]


def _as_arrays(pairs: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
    return [(f"{name}[]", value) for name, value in pairs] + [(f"{name}[a]", value) for name, value in pairs]


SHAPES: tuple[Change, ...] = (lambda pairs: pairs, lambda pairs: pairs, _twice, _as_arrays, lambda pairs: pairs[1:])
