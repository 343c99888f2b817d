"""Several workers at once: each event is queued once, and one webhook is sent to by one of them at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.partners.hooks import sending
from compounds.partners.models import Event, EventType, HookDelivery
from tests.committing import YARD, at_once
from tests.partnering import a_client
from tests.partners.hooking import a_webhook, settle


@pytest.fixture
def webhook(committing):
    row = a_webhook(a_client(committing)[0], "https://partner.example/hook")
    for n in range(5):
        Event.objects.create(
            type=EventType.ISSUE_MOVED, schema_name=YARD, about=f"2026-000{n}", on_board=True, for_members=True
        )
    settle()
    return row


def test_each_event_is_queued_once(webhook):
    made = at_once(4, lambda _n: sending.queue_new(timezone.now))

    assert sum(made) == 5, made
    assert HookDelivery.objects.count() == 5


def test_one_of_eight_sends(webhook):
    now = timezone.now()
    assert sending.queue_new(lambda: now) == 5

    claims = at_once(8, lambda _n: sending._claim(now))

    assert len([claim for claim in claims if claim]) == 1
    assert sending._claim(now + timedelta(seconds=1)) is None
    assert sending._claim(now + sending.LEASE + timedelta(seconds=1)) is not None
