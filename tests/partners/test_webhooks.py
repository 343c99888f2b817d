"""Webhooks reach who may know, are tried again for a day, and lose nothing."""

import json
import time
from datetime import timedelta

import pytest

from compounds.partners import events
from compounds.partners.hooks import calling, sending, signing, subscribing
from compounds.partners.models import Event, HookDelivery, HookState, Subscription
from compounds.partners.scopes import Scope
from consultation.models import Openness
from consultation.steps import Step
from notices.models import NoticeState
from tests.factories import IssueFactory
from tests.notices.publishing.telling import notice_in
from tests.partnering import a_client
from tests.partners.hooking import Worker, a_webhook, settle
from tests.partners.receiver import Receiver

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def own_network(settings):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def worker():
    return Worker()


@pytest.fixture
def webhook(north, receiver):
    return a_webhook(a_client(north)[0], receiver.url)


def happened(**said):
    """A matter on the board; the events of its making, settled."""
    issue = IssueFactory(**{"step": Step.HANDLE, **said})
    settle()
    return issue


def test_what_happened_is_brought_once_signed_and_as_the_feed_has_it(webhook, receiver, worker):
    issue = happened()

    worker.work()
    worker.work(MINUTE)

    bodies = receiver.verified(signing.secret(webhook.nonce))
    assert len(bodies) == Event.objects.count() == len(set(receiver.ids))
    last = bodies[-1]
    assert (last["type"], last["data"]["issue"], last["data"]["compound"]) == ("issue.moved", issue.number, "north")
    assert last["id"] == receiver.ids[-1]
    assert set(HookDelivery.objects.values_list("state", "attempts", "answer")) == {(HookState.SENT, 1, "200")}


def test_who_has_no_grant_there_or_asked_for_other_things_is_told_nothing(north, south, receiver, worker):
    client, elsewhere = a_client(north)[0], a_client(south)[0]
    a_webhook(elsewhere, receiver.url)
    a_webhook(client, receiver.url, compound=south)
    a_webhook(client, receiver.url + "?2", types=["posting.put_up"])
    a_webhook(a_client(north, scopes=[Scope.FIGURES_READ])[0], receiver.url)
    happened()

    assert worker.work() == 0
    assert receiver.got == []


def test_who_may_read_notices_only_is_told_of_notices_and_of_no_matter(north, receiver, worker):
    hook = a_webhook(a_client(north, scopes=[Scope.NOTICES_READ])[0], receiver.url)
    notice_in(NoticeState.PUBLISHED)
    happened()

    worker.work()

    told = {body["type"] for body in receiver.verified(signing.secret(hook.nonce))}
    assert told == {"notice.published", "posting.put_up"}


def test_confidential_matters_and_what_is_for_members_without_the_scope_are_not_told(north, receiver, worker):
    a_webhook(a_client(north, scopes=[Scope.ISSUES_READ])[0], receiver.url)
    happened(openness=Openness.CONFIDENTIAL)
    happened(openness=Openness.MEMBERS)

    assert worker.work() == 0


def test_a_grant_that_is_taken_away_holds_for_what_waits(webhook, receiver, worker):
    happened()
    sending.queue_new(worker.clock)
    webhook.client.grants.all().delete()

    worker.work()

    assert receiver.got == []
    assert set(HookDelivery.objects.values_list("state", "answer")) == {(HookState.FAILED, "not_allowed")}


@pytest.mark.parametrize(
    ("mood", "answer"),
    [
        *(("500", "500"), ("redirects", "302"), ("404", "404"), ("304", "304")),
        *(("hangs", "too_slow"), ("drips", "too_slow"), ("drips_its_body", "too_slow"), ("goes_on", "too_slow")),
        *(("closes", "cut_off"), ("resets", "cut_off"), ("babbles", "cut_off"), ("boasts", "cut_off")),
    ],
)
def test_what_was_not_taken_is_tried_again_with_the_same_id_and_nothing_is_lost(
    webhook, receiver, worker, mood, answer
):
    happened()
    receiver.mood, begins = mood, time.monotonic()

    # One attempt, and then it is left alone for a while: others have their turn.
    assert worker.work(seconds=0.3) == 1
    assert time.monotonic() - begins < 2
    assert worker.work(seconds=0.3) == 0
    assert HookDelivery.objects.get(attempts=1).answer == answer
    receiver.mood = "well"
    first = receiver.ids[0]
    worker.work(2 * MINUTE)
    worker.work(2 * MINUTE)

    assert set(HookDelivery.objects.values_list("state", flat=True)) == {HookState.SENT}
    assert receiver.ids.count(first) == 2
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since) == (0, None)


def test_after_a_day_of_refusals_it_is_switched_off_and_what_waits_goes_out_when_it_is_in_use_again(
    webhook, receiver, worker
):
    happened()
    receiver.mood, tries = "500", 0
    for _n in range(60):
        tries += worker.work(30 * MINUTE)
        webhook.refresh_from_db()
        if not webhook.active:
            break

    assert webhook.disabled_at - webhook.failing_since >= DAY
    assert webhook.disabled_at - webhook.failing_since < DAY + 2 * timedelta(hours=1)
    assert tries < 60
    assert worker.work(DAY) == 0
    receiver.mood = "well"
    subscribing.replay(webhook, since=webhook.seen_at - timedelta(hours=1))
    worker.work()
    assert len(receiver.got) == tries + Event.objects.count()
    assert set(HookDelivery.objects.values_list("state", flat=True)) == {HookState.SENT}


def test_who_says_that_it_is_gone_is_switched_off_at_once(webhook, receiver, worker):
    happened()
    receiver.mood = "410"

    worker.work()

    webhook.refresh_from_db()
    assert not webhook.active
    assert len(receiver.got) == 1


def test_of_a_gigabyte_that_is_answered_a_little_is_read_and_it_counts_as_taken(webhook, receiver, worker):
    happened()
    receiver.mood = "endless"

    tried = worker.work()

    assert set(HookDelivery.objects.values_list("state", "answer")) == {(HookState.SENT, "200")}
    assert receiver.written < tried * 32 * 1024 * 1024


def test_no_worker_is_held_for_longer_than_ten_seconds():
    assert calling.LONGEST <= 10
    assert timedelta(seconds=calling.LONGEST) < sending.LEASE


def test_one_that_hangs_keeps_no_other_waiting(north, webhook, receiver, worker):
    well = Receiver()
    a_webhook(a_client(north)[0], well.url)
    receiver.mood = "hangs"
    happened()

    worker.work(seconds=0.3)

    assert len(receiver.got) == 1
    assert len(well.got) == Event.objects.count()
    well.close()


def test_it_is_told_again_from_a_moment_on_with_the_same_ids(webhook, receiver, worker):
    happened()
    settle(30)
    worker.work()
    before = list(receiver.ids)

    subscribing.replay(webhook, since=worker.now - 20 * MINUTE)
    worker.work()
    assert receiver.ids == before
    subscribing.replay(webhook, since=worker.now - 40 * MINUTE)
    worker.work()

    assert sorted(receiver.ids) == sorted(before * 2)


def test_while_a_secret_is_changed_both_sign_and_a_day_later_only_the_new_one(webhook, receiver, worker):
    old = signing.secret(webhook.nonce)
    new = subscribing.rotate(webhook, now=worker.now)
    happened()

    worker.work()

    assert old != new
    assert receiver.verified(old) == receiver.verified(new) != []
    receiver.got.clear()
    Subscription.objects.update(earlier_until=worker.now)
    happened()
    worker.work()
    assert " " not in receiver.got[0][0]["webhook-signature"]
    assert receiver.verified(new)


def test_an_earlier_key_of_the_installation_still_signs(webhook, receiver, worker, settings):
    told = signing.secret(webhook.nonce)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-more-than-fifty-characters-for-this-test"
    happened()

    worker.work()

    assert receiver.verified(told) != []


def test_what_a_killed_worker_had_in_hand_comes_again(webhook, receiver, worker):
    happened()
    sending.queue_new(worker.clock)
    claimed = sending._claim(worker.now)

    # Its lease still runs.
    assert worker.work() == 0
    worker.work(2 * MINUTE)

    assert claimed.delivery.event.message_id in receiver.ids
    assert set(HookDelivery.objects.values_list("state", flat=True)) == {HookState.SENT}


def test_what_becomes_confidential_is_in_no_delivery_any_more(webhook, receiver, worker):
    issue = happened()
    sending.queue_new(worker.clock)

    events.withdraw(issue.number)

    assert worker.work() == 0
    assert not HookDelivery.objects.exists()


def test_a_quiet_round_costs_the_same_for_one_webhook_and_for_many(north, webhook, worker, django_assert_num_queries):
    for n in range(5):
        a_webhook(webhook.client, f"{webhook.url}?{n}")

    # Two readings, and a claim in its savepoint.
    with django_assert_num_queries(5):
        worker.work()


def test_nothing_personal_goes_out(webhook, receiver, worker):
    happened(title="张三家漏水", said="我家在302")

    worker.work()

    assert all("张三" not in body.decode() and "302" not in body.decode() for _headers, body in receiver.got)
    assert {key for _headers, body in receiver.got for key in json.loads(body)["data"]} == {
        *("compound", "issue", "from_step", "to_step"),
    }
