"""Finding the office program by which the tests look at the documents that are made, or installing it."""

import os
import shutil
import subprocess
from pathlib import Path

from script.embedded.account import ServerError

ON_PATH = ("soffice", "libreoffice")
ELSEWHERE = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", "/snap/bin/libreoffice")
DEBIAN_PACKAGES = ["libreoffice-writer-nogui"]


def find_or_install() -> str:
    """The path of LibreOffice. Never answers without one: what a document looks like is not skipped."""
    for attempt in (_given, _installed, _install_debians):
        if path := attempt():
            return path
    raise ServerError(
        "The tests open the minutes with LibreOffice and found none, nor could they install one.\n"
        "Install it (Debian: apt install libreoffice-writer-nogui),\n"
        "or name it: LINJULI_SOFFICE=/path/to/soffice script/test"
    )


def _given() -> str | None:
    path = os.environ.get("LINJULI_SOFFICE")
    if path and not Path(path).exists():
        raise ServerError(f"LINJULI_SOFFICE is set to {path!r}, which is not there.")
    return path


def _installed() -> str | None:
    found = [shutil.which(name) for name in ON_PATH] + [path for path in ELSEWHERE if Path(path).exists()]
    return next((path for path in found if path), None)


def _install_debians() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Debian's LibreOffice Writer (once)", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", *DEBIAN_PACKAGES],
    ):
        if subprocess.run(command, env=env, check=False).returncode:
            return None
    return _installed()
