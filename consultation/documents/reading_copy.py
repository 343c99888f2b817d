"""The reading copy: a PDF set by typst in Noto Sans CJK, which says that it is one."""

from pathlib import Path

from compounds.kernel import typesetting
from consultation.documents.content import Content

_FORM = Path(__file__).with_name("reading_copy.typ")


def make(content: Content) -> bytes:
    """The .pdf file."""
    return typesetting.pdf(_FORM, minutes=content.as_dict())
