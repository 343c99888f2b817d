"""``script/fuzz``: schemathesis over both documents of the API, with other requests in each round, as long as is asked.

The tests are those of CI (``tests/partners/test_fuzz*.py``), with all checks and more examples of each operation and
more stories. It ends with the first round that finds something, and says how that one is run again.
"""

import argparse
import secrets
import sys
import time

from script.environment import VAR_DIR, django_environment
from script.interruption import to_an_end
from script.terminal import run_on_terminal

FUZZ_VAR_DIR = VAR_DIR / "fuzz"
TESTS = ["tests/partners/test_fuzz.py", "tests/partners/test_fuzz_stories.py"]
# Of each operation and kind, in one round; a round takes a few minutes.
EXAMPLES = 30


def main() -> int:
    asked = _asked(sys.argv[1:])
    with django_environment(FUZZ_VAR_DIR, durable=False) as env:
        return _rounds(asked, env | {"FUZZ_EXAMPLES": str(asked.examples)})


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="begin no further round after so long (10)")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help=f"of each operation in a round ({EXAMPLES})")
    parser.add_argument("--seed", type=int, help="run this one round")
    return parser.parse_args(arguments)


def _rounds(asked: argparse.Namespace, env: dict[str, str]) -> int:
    ends, made = time.monotonic() + asked.minutes * 60, 0
    seed = secrets.randbelow(2**32) if asked.seed is None else asked.seed
    while True:
        print(f"Round {made + 1}, seed {seed}", flush=True)
        # The database is built by the first round.
        database = "--reuse-db" if made else "--create-db"
        how = ["-n", "2", "-q", "--show-capture=no", database, f"--hypothesis-seed={seed}"]
        command = [sys.executable, "-m", "pytest", *how, *TESTS]
        if code := run_on_terminal(command, env):
            print(f"Again: script/fuzz --seed {seed} --examples {asked.examples}", file=sys.stderr)
            return code
        made, seed = made + 1, seed + 1
        if asked.seed is not None or time.monotonic() >= ends:
            return 0


if __name__ == "__main__":
    sys.exit(to_an_end(main))
