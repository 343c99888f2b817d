"""Setting a page with typst in the fonts of the locked packages, so that it looks the same everywhere."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst

_FONTS = ("cvttf_NotoSansCJK_Regular", "cvttf_NotoSansCJK_Bold")


def pdf(form: Path, **data: Any) -> bytes:
    """The file that ``form`` makes of the data; each is JSON under its name. All pages."""
    return _set(form, "pdf", data)


def png(form: Path, *, ppi: float, **data: Any) -> bytes:
    """The picture that ``form`` makes of the data; each is JSON under its name. The form has one page."""
    return _set(form, "png", data, ppi=ppi)


def font_folders() -> list[Path]:
    """Where the font packages keep their files. Found without importing them: they load tools of their own."""
    specs = [find_spec(name) for name in _FONTS]
    return [Path(spec.origin).parent for spec in specs if spec and spec.origin]


def _set(form: Path, kind: Literal["pdf", "png"], data: dict[str, Any], ppi: float | None = None) -> bytes:
    made = typst.compile(
        str(form),
        format=kind,
        ppi=ppi,
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(value, ensure_ascii=False) for name, value in data.items()},
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{form.name} made {type(made).__name__}, not one file")
    return made
