"""Reading texts out of code and templates, and compiling them, with Babel: no GNU gettext on the machine needed.

Source strings are English, so there is one catalogue: simplified Chinese.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LOCALE = "zh_Hans"
PACKAGES = ("compounds", "config", "consultation", "demo", "handbook", "notices", "volunteers")
_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}


class _Catalog(Catalog):
    """A catalogue whose header says what Django needs, and no date: a run that finds nothing new changes no byte."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Project-Id-Version", "Linjuli"),
            ("Language", LOCALE),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


def po_path(base: Path) -> Path:
    """Where the catalogue stands."""
    return base / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def extracted(base: Path) -> Catalog:
    """Every text of the product's code and templates, with the files that use it."""
    catalog = _empty()
    for path in _sources(base):
        where = path.relative_to(base).as_posix()
        source = path.read_text(encoding="utf-8")
        method = "python"
        if path.suffix == ".html":
            # The template's own words become noise; its texts become calls that a tolerant reader finds.
            source, method = templatize(source, origin=where), "javascript"
        for _line, message, _comments, context in extract(method, io.BytesIO(source.encode()), _KEYWORDS):
            flags = ["python-format"] if "%(" in str(message) else []
            catalog.add(message, None, [(where, 0)], flags, context=context)
    return catalog


def read(base: Path) -> Catalog:
    """The catalogue as it stands in the tree."""
    with po_path(base).open("rb") as file:
        return read_po(file, locale=LOCALE)


def update(base: Path) -> Catalog:
    """Bring the catalogue up to the code: new texts come in empty, unused ones go."""
    catalog = _empty()
    if po_path(base).exists():
        for message in read(base):
            if message.id:
                catalog[message.id] = message
    catalog.update(extracted(base), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    po_path(base).parent.mkdir(parents=True, exist_ok=True)
    with po_path(base).open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False, sort_output=True, omit_header=False)
    return catalog


def compile_catalog(base: Path) -> Path:
    """Write the .mo file that Django reads."""
    target = po_path(base).with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, read(base))
    return target


def missing(base: Path) -> list[str]:
    """The texts of the code that the catalogue lacks or leaves empty."""
    catalog = read(base)
    return [
        str(message.id)
        for message in extracted(base)
        if message.id and not _is_translated(catalog, message.id, message.context)
    ]


def _empty() -> Catalog:
    comment = "# Simplified Chinese texts of Linjuli (邻聚里)."
    return _Catalog(locale=LOCALE, header_comment=comment, charset="utf-8", fuzzy=False)


def _is_translated(catalog: Catalog, key: str | list[str] | tuple[str, ...], context: str | None) -> bool:
    found = catalog.get(key, context)
    if found is None or found.fuzzy:
        return False
    return all(found.string) if isinstance(found.string, tuple | list) else bool(found.string)


def _sources(base: Path) -> Iterator[Path]:
    for package in PACKAGES:
        for pattern in ("**/*.py", "**/*.html"):
            yield from sorted(p for p in (base / package).glob(pattern) if "migrations" not in p.parts)
