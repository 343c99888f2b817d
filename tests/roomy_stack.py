"""Each test runs with room on the interpreter's stack, so that no loop crosses the end of a piece again and again.

Python 3.13 before its later releases keeps call frames in pieces of 16 KB, and maps and unmaps a piece from the system
whenever a call crosses the end of one: a fifth of the time of the walks here (python/cpython#142183). A frame that says
it is large gets a large piece, and all calls below it fit in what is left. To be deleted when Python is a later one.
"""

import pytest
from _pytest import runner

# In slots of eight bytes: just above one megabyte, so that a piece of two is taken and half of it is left.
_SLOTS = 132_000


def _with_room(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return runner.pytest_runtest_protocol(item, nextitem)


_with_room.__code__ = _with_room.__code__.replace(co_stacksize=_SLOTS)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return _with_room(item, nextitem)
