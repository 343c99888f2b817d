"""Which worker of a parallel run tests what: a file stays whole, and so does a folder that sets up something dear.

What takes longest comes first, so that all workers are busy to the end. Where ``-n0`` is given only the order counts.
"""

from collections import defaultdict

import pytest
from xdist.scheduler import LoadFileScheduling

# The demo is loaded, and a web server, a worker and a browser are started, once for the folder and not in each worker.
WHOLE = ("tests/demo/", "tests/journeys/")
FIRST = (*WHOLE, "tests/worker/", "tests/registry/", "tests/script/", "tests/oversight/", "tests/architecture/")

# Seconds; a run of a few files says enough by itself.
_WORTH_TELLING = 120


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where the time went: the suite stays below ten minutes on two cores, and this tells what to make cheaper."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid.partition("::")[0]] += report.duration
    if sum(seconds.values()) < _WORTH_TELLING:
        return
    terminalreporter.section("seconds by file")
    for taken, file in sorted(((taken, file) for file, taken in seconds.items()), reverse=True)[:30]:
        terminalreporter.line(f"{taken:6.1f}  {file}")
