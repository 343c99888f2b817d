"""``script/manage``: one management command, with the demo's servers there while it runs."""

import sys

from script.embedded.account import ServerError
from script.environment import VAR_DIR, django_environment
from script.interruption import Interrupted, raise_when_asked_to_end
from script.preparation import management_command
from script.terminal import run_on_terminal


def main() -> int:
    raise_when_asked_to_end()
    try:
        with django_environment(VAR_DIR) as env:
            return run_on_terminal(management_command(sys.argv[1:]), env)
    except Interrupted:
        return 130
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
