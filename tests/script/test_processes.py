"""Processes that were started together leave nothing behind, however they end."""

import os
import sys
import time
from pathlib import Path

import pytest

from script.processes import Process, ProcessGroup

LEAVES_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def start(tmp_path):
    """Starts a Python with a few lines; ends it if the test has not."""
    with ProcessGroup() as group:

        def start_one(lines):
            command = [sys.executable, "-c", lines]
            return group.add(Process("one", command, env=dict(os.environ), cwd=tmp_path, log=tmp_path / "log"))

        start_one.group = group
        yield start_one


def said(process):
    deadline = time.monotonic() + 10
    while not process.last_words():
        assert time.monotonic() < deadline, "it said nothing"
        time.sleep(0.05)
    return process.last_words()


def alive(pid):
    """A process that has ended but was not yet fetched by its parent counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_child_of_a_child_does_not_outlive_the_group(start):
    grandchild = int(said(start(LEAVES_A_CHILD)))
    assert alive(grandchild)

    start.group.stop()

    deadline = time.monotonic() + 5
    while alive(grandchild):
        assert time.monotonic() < deadline, "the child of the child is still there"
        time.sleep(0.05)


def test_one_that_ends_by_itself_is_noticed_with_its_last_words(start):
    process = start("import sys; print('no more paper'); sys.exit(3)")

    assert process.wait(10) == 3
    assert start.group.ended() is process
    assert process.last_words() == "no more paper"
