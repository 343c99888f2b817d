"""What a page says, taken from its HTML: texts and the attributes that are read, without what is marked as Chinese."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.db import connection

from compounds.kernel import translations

CHINESE = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[A-Za-z]{3,}")
_ADDRESS = re.compile(r"\w+://\S+|[\w.]+@[\w.]+")
# Attributes that people read or hear.
_READ = {"alt", "title", "placeholder", "aria-label", "data-label", "data-confirm"}
_SILENT = {"script", "style"}
_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    """Gathers the texts; what stands in an element with a ``lang`` of its own is said in that language on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        silent = self.silent[-1] or tag in _SILENT or (tag != "html" and "lang" in known)
        if not silent:
            self.texts += [value for name, value in attrs if value and (name in _READ or name.startswith("data-say"))]
            if tag == "input" and known.get("type") in {"submit", "button"}:
                self.texts.append(known.get("value") or "")
        if tag not in _EMPTY:
            self.silent.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY and len(self.silent) > 1:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent[-1] and data.strip():
            self.texts.append(data)


def said(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    return [_ADDRESS.sub("", text) for text in reader.texts]


def data_of(*schemas: str) -> str:
    """Every text that stands in a row, to tell data from what our pages say."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('SELECT to_jsonb(t) FROM %%I.%%I t', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname = ANY(%s)",
            [list(schemas)],
        )
        for (query,) in cursor.fetchall():
            cursor.execute(query)
            for (row,) in cursor.fetchall():
                found.update(_strings(row if isinstance(row, dict) else json.loads(row)))
    return "\n".join(found)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def latin_words_of_the_catalogue() -> set[str]:
    """Words in Latin letters that our Chinese itself uses: PDF, WeChat."""
    words: set[str] = set()
    for message in translations.read(settings.BASE_DIR):
        for text in [message.string] if isinstance(message.string, str) else message.string:
            words.update(WORD.findall(re.sub(r"%\(\w+\)\w", "", text)))
    return words
