"""The worker's part: waiting deliveries are claimed, sent outside any transaction, and what became of them is recorded.

A claim is a lease with its own end as its mark. What is not recorded by then is *stuck*: it may have been sent, so it
is shown to a person and never sent again blindly. Only what surely did not arrive is tried again by itself.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from compounds.oversight.outbox import touch
from compounds.registry.models import Compound
from notices.channels import registry, room
from notices.channels.interface import AddressDead, Permanent, SendingFailed, Temporary, Unclear
from notices.delivering import addresses, content
from notices.delivering.outcomes import Batch, keep_dead, keep_failed, keep_later, keep_sent, keep_unclear
from notices.delivering.upcoming import settle
from notices.models import PERSONAL, ChannelName, Delivery, DeliveryKind, DeliveryState, Outlet
from notices.reminding import quiet
from notices.reminding.quiet import Quiet

log = structlog.get_logger(__name__)

# Longer than any sending takes: connecting, sending and each piece of the answer have limits of their own.
LEASE = timedelta(minutes=3)
# How many seconds one look sends before others have a turn.
_SPELL = 40
# How many postings one message names at most.
_MOST_JOINED = 40
_WORDS_FIRST = Case(When(kind=DeliveryKind.PICTURE, then=1), default=0)

type Clock = Callable[[], datetime]


@dataclass
class Look:
    """One look through one compound: its quiet hours, and what it found closed."""

    compound: Compound
    calm: Quiet
    # Robots that may say nothing more this minute, and ways out (the mail server, the vendor) that failed just now.
    full: set[int] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def rows(self, now: datetime) -> QuerySet[Delivery]:
        rows = Delivery.objects.due(now).exclude(outlet__in=self.full).exclude(outlet__channel__in=self.closed)
        return rows.filter(urgent=True) if self.calm.is_quiet(timezone.localtime(now).time()) else rows


def send_waiting(compound: Compound, clock: Clock) -> int:
    """Send what may go out of this compound now. Returns how many deliveries were sent."""
    look, sent = Look(compound, quiet.read()), 0
    ends = time.monotonic() + _SPELL
    drop_what_is_over(clock())
    while batch := _claim(look, clock()):
        sent += _send(batch, look, clock)
        if time.monotonic() > ends:
            break
    settle(look.calm, clock())
    return sent


def drop_what_is_over(now: datetime) -> None:
    """What has waited for too long, or for an outlet that is no longer used, is not sent any more."""
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED)
    ended = {"state": DeliveryState.FAILED, "finished_at": now}
    old = waiting.filter(give_up_at__lte=now)
    count = old.update(error=Case(When(error="", then=Value("too_old")), default=F("error")), **ended)
    count += waiting.filter(outlet__in=Outlet.objects.filter(active=False)).update(error="out_of_use", **ended)
    if count:
        touch("deliveries")


def _claim(look: Look, now: datetime) -> Batch | None:
    while True:
        with transaction.atomic():
            mine = look.rows(now).select_for_update(skip_locked=True, of=("self",))
            # The urgent first, then words before pictures.
            mine = mine.select_related("outlet__person", "posting", "digest", "reminder")
            first = mine.order_by("-urgent", _WORDS_FIRST, "next_try_at", "pk").first()
            if first is None:
                return None
            place = ""
            if first.outlet.channel == ChannelName.ROBOT:
                place = room.take(first.outlet.webhook)
                if not place:
                    look.full.add(first.outlet_id)
                    continue
            return _lease([first, *_joining(first, look, now)], place, now)


def _joining(first: Delivery, look: Look, now: datetime) -> list[Delivery]:
    """The other postings for this robot, when more waits there than it may still say."""
    if first.outlet.channel != ChannelName.ROBOT or first.kind != DeliveryKind.POSTING:
        return []
    others = look.rows(now).filter(outlet=first.outlet).exclude(pk=first.pk)
    if others.count() <= room.free(first.outlet.webhook):
        return []
    mine = others.filter(kind=DeliveryKind.POSTING).select_for_update(skip_locked=True, of=("self",))
    found = list(mine.select_related("outlet", "posting").order_by("-urgent", "next_try_at", "pk")[:_MOST_JOINED])
    return found[: content.how_many_fit([first, *found], look.compound) - 1]


def _lease(rows: list[Delivery], place: str, now: datetime) -> Batch:
    until = now + LEASE
    mine = Delivery.objects.filter(pk__in=[row.pk for row in rows])
    mine.update(state=DeliveryState.SENDING, leased_until=until, attempts=F("attempts") + 1, error="")
    Delivery.objects.filter(pk__in=[row.pk for row in rows[1:]]).update(joined_to=rows[0])
    return Batch(rows, place, until)


def _send(batch: Batch, look: Look, clock: Clock) -> int:
    """Outside any transaction. Returns how many rows were sent."""
    first, outlet = batch.rows[0], batch.rows[0].outlet
    try:
        receipt = _hand_over(batch, look, clock())
    except AddressDead as error:
        keep_dead(batch, error.code, clock())
        drop_what_is_over(clock())
    except Permanent as error:
        keep_failed(batch, error.code, clock())
    except Temporary as error:
        keep_later(batch, error, look.calm, clock())
        if outlet.channel in PERSONAL:
            look.closed.add(outlet.channel)
    except Unclear as error:
        keep_unclear(batch, error.code, clock())
    except Exception as error:  # noqa: BLE001 - whatever a channel does wrong, the others go on
        # A fault of ours in the middle: nobody knows how far it came. Its words may hold addresses.
        log.error("delivery_broke", delivery=first.pk, error=type(error).__name__)
        keep_unclear(batch, "broken", clock())
    else:
        return keep_sent(batch, receipt, clock())
    finally:
        if batch.place:
            room.answered(batch.place)
    return 0


def _hand_over(batch: Batch, look: Look, now: datetime) -> str:
    first = batch.rows[0]
    try:
        address = addresses.for_delivery(first)
        message = content.of(batch.rows, look.compound, timezone.localdate(now))
    except SendingFailed:
        raise
    except Exception as error:
        # Before anything went out: surely not sent.
        log.exception("delivery_without_words", delivery=first.pk, kind=first.kind)
        raise Permanent("broken") from error
    reference = f"{look.compound.schema_name}.{first.pk}"
    return registry.of(first.outlet.channel).send(address, message.named(reference))
