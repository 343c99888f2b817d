"""What the documents point to is there: links, headings and pictures."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from script.picture_taking import PICTURE_LIST, PICTURES

BASE = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*BASE.glob("*.md"), *(BASE / "docs").rglob("*.md"), *(BASE / "benchmarks").glob("*.md")])
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """As GitHub makes them of headings."""
    found = _HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def broken(document: Path) -> list[str]:
    lost = []
    for link in _LINK.findall(document.read_text(encoding="utf-8")):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    return lost


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(BASE)))
def test_every_link_leads_somewhere(document):
    assert broken(document) == []


def test_paths_named_in_the_documents_are_there():
    """``docs/…`` and ``tests/…`` in backticks: what was moved is told."""
    named = re.compile(r"`((?:docs|tests|script|handbook|consultation|compounds|notices|volunteers)/[\w./-]+\w)`")
    lost = {
        f"{document.name}: {path}"
        for document in DOCUMENTS
        if document.name != "CHANGELOG.md"
        for path in named.findall(document.read_text(encoding="utf-8"))
        if not (BASE / path).exists()
    }

    assert lost == set()


def test_the_pictures_are_those_that_the_script_takes_and_the_readme_shows():
    taken = {f"{picture.name}.png" for picture in PICTURE_LIST}
    shown = set(re.findall(r"docs/pictures/([\w-]+\.png)", (BASE / "README.md").read_text(encoding="utf-8")))

    assert taken == shown == {path.name for path in PICTURES.iterdir()}
    assert all(path.stat().st_size < 150_000 for path in PICTURES.iterdir())
