"""A real worker sends webhooks: lost and doubled wake-ups change nothing, what a killed one had in hand comes again."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from compounds.partners.hooks import signing
from compounds.partners.models import Event, EventType, HookDelivery, HookState, Subscription
from compounds.partners.tasks import send_events
from tests.committing import YARD
from tests.partnering import a_client
from tests.partners.hooking import a_webhook, settle
from tests.partners.receiver import Receiver
from tests.worker.running import forget_messages, kill, messages, until

EVENTS = 5


@pytest.fixture
def receivers(settings) -> Iterator[tuple[Receiver, Receiver]]:
    """Two on this machine, to which the workers that are started may send."""
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    both = Receiver(), Receiver()
    yield both
    for one in both:
        one.close()


def wake(times: int) -> None:
    for _n in range(times):
        send_events.delay()


def log_of(hook: Subscription) -> set[tuple[str, str]]:
    return set(HookDelivery.objects.filter(subscription=hook).values_list("state", "answer"))


def time_passes() -> None:
    """Rests and leases end, without waiting for them."""
    HookDelivery.objects.filter(state=HookState.QUEUED).update(next_try_at=timezone.now())
    Subscription.objects.update(busy_until=None)


def test_what_happened_reaches_each_receiver_whatever_becomes_of_workers_and_messages(
    committing, start_worker, files, receivers
):
    well, moody = receivers
    moody.mood = "hangs"
    first, second = (a_webhook(a_client(committing)[0], one.url) for one in receivers)
    for n in range(EVENTS):
        Event.objects.create(
            type=EventType.ISSUE_MOVED, schema_name=YARD, about=f"2026-000{n}", on_board=True, for_members=True
        )
    settle()

    wake(2)
    forget_messages()
    wake(3)
    worker = start_worker()
    until(lambda: len(moody.got) == 1, "the first worker waits for an answer", files)
    kill(worker)
    moody.let_go.set()
    moody.mood = "closes"
    time_passes()
    wake(2)
    start_worker()
    until(lambda: (HookState.QUEUED, "cut_off") in log_of(second), "the second worker was cut off", files)
    until(lambda: log_of(first) == {(HookState.SENT, "200")}, "the one that is well has all", files)
    moody.mood = "well"
    time_passes()
    wake(2)
    until(lambda: log_of(second) == {(HookState.SENT, "200")} and messages() == 0, "the other has all too", files)

    assert sorted(well.ids) == sorted(set(well.ids))
    assert set(well.ids) == set(moody.ids)
    assert len(well.ids) == EVENTS
    # Once before the kill, once while it closed, and then it was taken.
    assert len(moody.ids) == EVENTS + 2
    assert moody.verified(signing.secret(second.nonce))
