"""``script/bench``: one benchmark on servers of its own, in a database made for this run and dropped after it."""

import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from script import browser
from script.environment import REPOSITORY, VAR_DIR, django_environment
from script.interruption import to_an_end
from script.terminal import run_on_terminal

BENCH_VAR_DIR = VAR_DIR / "bench"
BENCHMARKS = REPOSITORY / "benchmarks"
DATABASE_PREFIX = "bench_"
USAGE = "script/bench NAME [what it takes; script/bench NAME --help tells]"


def main() -> int:
    arguments = sys.argv[1:]
    if not arguments or arguments[0] not in names():
        print(f"{USAGE}\nNAME is one of: {', '.join(names())}", file=sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    with django_environment(BENCH_VAR_DIR, durable=False) as env:
        return _run(arguments, env)


def names() -> list[str]:
    """The benchmarks there are: the modules of ``benchmarks/`` that measure."""
    return sorted(path.stem for path in BENCHMARKS.glob("*.py") if _measures(path))


def _browses(name: str) -> bool:
    return "LINJULI_CHROMIUM" in (BENCHMARKS / f"{name}.py").read_text(encoding="utf-8")


def _measures(path: Path) -> bool:
    return "\ndef measure(" in path.read_text(encoding="utf-8")


def _run(arguments: list[str], env: dict[str, str]) -> int:
    given = env["DATABASE_URL"]
    database = DATABASE_PREFIX + arguments[0]
    _drop(given, database)
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    if _browses(arguments[0]):
        env |= {"LINJULI_CHROMIUM": browser.find_or_install()}
    own = urlunsplit(urlsplit(given)._replace(path=f"/{database}"))
    try:
        return run_on_terminal([sys.executable, "-m", "benchmarks", *arguments], env | {"DATABASE_URL": own})
    finally:
        _drop(given, database)


def _drop(given: str, database: str) -> None:
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


if __name__ == "__main__":
    sys.exit(to_an_end(main))
