"""The reading copy: a PDF set by typst in Noto Sans CJK, which says that it is one."""

import json
from importlib.util import find_spec
from pathlib import Path

import typst

from consultation.documents.content import Content

_FORM = Path(__file__).with_name("reading_copy.typ")
_FONTS = ("cvttf_NotoSansCJK_Regular", "cvttf_NotoSansCJK_Bold")


def make(content: Content) -> bytes:
    """The .pdf file. Only the fonts of the locked packages are used, so that it looks the same everywhere."""
    made = typst.compile(
        str(_FORM),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        sys_inputs={"minutes": json.dumps(content.as_dict(), ensure_ascii=False)},
    )
    return bytes(made)


def font_folders() -> list[Path]:
    """Where the font packages keep their files. Found without importing them: they load tools of their own."""
    specs = [find_spec(name) for name in _FONTS]
    return [Path(spec.origin).parent for spec in specs if spec and spec.origin]
