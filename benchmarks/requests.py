"""A list of 50 matters in one compound among many, against a view that returns a constant through the same middleware.

Both are asked for by a signed-in member from a real gunicorn. CPU is that of the web server and of its database
connections together, per request. Linux only: CPU times are read from /proc.
"""

import argparse
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.measuring import Figures
from compounds.accounts.models import User
from compounds.organisation.appointments import appoint
from compounds.organisation.models import Level, Person, PostKind, Unit
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from consultation.models import Issue
from demo import synthetic

_TICK = os.sysconf("SC_CLK_TCK")
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
    cookie = _signed_in(compound)
    with served() as (port, server):
        sides = {"list": f"{compound.url}issues/", "constant": f"{compound.url}constant/"}
        for path in sides.values():
            _ask(port, path, cookie, times=20)
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
        for _ in range(options.rounds):
            for name, path in sides.items():
                taken[name].append(_timed(port, path, cookie, options.requests, server))
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


def _signed_in(compound: Compound) -> str:
    """A branch secretary's session there."""
    with compound_context(compound.schema_name):
        person = Person.objects.create(name="合成书记")
        branch = Unit.objects.get(level=Level.BRANCH)
        post = appoint(person, kind=PostKind.BRANCH_COMMITTEE, unit=branch, starts_on=date(2020, 1, 1), by=None)
        user = User.objects.get(memberships__compound=compound, display_name=post.person.name)
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """A web server of its own; its port and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.requests_settings", "LINJULI_PROCESS": "web"}
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    with subprocess.Popen([*command, "--no-control-socket", "--log-level", "warning"], env=environment) as server:
        try:
            _wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the web server did not start")


def _timed(port: int, path: str, cookie: str, times: int, server: int) -> tuple[float, float]:
    """Wall and CPU milliseconds per request."""
    cpu, began = _cpu_seconds(server), time.perf_counter()
    _ask(port, path, cookie, times=times)
    wall = time.perf_counter() - began
    return 1000 * wall / times, 1000 * (_cpu_seconds(server) - cpu) / times


def _ask(port: int, path: str, cookie: str, *, times: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(times):
        client.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "zh-hans"})
        answer = client.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}: {body[:200]!r}")
    client.close()


def _cpu_seconds(server: int) -> float:
    """Of the web server with its workers, and of the database's processes for this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        backends = [pid for (pid,) in cursor.fetchall()]
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    return sum(_cpu_of(pid) for pid in [server, *map(int, children), *backends])


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


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
