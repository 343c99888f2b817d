"""One Valkey: started, asked, stopped. Keeps every write in its append-only file and never throws a key away."""

import contextlib
import os
import time

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from script.embedded.account import ServerError
from script.embedded.home import Home
from script.embedded.ports import free_port

PATIENCE_SECONDS = 20


class Valkey:
    """The server in ``home``."""

    def __init__(self, home: Home, *, port: int, password: str) -> None:
        self.home = home
        self.port = port
        self.password = password
        self.folder = home.account.private_folder(home.path / "valkey")
        self.data = home.account.private_folder(self.folder / "data")
        self.log = self.folder / "server.log"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def running(self) -> bool:
        """Whether this very server answers on its port."""
        try:
            with self._client() as client:
                return os.path.realpath(client.config_get("dir")["dir"]) == os.path.realpath(self.data)
        except redis.RedisError:
            return False

    def start(self) -> None:
        """Bring the server up; does nothing where it is up already."""
        if self.running():
            return
        self.port = free_port(self.port)
        command = [self.home.valkey_server, self._write_configuration()]
        self.home.account.run(command, cwd=self.folder, output=self.home.path / "valkey-control.log")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.running():
            if time.monotonic() > deadline:
                raise ServerError(f"Valkey did not start; see {self.log}.")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop the server after it has written what it holds."""
        if not self.running():
            return
        with contextlib.suppress(redis.RedisError), self._client() as client:
            client.shutdown()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.running():
            if time.monotonic() > deadline:
                raise ServerError(f"Valkey did not stop; see {self.log}.")
            time.sleep(0.05)

    def _client(self) -> redis.Redis:
        """Asks once: the client's own patience would make finding out that nobody answers take seconds."""
        return redis.Redis(
            host="127.0.0.1",
            port=self.port,
            password=self.password,
            decode_responses=True,
            socket_timeout=5,
            retry=Retry(NoBackoff(), 0),
        )

    def _write_configuration(self) -> str:
        """The password stands in a file only the account can read: a command line is everybody's to see."""
        path = self.home.path / "valkey.conf"
        lines = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.password,
            "dir": f'"{self.data}"',
            "logfile": f'"{self.log}"',
            "daemonize": "yes",
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
        }
        path.touch(mode=0o600)
        path.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
        self.home.account.give(path)
        return str(path)
