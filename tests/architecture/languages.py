"""What a page says, taken from its HTML: texts and the attributes that are read, without what is marked as Chinese."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import CharField, TextField

from compounds.kernel import translations

CHINESE = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[A-Za-z]{3,}")
_ADDRESS = re.compile(r"\w+://\S+|[\w.]+@[\w.]+")
# Attributes that people read or hear.
_READ = {"alt", "title", "placeholder", "aria-label", "data-label", "data-confirm", "data-announce"}
_SILENT = {"script", "style"}
# The lines of a text, and the parts of an office's name that are told apart so.
_PARTS = re.compile(r"\n| · ")
_NOT_OURS = {"admin", "auth", "contenttypes", "sessions"}
# Two sentences of one paragraph with a blank between them, which Chinese has not. What is a line or a button of its own
# has a class.
_INLINE = r"</?(?:a|b|i|em|small|span|strong|time)\b(?![^>]*class=)[^>]*>"
_APART = re.compile(rf"[。，：；？、](?:{_INLINE})*\s(?:\s|{_INLINE})*[\u3400-\u9fff“（《]")
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


def apart(html: str) -> list[str]:
    """Where a Chinese page leaves a blank behind a mark, with what stands around it."""
    return [html[max(0, gap.start() - 30) : gap.end() + 10] for gap in _APART.finditer(html)]


@dataclass(frozen=True)
class Data:
    """What people and sheets wrote into rows: whole values, and whole lines of longer ones. Found by its first word."""

    pattern: re.Pattern[str]
    values: dict[str, list[str]]

    def leaves(self, text: str) -> Iterator[str]:
        """The words of a text that do not stand in it as part of a whole value."""
        text, end = " ".join(text.split()), 0
        if len(text) == 1 and any(word.startswith(text) for word in self.values):
            return  # the picture of somebody without one: the name's first character
        for word in self.pattern.finditer(text):
            if word.start() >= end:
                end = max((self._end(text, word, value) for value in self.values.get(word[0], ())), default=0)
                if not end:
                    yield word[0]

    def _end(self, text: str, word: re.Match[str], value: str) -> int:
        """Where the value ends that this word belongs to; 0 where it stands there in part only."""
        found = self.pattern.search(value)
        assert found is not None
        start = word.start() - found.start()
        if start >= 0 and text.endswith("…") and value.startswith(text[start:-1]):
            return len(text)
        end = start + len(value)
        # Cut off in the middle of a word it would be another word.
        is_whole = not (self.pattern.match(text, end) and self.pattern.match(value[-1:]))
        return end if start >= 0 and text.startswith(value, start) and is_whole else 0


def data_of(*schemas: str, pattern: re.Pattern[str]) -> Data:
    """What people wrote, to tell it from what our pages say: no enum's values, and nothing that Django keeps."""
    found: dict[str, list[str]] = {}
    for value in {" ".join(line.split()) for text in _written(schemas) for line in [text, *_PARTS.split(text)]}:
        if word := pattern.search(value):
            found.setdefault(word[0], []).append(value)
    return Data(pattern, found)


def _written(schemas: tuple[str, ...]) -> Iterator[str]:
    columns = _columns()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s) AND tablename = ANY(%s)",
            [list(schemas), list(columns)],
        )
        for schema, table in cursor.fetchall():
            for column in columns[table]:
                cursor.execute(f'SELECT DISTINCT "{column}" FROM "{schema}"."{table}" WHERE "{column}" <> \'\'')
                yield from (value for (value,) in cursor.fetchall())


def _columns() -> dict[str, list[str]]:
    """Of each table of ours the columns that hold free text."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        if model._meta.app_label not in _NOT_OURS:
            found[model._meta.db_table] = [
                field.column
                for field in model._meta.concrete_fields
                if isinstance(field, CharField | TextField) and not field.choices
            ]
    return found


def latin_words_of_the_catalogue() -> set[str]:
    """Words in Latin letters that our Chinese itself uses: PDF, WeChat."""
    words: set[str] = set()
    for message in translations.read(settings.BASE_DIR):
        for text in [message.string] if isinstance(message.string, str) else message.string:
            words.update(WORD.findall(re.sub(r"%\(\w+\)\w", "", text)))
    return words
