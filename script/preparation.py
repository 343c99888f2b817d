"""What stands between started servers and a served page: the management commands that prepare the demo."""

import sys
import time
from pathlib import Path

from script.embedded.account import ServerError
from script.environment import REPOSITORY
from script.processes import Process, ProcessGroup

# What is shown meanwhile, and the command. All of them do nothing, quickly, when there is nothing to do.
STEPS: list[tuple[str, list[str]]] = [
    ("Compiling texts", ["messages", "--compile"]),
    ("Migrating the database", ["migrate_schemas", "--noinput"]),
    ("Loading the demo", ["load_demo"]),
]
LOGINS = ["demo_logins"]


def management_command(arguments: list[str]) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def prepare(env: dict[str, str], log_folder: Path) -> None:
    """Run every step; a step that fails ends it all and shows what it said."""
    for label, arguments in STEPS:
        run_step(label, arguments, env, log_folder / f"{arguments[0]}.log")


def run_step(label: str, arguments: list[str], env: dict[str, str], log: Path) -> str:
    """Run one management command while showing that time passes; answers what it printed."""
    print(f"{label} ", end="", flush=True)
    began = time.monotonic()
    with ProcessGroup() as group:
        process = group.add(Process(label, management_command(arguments), env=env, cwd=REPOSITORY, log=log))
        while process.wait(1) is None:
            print(".", end="", flush=True)
    print(f" {time.monotonic() - began:.1f} s")
    if process.exit_code:
        raise ServerError(f"manage.py {' '.join(arguments)} failed:\n{process.last_words(40)}\n(all of it: {log})")
    return log.read_text()
