"""PostgreSQL and Valkey together: who needs them joins, and the last to leave stops them.

The demo, a management command and a developer may use the same pair at once. Everybody who does holds a shared lock on
``var/servers.users``; the kernel lets go of it even when a process is killed, so no count can be left wrong.
"""

import contextlib
import fcntl
import json
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from script.embedded.account import ServerError
from script.embedded.home import Home, find_home
from script.embedded.ports import free_port
from script.embedded.postgres import Postgres
from script.embedded.valkey import Valkey


@dataclass
class Credentials:
    """Chosen once for each pair of servers and kept with its data, readable by the caller alone."""

    postgres_port: int
    postgres_password: str
    valkey_port: int
    valkey_password: str


class Servers:
    """The pair that belongs to ``var_dir``."""

    def __init__(self, var_dir: Path, *, durable: bool = True) -> None:
        self.var_dir = var_dir
        var_dir.mkdir(parents=True, exist_ok=True)
        self.home: Home = find_home(var_dir)
        self.credentials = self._read_or_choose()
        chosen = self.credentials
        self.postgres = Postgres(
            self.home, port=chosen.postgres_port, password=chosen.postgres_password, durable=durable
        )
        self.valkey = Valkey(self.home, port=chosen.valkey_port, password=chosen.valkey_password)

    def start(self) -> None:
        """Bring both up; does nothing where they are up already."""
        self.valkey.start()
        self.postgres.start()
        self.credentials.postgres_port, self.credentials.valkey_port = self.postgres.port, self.valkey.port
        self._write(self.credentials)

    def stop(self) -> None:
        self.postgres.stop()
        self.valkey.stop()

    @property
    def urls(self) -> dict[str, str]:
        return {"DATABASE_URL": self.postgres.url, "REDIS_URL": self.valkey.url}

    @property
    def _credentials_file(self) -> Path:
        return self.home.path / "credentials.json"

    def _read_or_choose(self) -> Credentials:
        if self._credentials_file.exists():
            return Credentials(**json.loads(self._credentials_file.read_text()))
        chosen = Credentials(free_port(), secrets.token_hex(16), free_port(), secrets.token_hex(16))
        self._write(chosen)
        return chosen

    def _write(self, credentials: Credentials) -> None:
        half_written = self._credentials_file.with_suffix(".new")
        half_written.touch(mode=0o600)
        half_written.write_text(json.dumps(asdict(credentials)))
        half_written.rename(self._credentials_file)


@contextlib.contextmanager
def joined(var_dir: Path, *, durable: bool = True) -> Iterator[Servers]:
    """Use the servers of ``var_dir``: started when nobody has, stopped when nobody is left who uses them."""
    var_dir.mkdir(parents=True, exist_ok=True)
    with (var_dir / "servers.users").open("w") as users:
        with _one_at_a_time(var_dir):
            fcntl.flock(users, fcntl.LOCK_SH)
            servers = Servers(var_dir, durable=durable)
        try:
            with _one_at_a_time(var_dir):
                servers.start()
            yield servers
        finally:
            with _one_at_a_time(var_dir):
                if _nobody_else(users) and not _kept(var_dir).exists():
                    servers.stop()


def keep(var_dir: Path, *, durable: bool = True) -> Servers:
    """Start the servers and leave them running until ``discard`` or ``release``: for developing by hand."""
    with joined(var_dir, durable=durable) as servers:
        _kept(var_dir).touch()
    return servers


def release(var_dir: Path) -> None:
    """Let go of servers that were kept; they stop as soon as nobody uses them, which may be now."""
    _kept(var_dir).unlink(missing_ok=True)
    with joined(var_dir):
        pass


def discard(var_dir: Path) -> None:
    """Stop the servers and delete their data. Refuses while somebody uses them."""
    var_dir.mkdir(parents=True, exist_ok=True)
    with (var_dir / "servers.users").open("w") as users, _one_at_a_time(var_dir):
        if not _nobody_else(users):
            raise ServerError("The servers are in use (a demo or a command of this clone is running). Stop it first.")
        servers = Servers(var_dir)
        servers.stop()
        shutil.rmtree(servers.home.path)
        _kept(var_dir).unlink(missing_ok=True)


def _kept(var_dir: Path) -> Path:
    return var_dir / "servers.kept"


def _nobody_else(users: TextIO) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _one_at_a_time(var_dir: Path) -> Iterator[None]:
    with (var_dir / "servers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
