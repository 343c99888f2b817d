"""Servers of these tests' own, in a folder that vanishes afterwards."""

import shutil

import pytest

from script.embedded import servers
from script.run_tests import life_folder


@pytest.fixture(scope="module")
def var_dir(worker_id):
    """A place such as ``var/``. An interrupted run may have left servers there; they go first."""
    folder = life_folder(worker_id)
    servers.discard(folder)
    yield folder
    servers.discard(folder)
    shutil.rmtree(folder)
