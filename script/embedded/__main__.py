"""``python -m script.embedded keep|release|discard``: the servers by hand, for those who develop.

``keep`` starts them, leaves them running and prints the environment as shell lines, to be used with ``eval``.
"""

import argparse
import shlex
import sys

from script.embedded import servers
from script.embedded.account import ServerError
from script.environment import VAR_DIR, local_settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m script.embedded", description=__doc__)
    parser.add_argument("action", choices=["keep", "release", "discard"])
    action = parser.parse_args().action
    try:
        if action == "keep":
            kept = servers.keep(VAR_DIR)
            for name, value in (local_settings(VAR_DIR) | kept.urls).items():
                print(f"export {name}={shlex.quote(value)}")
        elif action == "release":
            servers.release(VAR_DIR)
        else:
            servers.discard(VAR_DIR)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
