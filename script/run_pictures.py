"""``script/pictures``: the README's pictures, taken of the demo, with servers, data and a day of their own.

They are taken by ``python -m script.picture_taking``, in one process whose clock stands on that day.
"""

import sys

from script.embedded import servers
from script.environment import VAR_DIR, django_environment, uses_embedded_servers
from script.interruption import to_an_end
from script.terminal import run_on_terminal

PICTURES_VAR_DIR = VAR_DIR / "pictures"


def main() -> int:
    if not uses_embedded_servers():
        print(
            "Unset DATABASE_URL and REDIS_URL: the pictures are taken of data that nobody else changes.",
            file=sys.stderr,
        )
        return 2
    PICTURES_VAR_DIR.mkdir(parents=True, exist_ok=True)
    servers.discard(PICTURES_VAR_DIR)
    with django_environment(PICTURES_VAR_DIR, durable=False) as env:
        return run_on_terminal([sys.executable, "-m", "script.picture_taking", *sys.argv[1:]], env)


if __name__ == "__main__":
    sys.exit(to_an_end(main))
