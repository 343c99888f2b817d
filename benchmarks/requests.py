"""A list of 50 matters in one compound among many, against a view that returns a constant through the same middleware.

Both are asked for by a signed-in member from a real gunicorn. CPU is that of the web server and of its database
connections together, per request. Linux only: CPU times are read from /proc.
"""

import argparse
from statistics import median
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.measuring import Figures
from benchmarks.serving import ask, served, signed_in, timed
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from consultation.models import Issue
from demo import synthetic

_ROWS = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=60, help="of each side, a round")


def measure(options: argparse.Namespace) -> Figures:
    """Milliseconds per request of the list (ours) and of the constant (against), and the CPU of both."""
    synthetic.make(
        compounds=options.compounds, issues=2 * _ROWS, households=0, today=timezone.localdate(), tell=lambda _done: None
    )
    compound = Compound.objects.ready().order_by("pk")[options.compounds // 2]
    cookie = signed_in(compound)
    with served("benchmarks.requests_settings") as (port, server):
        sides = {"list": f"{compound.url}issues/", "constant": f"{compound.url}constant/"}
        for path in sides.values():
            ask(port, path, _headers(cookie), times=20)
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
        for _ in range(options.rounds):
            for name, path in sides.items():
                taken[name].append(timed(port, path, _headers(cookie), options.requests, server))
                print(f"  {name}: {taken[name][-1][0]:.2f} ms, CPU {taken[name][-1][1]:.2f} ms a request", flush=True)
    wall = {name: median(each[0] for each in rounds) for name, rounds in taken.items()}
    cpu = {name: median(each[1] for each in rounds) for name, rounds in taken.items()}
    before, after = _connection_memory()
    return Figures(
        "requests",
        ours=wall["list"],
        against=wall["constant"],
        unit="ms per request",
        more={
            "share_of_constants_requests_per_second_percent": 100 * wall["constant"] / wall["list"],
            "ours_cpu_ms": cpu["list"],
            "against_cpu_ms": cpu["constant"],
            "cpu_times_constant": cpu["list"] / cpu["constant"],
            "connection_fresh_mb": before,
            "connection_after_all_compounds_mb": after,
            "compounds": options.compounds,
        },
    )


def _headers(cookie: str) -> dict[str, str]:
    return {"Cookie": cookie, "Accept-Language": "zh-hans"}


def _connection_memory() -> tuple[float, float]:
    """Megabytes of one database connection: fresh, and after it has read a list in every compound."""
    connection.close()
    before = _memory()
    for schema_name in list(Compound.objects.ready().values_list("schema_name", flat=True)):
        with compound_context(schema_name):
            list(Issue.objects.with_place().with_hold()[:_ROWS])
    return before, _memory()


def _memory() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(total_bytes) FROM pg_backend_memory_contexts")
        total: Any = cursor.fetchone()[0]
    return float(total) / 1024 / 1024
