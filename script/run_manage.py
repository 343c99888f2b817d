"""``script/manage``: one management command, with the demo's servers there while it runs."""

import sys

from script.environment import VAR_DIR, django_environment
from script.interruption import to_an_end
from script.preparation import management_command
from script.terminal import run_on_terminal


def main() -> int:
    with django_environment(VAR_DIR) as env:
        return run_on_terminal(management_command(sys.argv[1:]), env)


if __name__ == "__main__":
    sys.exit(to_an_end(main))
