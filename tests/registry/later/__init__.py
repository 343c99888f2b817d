"""Releases that have not happened: the migrations of ``organisation`` as they are, and more behind them.

Each is a folder with a package ``migrations`` for ``settings.MIGRATION_MODULES``; its path names the real folder too.
"""

from pathlib import Path

import compounds.organisation.migrations as real

REAL = list(real.__path__)


def latest() -> tuple[str, str]:
    """The newest real migration."""
    return "organisation", max(path.stem for path in Path(REAL[0]).glob("0*.py"))


def module(release: str) -> dict[str, str]:
    """What ``settings.MIGRATION_MODULES`` is in that release."""
    return {"organisation": f"tests.registry.later.{release}.migrations"}
