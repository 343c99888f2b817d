"""The worker's part: events are queued for those who want them, claimed one by one, sent outside any transaction.

A delivery stays queued until it was taken. A claim moves its next attempt on before anything goes out, so that what a
killed worker had in hand comes again, with the same id, and the receiver knows it by that.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from compounds.partners import events
from compounds.partners.hooks import calling, signing
from compounds.partners.models import Event, HookDelivery, HookState, Subscription
from compounds.partners.models.event import EventQuerySet
from compounds.partners.paging import settled_before
from compounds.registry.models import Compound

log = structlog.get_logger(__name__)

# After the first, second … attempt that failed: 24 hours in all.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 4, 10, 30, 75, 120, 240, 480, 480)]
ENDS_AFTER = timedelta(hours=24)
# One that failed is left alone for so long, whatever else waits for it; longer each time, up to the last.
REST = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30)]
# Longer than any call takes.
LEASE = timedelta(seconds=30)
_PIECE = 500
# How many seconds one task sends before others have a turn.
_SPELL = 5

type Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Claim:
    subscription: Subscription
    delivery: HookDelivery
    busy_until: datetime


def queue_new(clock: Clock) -> int:
    """Make deliveries of what has happened. One query where nothing has. Returns how many were made."""
    settled = settled_before()
    newer = Event.objects.filter(
        Q(updated_at__gt=OuterRef("seen_at")) | Q(updated_at=OuterRef("seen_at"), pk__gt=OuterRef("seen_id")),
        updated_at__lt=settled,
    )
    waiting = Subscription.objects.in_use().filter(Exists(newer)).values_list("pk", flat=True)
    return sum(_queue(pk, settled, clock()) for pk in waiting)


@transaction.atomic
def _queue(pk: int, settled: datetime, now: datetime) -> int:
    rows = Subscription.objects.in_use().select_for_update(skip_locked=True, of=("self",))
    subscription = rows.select_related("client", "compound").filter(pk=pk).first()
    if subscription is None:
        return 0
    seen_at, seen_id = subscription.seen_at, subscription.seen_id
    beyond = Event.objects.filter(Q(updated_at__gt=seen_at) | Q(updated_at=seen_at, pk__gt=seen_id))
    places = beyond.filter(updated_at__lt=settled).order_by("updated_at", "pk").values_list("updated_at", "pk")[:_PIECE]
    piece = list(places)
    if not piece:
        return 0
    wanted = _told(subscription).filter(pk__in=[key for _at, key in piece]).order_by("updated_at", "pk")
    made = [HookDelivery(subscription=subscription, event=event, next_try_at=now, updated_at=now) for event in wanted]
    # One that is told again goes out as if it never had.
    HookDelivery.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["subscription", "event"],
        update_fields=["state", "attempts", "next_try_at", "answer", "updated_at"],
    )
    subscription.seen_at, subscription.seen_id = piece[-1]
    subscription.save(update_fields=["seen_at", "seen_id", "updated_at"])
    return len(made)


def _told(subscription: Subscription) -> EventQuerySet:
    """What this webhook may be told of, by what its client may know today."""
    client = subscription.client
    rows = Event.objects.visible_to(client, frozenset(client.scopes)).filter(type__in=subscription.types)
    return rows.filter(schema_name=subscription.compound.schema_name) if subscription.compound else rows


def send_waiting(clock: Clock, *, seconds: float = calling.LONGEST) -> int:
    """Send what may go out now, for a spell. Returns how many were tried."""
    ends, tried = time.monotonic() + _SPELL, 0
    while time.monotonic() < ends and (claim := _claim(clock())):
        _send(claim, clock, seconds)
        tried += 1
    return tried


@transaction.atomic
def _claim(now: datetime) -> Claim | None:
    """One delivery of one webhook to which nobody sends just now."""
    due = HookDelivery.objects.filter(state=HookState.QUEUED, next_try_at__lte=now)
    mine = Subscription.objects.in_use().free(now).filter(Exists(due.filter(subscription=OuterRef("pk"))))
    # Who waited longest comes first, so that none with much to say keeps others waiting.
    mine = mine.select_for_update(skip_locked=True, of=("self",)).order_by(F("busy_until").asc(nulls_first=True), "pk")
    subscription = mine.select_related("client", "compound").first()
    if subscription is None:
        return None
    delivery = due.filter(subscription=subscription).select_related("event").order_by("next_try_at", "event_id").first()
    subscription.busy_until = now + LEASE
    Subscription.objects.filter(pk=subscription.pk).update(busy_until=subscription.busy_until)
    if delivery is None:
        return None
    delivery.attempts += 1
    delivery.tried_at = now
    delivery.next_try_at = now + BACK_OFF[min(delivery.attempts, len(BACK_OFF)) - 1]
    if subscription.failing_since:
        # A last try at the end of the day, however far apart they have come.
        end = max(subscription.failing_since + ENDS_AFTER, now + BACK_OFF[0])
        delivery.next_try_at = min(delivery.next_try_at, end)
    delivery.save(update_fields=["attempts", "tried_at", "next_try_at", "updated_at"])
    return Claim(subscription, delivery, subscription.busy_until)


def _send(claim: Claim, clock: Clock, seconds: float) -> None:
    """Outside any transaction."""
    event, subscription = claim.delivery.event, claim.subscription
    slug = Compound.objects.filter(schema_name=event.schema_name).values_list("slug", flat=True).first()
    # A grant that was taken away meanwhile holds for what waits too.
    if slug is None or not _told(subscription).filter(pk=event.pk).exists():
        _keep(claim, "not_allowed", HookState.FAILED)
        _free(claim, clock(), failures=subscription.failures, failing_since=subscription.failing_since)
        return
    body = json.dumps(events.shown(event, slug), cls=DjangoJSONEncoder, ensure_ascii=False).encode()
    headers = signing.headers(subscription, event.message_id, body, now=clock())
    try:
        status = calling.post(subscription.url, body, headers, seconds=seconds)
    except calling.CallFailed as error:
        _failed(claim, error.code, clock())
        return
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        _keep(claim, str(status), HookState.SENT)
        _free(claim, clock(), failures=0, failing_since=None)
    else:
        _failed(claim, str(status), clock())


def _failed(claim: Claim, answer: str, now: datetime) -> None:
    """Tried again later; the last time it is left. Switched off where nothing was taken for a day, or it is gone."""
    spent = claim.delivery.attempts > len(BACK_OFF)
    _keep(claim, answer, HookState.FAILED if spent else HookState.QUEUED)
    subscription = claim.subscription
    since = subscription.failing_since or now
    failures = subscription.failures + 1
    off = answer == str(HTTPStatus.GONE) or now - since >= ENDS_AFTER
    rests = now + REST[min(failures, len(REST)) - 1]
    ended = {"active": False, "disabled_at": now} if off else {}
    _free(claim, rests, failures=failures, failing_since=since, **ended)
    log.info("webhook_failed", webhook=subscription.pk, answer=answer, failures=failures)
    if off:
        log.warning("webhook_switched_off", webhook=subscription.pk, answer=answer, since=since.isoformat())


def _keep(claim: Claim, answer: str, state: HookState) -> None:
    """Only for the attempt that was claimed: one that is told again meanwhile counts anew."""
    delivery = claim.delivery
    mine = HookDelivery.objects.filter(pk=delivery.pk, state=HookState.QUEUED, attempts=delivery.attempts)
    mine.update(state=state, answer=answer, updated_at=delivery.tried_at)


def _free(claim: Claim, until: datetime, **values: object) -> None:
    """Only for who holds the lease, so that starting again by hand is not undone by an answer that came late."""
    mine = Subscription.objects.filter(pk=claim.subscription.pk, busy_until=claim.busy_until)
    mine.update(busy_until=until, **values)
