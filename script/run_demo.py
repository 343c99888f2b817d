"""``script/demo``: Linjuli with its demo on this machine, from nothing to a served page, until Ctrl-C."""

import argparse
import contextlib
import fcntl
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from script.embedded import servers
from script.embedded.account import ServerError
from script.embedded.ports import is_free
from script.environment import REPOSITORY, VAR_DIR, django_environment, uses_embedded_servers
from script.interruption import Interrupted, raise_when_asked_to_end
from script.preparation import logins_file
from script.processes import Process, ProcessGroup

DEFAULT_PORT = 8000
PATIENCE_SECONDS = 60
# Of others: suites and benchmarks may run at this moment, each with servers of their own.
SURVIVES_RESET = {"test", "bench", "demo.lock", "servers.lock", "servers.users"}


def main() -> int:
    options = _options()
    raise_when_asked_to_end()
    try:
        with _only_demo_of_this_clone(VAR_DIR):
            run(options)
    except Interrupted:
        print("\nStopped.")
    except ServerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/demo", description=__doc__)
    parser.add_argument("--port", type=int, default=os.environ.get("PORT"), help=f"default: {DEFAULT_PORT}, or $PORT")
    parser.add_argument(
        "--host", default=os.environ.get("HOST", "127.0.0.1"), help="0.0.0.0 to let phones in the same network in"
    )
    parser.add_argument("--reset", action="store_true", help="delete the demo's data and begin afresh")
    parser.add_argument("--prepare", action="store_true", help="do everything but serve")
    return parser.parse_args()


def run(options: argparse.Namespace) -> None:
    """Prepare, and serve unless that is not wanted."""
    if options.reset:
        reset(VAR_DIR)
    logs = VAR_DIR / "log"
    port = _port(options)
    print(
        "Starting PostgreSQL and Valkey" if uses_embedded_servers() else "Using DATABASE_URL and REDIS_URL", flush=True
    )
    with django_environment(VAR_DIR) as env:
        _prepare(env)
        if options.prepare:
            print("Prepared. script/demo serves it.")
            return
        with ProcessGroup() as group:
            # Pictures that the worker makes carry an address to come back to; whoever serves it elsewhere names that.
            origin = env.get("ORIGIN") or _address(options.host, port).rstrip("/")
            _start_all(group, env | {"ORIGIN": origin}, options.host, port, logs)
            _wait_until_served(group, _address(options.host, port))
            print(_banner(options.host, port, logins_file(logs).read_text()), flush=True)
            _watch(group)


def reset(var_dir: Path) -> None:
    """Delete the demo's database, queue and files. Never touches servers of the caller's own."""
    if not uses_embedded_servers():
        raise ServerError("--reset deletes the embedded servers' data only; empty your own database yourself.")
    servers.discard(var_dir)
    for path in var_dir.iterdir():
        if path.name in SURVIVES_RESET:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _prepare(env: dict[str, str]) -> None:
    """Migrate and load, in a process of its own that says itself what it does."""
    with ProcessGroup() as group:
        preparation = group.add(Process("preparation", _module("script.preparation"), env=env, cwd=REPOSITORY))
        while preparation.wait(1) is None:
            pass
    if preparation.exit_code:
        raise ServerError("Nothing is served. script/demo --reset begins afresh, without the data that is there.")


def _module(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def _start_all(group: ProcessGroup, env: dict[str, str], host: str, port: int, logs: Path) -> None:
    """Web server, worker and beat, each once. A second beat would do no harm; it is just not needed."""
    schedule = VAR_DIR / "beat-schedule"
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    celery = _module("celery", "-A", "config")
    commands = {
        "web": _module("gunicorn", "config.wsgi", "--bind", bind, "--threads", "8", "--no-control-socket"),
        "worker": [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2"],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", str(schedule), "--pidfile", ""],
    }
    for name, command in commands.items():
        group.add(Process(name, command, env=env | {"LINJULI_PROCESS": name}, cwd=REPOSITORY, log=logs / f"{name}.log"))


def _port(options: argparse.Namespace) -> int:
    """The wanted port; without a wish 8000, or the next that is free."""
    if options.port is not None:
        if not is_free(options.port, options.host):
            raise ServerError(f"Port {options.port} is taken. Choose another one: script/demo --port 8080")
        return options.port
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 100):
        if is_free(port, options.host):
            return port
    raise ServerError(f"Every port from {DEFAULT_PORT} to {DEFAULT_PORT + 99} is taken; choose one with --port.")


def _address(host: str, port: int) -> str:
    """Where a browser on this machine finds it."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def _wait_until_served(group: ProcessGroup, address: str) -> None:
    print("Starting web server, worker and beat ", end="", flush=True)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _served(address):
        _raise_if_one_ended(group)
        if time.monotonic() > deadline:
            raise ServerError(
                f"No page after {PATIENCE_SECONDS} s. The web server says:\n{group.members[0].last_words()}"
            )
        time.sleep(0.2)
    print("ready.")


def _served(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}accounts/login/", timeout=30) as answer:  # noqa: S310 - always http
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _watch(group: ProcessGroup) -> None:
    while True:
        _raise_if_one_ended(group)
        time.sleep(0.5)


def _raise_if_one_ended(group: ProcessGroup) -> None:
    if ended := group.ended():
        raise ServerError(f"The {ended.name} process ended. Its last words, from {ended.log}:\n{ended.last_words()}")


def _banner(host: str, port: int, logins: str) -> str:
    lines = ["", f"  Linjuli is at {_address(host, port)}"]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        lines.append(f"  on a phone in the same network: http://{_address_in_lan()}:{port}/")
    lines += ["", *[f"  {line}".rstrip() for line in logins.strip().splitlines()], ""]
    lines.append("  Ctrl-C stops everything; the data stays. script/demo --reset begins afresh.")
    return "\n".join(lines)


def _address_in_lan() -> str:
    """The address others see. Connecting a UDP socket sends nothing; it only asks the routing table."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return probe.getsockname()[0]


@contextlib.contextmanager
def _only_demo_of_this_clone(var_dir: Path) -> Iterator[None]:
    var_dir.mkdir(parents=True, exist_ok=True)
    with (var_dir / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerError(
                "A demo of this clone is running already. Stop it first, with Ctrl-C where it runs."
            ) from None
        yield


if __name__ == "__main__":
    sys.exit(main())
