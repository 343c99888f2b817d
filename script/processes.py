"""Processes that live as long as we do: started together, watched, stopped together with all their children."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

PATIENCE_SECONDS = 10
PR_SET_PDEATHSIG = 1


class Process:
    """One running program in a session of its own, so that Ctrl-C reaches us first and we decide the order."""

    def __init__(
        self, name: str, command: Sequence[str], *, env: dict[str, str], cwd: Path, log: Path | None = None
    ) -> None:
        self.name = name
        self.log = log
        with self._output() as output:
            self._popen = subprocess.Popen(
                command,
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - we have one thread
            )

    def _output(self) -> contextlib.AbstractContextManager[IO[bytes] | None]:
        """The log; without one, what it says goes where we speak ourselves."""
        if self.log is None:
            return contextlib.nullcontext()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        return self.log.open("wb")

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._popen.poll()

    def ask_to_end(self) -> None:
        self._popen.terminate()

    def wait(self, seconds: float) -> int | None:
        """The exit code, or None when it still runs after so many seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._popen.wait(seconds)
        return None

    def end(self, deadline: float) -> None:
        """Wait until it has gone; at the deadline kill it. Children that it left behind go with it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()

    def last_words(self, lines: int = 20) -> str:
        if self.log is None:
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class ProcessGroup:
    """Processes that are stopped, the last one first, when the ``with`` block is left."""

    def __init__(self) -> None:
        self.members: list[Process] = []

    def __enter__(self) -> "ProcessGroup":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def add(self, process: Process) -> Process:
        self.members.append(process)
        return process

    def ended(self) -> Process | None:
        """A member that has ended by itself, if any."""
        return next((process for process in self.members if process.exit_code is not None), None)

    def stop(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        for process in self.members:
            process.ask_to_end()
        for process in reversed(self.members):
            process.end(deadline)
        self.members.clear()


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """In the child: should we be killed outright, the kernel asks it to end."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
