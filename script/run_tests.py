"""``script/test``: the whole suite on servers, files and a browser of its own, beside whatever the demo holds."""

import sys

from script import browser
from script.embedded.account import ServerError
from script.environment import VAR_DIR, django_environment
from script.interruption import Interrupted, raise_when_asked_to_end
from script.preparation import COMPILE_TEXTS, management_command
from script.terminal import run_on_terminal

TEST_VAR_DIR = VAR_DIR / "test"
WORKERS = "2"


def main() -> int:
    raise_when_asked_to_end()
    try:
        chromium = browser.find_or_install()
        with django_environment(TEST_VAR_DIR, durable=False) as env:
            return _run(sys.argv[1:], env | {"LINJULI_CHROMIUM": chromium})
    except Interrupted:
        return 130
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1


def _run(arguments: list[str], env: dict[str, str]) -> int:
    compile_texts = management_command(COMPILE_TEXTS)
    return run_on_terminal(compile_texts, env) or run_on_terminal(_pytest(arguments), env)


def _pytest(arguments: list[str]) -> list[str]:
    """In parallel for the whole suite; whoever names a number of processes, or debugs, decides otherwise."""
    chosen = any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)
    return [sys.executable, "-m", "pytest", *([] if chosen else ["-n", WORKERS]), *arguments]


if __name__ == "__main__":
    sys.exit(main())
