"""How the scripts find an interpreter, on machines that are laid out in a folder for the purpose."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "script" / "find_python.sh"
TOOLS = ("bash", "ls", "sort", "cmp", "cat", "grep")


class Machine:
    """A PATH with a few tools, and the Pythons that a test puts there."""

    def __init__(self, folder):
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def has_python(self, path, *, starts=True):
        """A Python at a path below the machine's folder; one that does not start is what a pyenv shim may be."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n' if starts else "#!/bin/sh\nexit 127\n")
        target.chmod(0o755)
        return str(target)

    def runs(self, command, **variables):
        """Source the script and run a command of it; nothing of this machine's own environment gets in."""
        return subprocess.run(
            [self.bin / "bash", "-c", f'root="{self.folder}"; . "{SCRIPT}"; {command}'],
            env={"PATH": str(self.bin), "HOME": str(self.folder), **variables},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_a_python_that_does_not_start_is_passed_over(machine):
    machine.has_python("bin/python3.14", starts=False)
    working = machine.has_python("bin/python3.12")

    assert machine.runs("find_python").stdout.strip() == working


def test_pyenvs_versions_are_found_when_its_shims_do_not_start(machine):
    machine.has_python("bin/python3", starts=False)
    working = machine.has_python(".pyenv/versions/3.13.0/bin/python3")

    assert machine.runs("find_python").stdout.strip() == working


def test_pyenv_may_live_elsewhere(machine):
    working = machine.has_python("opt/pyenv/versions/3.12.9/bin/python3")

    found = machine.runs("find_python", PYENV_ROOT=str(machine.folder / "opt/pyenv"))

    assert found.stdout.strip() == working


def test_the_python_that_was_named_is_taken(machine):
    machine.has_python("bin/python3.14")
    named = machine.has_python("somewhere/else/python")

    assert machine.runs("find_python", PYTHON=named).stdout.strip() == named


def test_a_named_python_that_does_not_start_is_an_error_and_no_other_is_taken(machine):
    machine.has_python("bin/python3.14")
    named = machine.has_python("somewhere/else/python", starts=False)

    answer = machine.runs("find_python", PYTHON=named)

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert named in answer.stderr


def test_without_any_python_the_message_says_what_to_do(machine):
    answer = machine.runs("prepare_venv")

    assert answer.returncode == 1
    assert "Install one" in answer.stderr
    assert not (machine.folder / ".venv").exists()


def test_an_environment_that_holds_what_is_locked_is_left_alone(machine):
    lock_file = machine.folder / "requirements.txt"
    lock_file.write_text("something==1.0\n")
    machine.has_python(".venv/bin/python")
    shutil.copy(lock_file, machine.folder / ".venv" / "installed-requirements.txt")

    answer = machine.runs(f'prepare_venv "{lock_file}"')

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
