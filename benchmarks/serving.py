"""A real gunicorn, who asks it, and what that cost. Linux only: CPU times and memory are read from /proc."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from compounds.accounts.models import User
from compounds.organisation.appointments import appoint
from compounds.organisation.models import Level, Person, PostKind, Unit
from compounds.registry.context import compound_context
from compounds.registry.models import Compound

_TICK = os.sysconf("SC_CLK_TCK")
_HOST = "127.0.0.1"


@contextmanager
def served(settings_module: str) -> Iterator[tuple[int, int]]:
    """A web server of its own; its port and process."""
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port = free.getsockname()[1]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings_module, "LINJULI_PROCESS": "web"}
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{_HOST}:{port}", "--threads", "4"]
    with subprocess.Popen([*command, "--no-control-socket", "--log-level", "warning"], env=environment) as server:
        try:
            _wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()


def signed_in(compound: Compound) -> str:
    """The cookie of a branch committee member's session there."""
    with compound_context(compound.schema_name):
        person = Person.objects.create(name="合成书记")
        branch = Unit.objects.get(level=Level.BRANCH)
        post = appoint(person, kind=PostKind.BRANCH_COMMITTEE, unit=branch, starts_on=date(2020, 1, 1), by=None)
        user = User.objects.get(memberships__compound=compound, display_name=post.person.name)
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Caller:
    """One connection to that server, kept open as long as it lets us."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(_HOST, port, timeout=120)

    def send(
        self, method: str, path: str, headers: Mapping[str, str], body: str | None = None
    ) -> tuple[bytes, Mapping[str, str]]:
        """The answer's body and headers. Raises RuntimeError unless it is one of success."""
        self._connection.request(method, path, body=body, headers=dict(headers))
        answer = self._connection.getresponse()
        told = answer.read()
        if answer.status >= http.HTTPStatus.BAD_REQUEST or answer.status in {301, 302}:
            raise RuntimeError(f"{path} answered {answer.status}: {told[:200]!r}")
        return told, dict(answer.getheaders())


def ask(port: int, path: str, headers: Mapping[str, str], *, times: int) -> None:
    caller = Caller(port)
    for _ in range(times):
        caller.send("GET", path, headers)


def timed(port: int, path: str, headers: Mapping[str, str], times: int, server: int) -> tuple[float, float]:
    """Wall and CPU milliseconds per request."""
    cpu, began = cpu_seconds(server), time.perf_counter()
    ask(port, path, headers, times=times)
    wall = time.perf_counter() - began
    return 1000 * wall / times, 1000 * (cpu_seconds(server) - cpu) / times


def cpu_seconds(server: int) -> float:
    """Of the web server with its workers, and of the database's processes for this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        backends = [pid for (pid,) in cursor.fetchall()]
    return sum(_cpu_of(pid) for pid in [*_processes(server), *backends])


def resident_mb(server: int) -> float:
    """What the web server with its workers holds in memory (RSS), in megabytes."""
    kilobytes = 0
    for pid in _processes(server):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def _processes(server: int) -> list[int]:
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    return [server, *map(int, children)]


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection((_HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the web server did not start")
