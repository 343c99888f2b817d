"""Servers of these tests' own, in folders that vanish afterwards."""

import pytest

from script.embedded import servers


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory):
    """A place such as ``var/``, in which the servers' account may work."""
    folder = tmp_path_factory.mktemp("life") / "var"
    yield folder
    servers.discard(folder)
