from collections.abc import Callable, Iterator

import pytest
from django.utils.translation import gettext_lazy as _

from compounds.jobs import kinds, nightly, runs

KIND = "probing"


class Probe:
    """A kind of work for one test: what it was called with, and in which compounds it fails with what."""

    def __init__(self) -> None:
        self.worked: list[tuple[str, str]] = []
        self.fails: dict[str, Exception] = {}
        self.while_working: Callable[[str], None] = lambda schema_name: None

    def __call__(self, schema_name: str, period: str) -> None:
        self.while_working(schema_name)
        if schema_name in self.fails:
            raise self.fails[schema_name]
        self.worked.append((schema_name, period))


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Probe]:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(nightly, "_nightly", set())
    probe = Probe()
    runs.register(KIND, probe, title=_("Figures"))
    return probe
