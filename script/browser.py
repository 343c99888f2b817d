"""A Chromium for the journeys: one that is installed, else Playwright's, else Debian's; else a clear refusal."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from script.embedded.account import ServerError

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/snap/bin/chromium",
)
DEBIAN_PACKAGES = ["chromium", "fonts-noto-cjk"]


def find_or_install() -> str:
    """The path of a browser that starts. Never answers without one: tests in a browser are not skipped."""
    for attempt in (_given, _installed, _playwrights_own, _download_playwrights, _install_debians):
        if (path := attempt()) and _starts(path):
            return path
    raise ServerError(
        "The tests need Chromium or Google Chrome and found none that starts, nor could they install one.\n"
        "Install one (Debian: apt install chromium fonts-noto-cjk; elsewhere: .venv/bin/playwright install chromium),\n"
        "or name it: LINJULI_CHROMIUM=/path/to/chrome script/test"
    )


def _given() -> str | None:
    path = os.environ.get("LINJULI_CHROMIUM")
    if path and not _starts(path):
        raise ServerError(f"LINJULI_CHROMIUM is set to {path!r}, which does not start.")
    return path


def _installed() -> str | None:
    found = [shutil.which(name) for name in ON_PATH] + [path for path in ELSEWHERE if Path(path).exists()]
    return next((path for path in found if path and _starts(path)), None)


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _download_playwrights() -> str | None:
    print("Found no Chromium; downloading Playwright's (once)", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return _playwrights_own() if subprocess.run(command, check=False).returncode == 0 else None


def _install_debians() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Debian's Chromium (once)", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", *DEBIAN_PACKAGES],
    ):
        if subprocess.run(command, env=env, check=False).returncode:
            return None
    return _installed()


def _starts(path: str) -> bool:
    """A file of that name is not enough: on some systems it is a stub that asks to install a snap."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
