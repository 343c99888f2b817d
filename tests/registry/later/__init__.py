"""Releases that have not happened: the migrations of ``organisation`` as they are, and more behind them.

Each is a folder with a package ``migrations`` for ``settings.MIGRATION_MODULES``; its path names the real folder too.
"""

from pathlib import Path

from django.apps import apps

import compounds.organisation.migrations as real

REAL = list(real.__path__)


def latest() -> tuple[str, str]:
    """The newest real migration."""
    return "organisation", max(path.stem for path in Path(REAL[0]).glob("0*.py"))


def module(release: str, app: str = "organisation") -> dict[str, str]:
    """What ``settings.MIGRATION_MODULES`` is in that release."""
    return {app: f"tests.registry.later.{release}.migrations"}


def alone(release: str) -> dict[str, str]:
    """The same release of ``organisation`` without any other app's tables: recording it takes a tenth of the time."""
    nothing = {config.label: "tests.registry.later.nothing.migrations" for config in apps.get_app_configs()}
    return nothing | module(release)
