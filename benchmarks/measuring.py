"""What all benchmarks share: taking turns, medians, and the last line.

Machines are noisy, and what runs beside us changes from minute to minute. So both sides are measured in one run, taking
turns (A B A B), and what counts is the ratio of their medians.
"""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection


@dataclass(frozen=True)
class Figures:
    """What a benchmark found: ours against another way, in one unit; whatever else under names with units."""

    name: str
    ours: float
    against: float
    unit: str
    more: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times better ours is, where less is better, as it is for times."""
        return self.against / self.ours

    def as_json(self) -> str:
        """One line: ``name``, ``unit``, ``ours``, ``against``, ``ratio``, and the rest, whose names carry units."""
        facts = {"ours": self.ours, "against": self.against, "ratio": self.ratio} | self.more
        rounded = {name: _rounded(value) for name, value in facts.items()}
        return json.dumps({"name": self.name, "unit": self.unit} | rounded, ensure_ascii=False)


def seconds(work: Callable[[], object]) -> float:
    """How long it took, by the wall clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def taking_turns(
    rounds: int, *, between: Callable[[], object] = lambda: None, **sides: Callable[[], object]
) -> dict[str, float]:
    """Run each side once a round, in turn, and answer the median seconds of each. Shows each measurement.

    What has to be prepared before each of them, and does not count, is done by ``between``.
    """
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, work in sides.items():
            between()
            taken[name].append(seconds(work))
            print(f"  {name}: {taken[name][-1]:.4f} s", flush=True)
    return {name: statistics.median(values) for name, values in taken.items()}


def machine() -> str:
    """On what the figures were measured."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, PostgreSQL {server}"


def _rounded(value: float) -> float:
    """Four figures are more than such a measurement is good for."""
    return float(f"{value:.4g}")
