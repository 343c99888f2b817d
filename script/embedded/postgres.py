"""One PostgreSQL cluster: made once, started, asked, stopped. Listens on 127.0.0.1 with a password, nowhere else."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

import psycopg

from script.embedded.account import ServerError
from script.embedded.home import Home
from script.embedded.ports import free_port

USER = DATABASE = "linjuli"
# Trigrams of Chinese text exist only where the C library calls 物 a letter, whatever the builtin provider says
# (PostgreSQL 18 asks LC_CTYPE); systems differ in the name of a UTF-8 locale that is always there.
UTF8_LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "zh_CN.UTF-8", "UTF-8")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_locks_per_transaction": "256",  # one statement may touch the tables of many compounds
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # As for a thousand compounds, whose catalogs alone are hundreds of MB; memory is taken only as far as it is used.
    "shared_buffers": "1GB",
}
ACCEPTING, REJECTING, NO_ANSWER = 0, 1, 2  # what pg_isready answers
PATIENCE_SECONDS = 60


class Postgres:
    """The cluster in ``home``. ``durable=False`` is for data that may be lost, such as a test database."""

    def __init__(self, home: Home, *, port: int, password: str, durable: bool = True) -> None:
        self.home = home
        self.port = port
        self.password = password
        self.durable = durable
        self.folder = home.account.private_folder(home.path / "postgres")
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"

    @property
    def url(self) -> str:
        return f"postgres://{USER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def running(self) -> bool:
        """Whether this very cluster answers on its port; a cluster that is still recovering is waited for."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (state := self._ask()) == REJECTING and time.monotonic() < deadline:
            time.sleep(0.1)
        return state == ACCEPTING and self._is_ours()

    def start(self) -> None:
        """Bring the cluster up and its database into being; does nothing where that is so already."""
        if self.running():
            return
        self._initialise()
        self._clear_what_a_killed_server_left()
        self.port = free_port(self.port)
        settings = SETTINGS | {"port": str(self.port)} | ({} if self.durable else NOT_DURABLE)
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        command = self._program("pg_ctl", "start", "-w", "-t", PATIENCE_SECONDS, "-l", self.log, "-o", options)
        if self.home.account.run(command, cwd=self.folder, output=self._notes()) or not self.running():
            raise ServerError(f"PostgreSQL did not start. Its last words, from {self.log}:\n{_tail(self.log)}")
        self._create_database()

    def stop(self) -> None:
        """Stop the cluster, cutting connections that are still open."""
        if (self.data / "postmaster.pid").exists():
            command = self._program("pg_ctl", "stop", "-m", "fast", "-w", "-t", PATIENCE_SECONDS)
            self.home.account.run(command, cwd=self.folder, output=self._notes())
        self._clear_what_a_killed_server_left()

    def server_processes(self) -> list[int]:
        """Every process that works in the data folder (they all change into it). Linux only; elsewhere empty.

        Asked as the servers' account: in a container even root may not look at another account's processes.
        """
        listing = 'for p in /proc/[0-9]*; do if [ "$p/cwd" -ef "$1" ]; then echo "${p##*/}"; fi; done'
        return [int(pid) for pid in self.home.account.ask(["/bin/sh", "-c", listing, "sh", self.data]).stdout.split()]

    def _program(self, name: str, *arguments: object) -> list[object]:
        return [self.home.postgres_bin / name, "-D", self.data, *arguments]

    def _notes(self) -> Path:
        return self.home.path / "postgres-control.log"

    def _ask(self) -> int:
        command = [self.home.postgres_bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "3"]
        return self.home.account.ask(command).returncode

    def _connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=self.password,
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )

    def _is_ours(self) -> bool:
        """The port may meanwhile belong to somebody else's PostgreSQL."""
        with contextlib.suppress(psycopg.OperationalError), self._connect() as connection:
            row = connection.execute("SHOW data_directory").fetchone()
            return row is not None and os.path.realpath(row[0]) == os.path.realpath(self.data)
        return False

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there when it is whole: no half-made one is ever used."""
        if self.data.exists():
            return
        half_made = self.folder / "data.new"
        for locale in UTF8_LOCALES:
            shutil.rmtree(half_made, ignore_errors=True)
            if self._initdb(half_made, locale):
                half_made.rename(self.data)
                return
        raise ServerError(f"initdb failed. Its last words, from {self._notes()}:\n{_tail(self._notes())}")

    def _initdb(self, target: Path, locale: str) -> bool:
        password_file = self.home.path / "initial-password"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        self.home.account.give(password_file)
        command = [
            self.home.postgres_bin / "initdb",
            *("-D", target, "-U", USER, f"--pwfile={password_file}", "--auth=scram-sha-256", "-E", "UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={locale}"),
            *([] if self.durable else ["--no-sync"]),
        ]
        try:
            return self.home.account.run(command, cwd=self.folder, output=self._notes()) == 0
        finally:
            password_file.unlink()

    def _clear_what_a_killed_server_left(self) -> None:
        """After a kill -9 of the postmaster: end its children, and forget a pid that others may carry by now.

        PostgreSQL itself refuses to start while the pid in its file lives, even as another program of the same user.
        """
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        postmaster = int(pid_file.read_text().split()[0])
        deadline = time.monotonic() + PATIENCE_SECONDS
        while alive := self.server_processes():
            if postmaster not in alive:
                for pid in alive:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGQUIT)
            if time.monotonic() > deadline:
                raise ServerError(f"A PostgreSQL (process {postmaster}) holds {self.data} and does not answer; end it.")
            time.sleep(0.1)
        if Path("/proc/self/cwd").exists():
            pid_file.unlink(missing_ok=True)

    def _create_database(self) -> None:
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")


def _tail(path: Path, lines: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else "(nothing)"
