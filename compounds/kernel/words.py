"""Words as people type and read them: names in a line, in either language, and text without invisible characters."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

_BREAK = re.compile(r"([。！？；：，、])?\s*\n\s*")
_JOINER, _AS_PICTURE = "\u200d", "\ufe0f"


def listed(names: Iterable[Any]) -> str:
    """Names in one line, with the language's own mark between them."""
    return pgettext("between names", ", ").join(str(name) for name in names)


def facts_in_line(facts: Iterable[Any]) -> str:
    """Short statements in one line, with the language's own comma between them."""
    return pgettext("between facts", ", ").join(str(fact) for fact in facts)


def sentences(*said: Any) -> str:
    """Whole sentences after each other, with the language's own gap between them; empty ones are left out."""
    whole, *others = [str(one) for one in said if one] or [""]
    for one in others:
        whole = pgettext("sentences", "%(first)s %(next)s") % {"first": whole, "next": one}
    return whole


def in_one_line(text: str) -> str:
    """A text of several lines where only its beginning is shown: a blank for each break, none behind a Chinese mark."""
    return _BREAK.sub(lambda found: found[1] or " ", text.strip())


def unasked(label: Any) -> str:
    """A field's label as a name before a colon, where it is a question."""
    return str(label).rstrip("?？")


def moment(at: datetime, day_format: str = "DATE_FORMAT") -> str:
    """Weekday, day and time, in the order in which the language says them."""
    at = timezone.localtime(at)
    parts = {"weekday": date_format(at, "l"), "day": date_format(at, day_format), "time": date_format(at, "H:i")}
    return gettext("%(weekday)s %(day)s, %(time)s") % parts


def visible(text: str) -> str:
    """The text without characters that nobody can see (directions, joiners); a family of emoji stays together."""
    return "".join(
        sign for n, sign in enumerate(text) if unicodedata.category(sign) != "Cf" or _joins_pictures(text, n)
    )


def plain(text: str) -> str:
    """A number or a sign, as on a door, however it was typed: full width is half width, and nothing is invisible.

    Not for what people write: it changes their signs.
    """
    return visible(unicodedata.normalize("NFKC", text)).strip()


def _joins_pictures(text: str, n: int) -> bool:
    """Whether the sign there makes one picture of two, such as 👩 and 🌾."""
    return text[n] == _JOINER and _is_picture(text[n - 1 : n]) and _is_picture(text[n + 1 : n + 2])


def _is_picture(sign: str) -> bool:
    """An emoji, or what colours the one before it."""
    return bool(sign) and (sign == _AS_PICTURE or unicodedata.category(sign) in {"So", "Sk"})


class WordsField(forms.CharField):
    """Typed text. Characters that nobody can see are left out; something visible must remain."""

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        seen = visible(text)
        if text and not seen.strip():
            raise forms.ValidationError(_("There is nothing to read here."), code="invisible")
        return seen
