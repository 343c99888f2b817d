"""``script/test``: the whole suite on servers, files and a browser of its own, beside whatever the demo holds."""

import shutil
import sys
from pathlib import Path

from script import browser, office
from script.embedded import servers
from script.environment import VAR_DIR, django_environment
from script.interruption import to_an_end
from script.preparation import COMPILE_TEXTS, management_command
from script.terminal import run_on_terminal

TEST_VAR_DIR = VAR_DIR / "test"
WORKERS = "2"
LIFE = "life-"


def main() -> int:
    programs = {
        "LINJULI_CHROMIUM": browser.find_or_install(),
        "LINJULI_SOFFICE": office.find_or_install(),
    }
    with django_environment(TEST_VAR_DIR, durable=False) as env:
        try:
            return _run(sys.argv[1:], env | programs)
        finally:
            _clear_what_an_interrupted_run_left()


def life_folder(worker: str) -> Path:
    """Where the tests of the servers' life, in one of pytest's workers, have servers of their own."""
    return TEST_VAR_DIR / f"{LIFE}{worker}"


def _clear_what_an_interrupted_run_left() -> None:
    for folder in TEST_VAR_DIR.glob(f"{LIFE}*"):
        servers.discard(folder)
        shutil.rmtree(folder)


def _run(arguments: list[str], env: dict[str, str]) -> int:
    compile_texts = management_command(COMPILE_TEXTS)
    return run_on_terminal(compile_texts, env) or run_on_terminal(_pytest(arguments), env)


def _pytest(arguments: list[str]) -> list[str]:
    """In parallel for the whole suite; whoever names a number of processes, or debugs, decides otherwise."""
    chosen = any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)
    return [sys.executable, "-m", "pytest", *([] if chosen else ["-n", WORKERS]), *arguments]


if __name__ == "__main__":
    sys.exit(to_an_end(main))
