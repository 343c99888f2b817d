"""``script/sweep``: every page of the product in a browser, in every state: empty, normal and far too full, each in
both languages, in normal and in large letters, and with what each form complains of.

It is the walk of ``tests/journeys/test_width.py``, which in the suite goes through each page's emptiest and fullest
state only, and the stories of ``tests/journeys`` with somebody beside who looks at each kind of page they come by.
It prints what was looked at; what pytest takes may be given: ``script/sweep -k "residents and empty"``.
"""

import sys

from script import browser
from script.environment import VAR_DIR, django_environment
from script.interruption import to_an_end
from script.preparation import COMPILE_TEXTS, management_command
from script.terminal import run_on_terminal

SWEEP_VAR_DIR = VAR_DIR / "sweep"
TESTS = "tests/journeys"


def main() -> int:
    chosen = {"LINJULI_CHROMIUM": browser.find_or_install(), "EVERY_STATE": "1"}
    with django_environment(SWEEP_VAR_DIR, durable=False) as env:
        pytest = [sys.executable, "-m", "pytest", "-n0", "-q", "-s", "--create-db", TESTS, *sys.argv[1:]]
        compile_texts = management_command(COMPILE_TEXTS)
        return run_on_terminal(compile_texts, env) or run_on_terminal(pytest, env | chosen)


if __name__ == "__main__":
    sys.exit(to_an_end(main))
