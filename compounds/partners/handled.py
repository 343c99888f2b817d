"""The kinds of responsible bodies for which a system may take over tasks; named by the app that knows them."""

from typing import Any

_KINDS: dict[str, Any] = {}


def register(kind: str, label: Any) -> None:
    """Add one kind. Raises ValueError when it is there already."""
    if kind in _KINDS:
        raise ValueError(f"{kind} is registered already")
    _KINDS[kind] = label


def choices() -> list[tuple[str, Any]]:
    return list(_KINDS.items())
