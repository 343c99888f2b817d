"""Work that fails in one compound again and again is woken less and less often, as a run of the ledger is tried.

The shared cache remembers it, for it is only a pause: where that was emptied, the work is tried again. The due row and
the outbox stay as they are, so that what waits is seen to wait.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.cache import caches
from django.utils import timezone

from compounds.jobs.working import BACK_OFF

type Work = tuple[str, str]


@contextmanager
def if_it_fails(kind: str, schema_name: str) -> Iterator[None]:
    """Around the work of ``kind`` in one compound, outside of its context."""
    try:
        yield
    except Exception:
        shared, key = caches["shared"], _key((kind, schema_name))
        failures, _until = shared.get(key, (0, None))
        wait = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
        # Forgotten when it has not failed for as long again.
        shared.set(key, (failures + 1, timezone.now() + wait), timeout=2 * wait.total_seconds())
        raise


def without(works: Iterable[Work], now: datetime) -> list[Work]:
    """Those of the kinds and compounds that are not put off at ``now``."""
    keys = {work: _key(work) for work in works}
    until = {key: until for key, (_failures, until) in caches["shared"].get_many(keys.values()).items()} if keys else {}
    return [work for work, key in keys.items() if key not in until or until[key] <= now]


def _key(work: Work) -> str:
    return "put-off:" + ":".join(work)
