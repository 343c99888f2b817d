"""Running a program on our terminal, as if it had been called itself."""

import contextlib
import signal
import subprocess
from collections.abc import Sequence

from script.environment import REPOSITORY
from script.interruption import Interrupted

PATIENCE_SECONDS = 20


def run_on_terminal(command: Sequence[str], env: dict[str, str]) -> int:
    """Run to the end and answer the exit code.

    The program stays in our process group, so Ctrl-C is its own business (a shell goes on, a loader ends). SIGTERM
    reaches us alone; the program gets it as Ctrl-C, upon which pytest and commands tidy up.
    """
    with subprocess.Popen(command, env=env, cwd=REPOSITORY) as process:
        ours = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            code = process.wait()
        except Interrupted:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_SECONDS)
            process.kill()
            raise
        signal.signal(signal.SIGINT, ours)
    return code if code >= 0 else 128 - code
