"""The environment in which Django runs on this machine: where its servers are, its secret, its folder for files."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from script.embedded import servers

REPOSITORY = Path(__file__).resolve().parent.parent
VAR_DIR = REPOSITORY / "var"
GIVEN_BY_CALLER = ("DATABASE_URL", "REDIS_URL")


def uses_embedded_servers() -> bool:
    """False when the caller has servers of their own: then nothing of ours is started."""
    given = [name for name in GIVEN_BY_CALLER if os.environ.get(name)]
    if len(given) == 1:
        raise servers.ServerError(f"Only {given[0]} is set: set both of {' and '.join(GIVEN_BY_CALLER)}, or neither.")
    return not given


@contextlib.contextmanager
def django_environment(var_dir: Path, *, durable: bool = True) -> Iterator[dict[str, str]]:
    """The variables for Django's processes; the servers they name are up while this context is open."""
    if not uses_embedded_servers():
        yield os.environ | local_settings(var_dir)
        return
    with servers.joined(var_dir, durable=durable) as pair:
        yield os.environ | local_settings(var_dir) | pair.urls


def local_settings(var_dir: Path) -> dict[str, str]:
    """What a local run sets besides the servers. What the caller has set stays as it is."""
    chosen = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": _secret_key(var_dir),
        "DEMO": "1",
        "VAR_DIR": str(var_dir),
        "PYTHONUTF8": "1",  # under LANG=C Python would read and print ASCII only
    }
    return {name: os.environ.get(name) or value for name, value in chosen.items()}


def _secret_key(var_dir: Path) -> str:
    """Made once, so that a login survives a restart; readable by the caller alone."""
    path = var_dir / "secret_key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
