"""Who the servers run as: the caller, or ``nobody`` when the caller is root (PostgreSQL refuses to run as root)."""

import os
import pwd
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

UNPRIVILEGED = "nobody"


class ServerError(Exception):
    """The servers cannot be brought up; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """A user of this machine under which servers run. ``uid`` is None for the caller's own account."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def for_servers(cls) -> "Account":
        """The caller, or ``nobody`` for root. Creates no account and changes none."""
        if os.geteuid() != 0:
            return cls()
        try:
            entry = pwd.getpwnam(UNPRIVILEGED)
        except KeyError:
            raise ServerError(f"Running as root needs an account named {UNPRIVILEGED!r} for the servers.") from None
        return cls(uid=entry.pw_uid, gid=entry.pw_gid)

    def run(
        self, command: Iterable[object], *, cwd: Path, output: Path, extra_env: dict[str, str] | None = None
    ) -> int:
        """Run to the end as this account and answer the exit code.

        Output goes to a file, never to a pipe: a server that stays behind would hold a pipe open for ever.
        """
        with output.open("ab") as log:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=cwd,
                env=server_environment() | (extra_env or {}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
                **self._identity(),
            )
        return done.returncode

    def ask(self, command: Iterable[object], *, cwd: Path | str = "/") -> subprocess.CompletedProcess[str]:
        """Run a short command that leaves nothing behind, as this account, and answer what it said."""
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=server_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self._identity(),
        )

    def give(self, path: Path) -> None:
        """Make this account the owner of a path that we have just created."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def let_through(self, folder: Path) -> None:
        """Let this account pass through a folder that stays the caller's, so that it can plant nothing there."""
        if self.gid is not None:
            os.chown(folder, -1, self.gid)
            folder.chmod(0o710)

    def private_folder(self, path: Path) -> Path:
        """A folder that only this account (and root) can look into; made when it is not there yet."""
        if not path.exists():
            path.mkdir(mode=0o700)
            self.give(path)
        return path

    def _identity(self) -> dict:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_environment() -> dict[str, str]:
    """The same few variables on every machine, so that a caller's LANG, PGDATA or PGPORT changes nothing."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C", "TZ": "UTC"}
