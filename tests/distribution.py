"""Which worker of a parallel run tests what: a file stays whole, and so does a folder that sets up something dear.

What takes longest comes first, so that all workers are busy to the end. Where ``-n0`` is given only the order counts.
"""

import pytest
from xdist.scheduler import LoadFileScheduling

# The demo is loaded, and a web server, a worker and a browser are started, once for the folder and not in each worker.
WHOLE = ("tests/demo/", "tests/journeys/")
FIRST = (*WHOLE, "tests/worker/", "tests/registry/", "tests/script/", "tests/oversight/", "tests/architecture/")


class SlowFirst(LoadFileScheduling):
    """One folder, or one file, after the other, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in WHOLE if nodeid.startswith(folder)), super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SlowFirst:
    config.option.loadscopereorder = False
    return SlowFirst(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    return next((place for place, folder in enumerate(FIRST) if nodeid.startswith(folder)), len(FIRST))
