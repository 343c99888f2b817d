"""What stands between started servers and a served page: the management commands that prepare the demo.

They run in one process, ``python -m script.preparation``, because every start of Django takes more than a second.
"""

import contextlib
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import django
from django.core.management import call_command
from django.core.management.base import CommandError

COMPILE_TEXTS = ["messages", "--compile"]

# What is shown meanwhile, and the command. All of them do nothing, quickly, when there is nothing to do.
STEPS: list[tuple[str, list[str]]] = [
    ("Compiling texts", COMPILE_TEXTS),
    ("Migrating the database", ["migrate_schemas", "--noinput"]),
    ("Checking the database", ["check", "--database", "default"]),
    ("Loading the demo", ["load_demo"]),
]
LOGINS = ["demo_logins"]


def main() -> int:
    """Run all of it. Progress goes to the terminal, what the commands say to a log."""
    folder = Path(os.environ["VAR_DIR"]) / "log"
    folder.mkdir(parents=True, exist_ok=True)
    terminal, log_path = sys.stdout, folder / "preparation.log"
    with log_path.open("w") as log, contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
        try:
            _run_steps(terminal, logins_file(folder))
        except CommandError as error:
            print(f"failed.\n{error}\n(what led to it: {log_path})", file=terminal)
            return 1
        except (Exception, SystemExit):  # noqa: BLE001 - whatever else a command raises is shown and ends the run
            traceback.print_exc()
            log.flush()
            last_words = "\n".join(log_path.read_text().splitlines()[-25:])
            print(f"failed.\n{last_words}\n(all of it: {log_path})", file=terminal)
            return 1
    return 0


def logins_file(log_folder: Path) -> Path:
    """Where the table of the demo's logins is kept for whoever prints it."""
    return log_folder / "demo_logins.txt"


def management_command(arguments: list[str]) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def _run_steps(terminal: TextIO, logins: Path) -> None:
    django.setup()
    for label, arguments in STEPS:
        with _shown(label, terminal):
            call_command(*arguments)
    with logins.open("w") as table:
        call_command(*LOGINS, stdout=table)


@contextlib.contextmanager
def _shown(label: str, terminal: TextIO) -> Iterator[None]:
    """Show what is going on, a dot each second, and how long it took."""
    print(f"{label} ", end="", file=terminal, flush=True)
    done = threading.Event()

    def tick() -> None:
        while not done.wait(1):
            print(".", end="", file=terminal, flush=True)

    ticking = threading.Thread(target=tick, daemon=True)
    ticking.start()
    began = time.monotonic()
    try:
        yield
    finally:
        done.set()
        ticking.join()
    print(f" {time.monotonic() - began:.1f} s", file=terminal, flush=True)


if __name__ == "__main__":
    sys.exit(main())
