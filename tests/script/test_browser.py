"""Which browser the journeys run in: one that starts, not merely one that has the name."""

import pytest

from script import browser
from script.embedded.account import ServerError


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine on whose PATH there is nothing but what a test installs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("LINJULI_CHROMIUM", raising=False)

    def install(name, *, starts):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\nexit {0 if starts else 1}\n")
        program.chmod(0o755)
        return str(program)

    return install


def test_a_stub_that_does_not_start_is_passed_over(machine):
    machine("chromium", starts=False)
    chrome = machine("google-chrome", starts=True)

    assert browser.find_or_install() == chrome


def test_the_browser_that_was_named_is_taken(machine, monkeypatch):
    machine("chromium", starts=True)
    named = machine("my-own-build", starts=True)
    monkeypatch.setenv("LINJULI_CHROMIUM", named)

    assert browser.find_or_install() == named


def test_a_named_browser_that_does_not_start_is_an_error_and_no_other_is_taken(machine, monkeypatch):
    machine("chromium", starts=True)
    monkeypatch.setenv("LINJULI_CHROMIUM", machine("broken", starts=False))

    with pytest.raises(ServerError, match="does not start"):
        browser.find_or_install()
