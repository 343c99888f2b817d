"""Making deliveries, in the transaction of what they tell of. The same occasion at the same outlet is one row."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from compounds.jobs import due, waking
from notices.delivering import KIND
from notices.delivering.tasks import deliver
from notices.models import Delivery, DeliveryKind, DeliveryState, Outlet, PlaceKind, Posting, PostingPlace
from notices.reminders import Outgoing
from notices.reminding import quiet

# After that it is no news any more. A code is good for less.
GIVE_UP_AFTER = timedelta(days=1)
CODE_LIFE = timedelta(minutes=15)


def of_posting(posting: Posting) -> None:
    """Its text and its long picture for each robot whom it concerns; outside quiet hours."""
    robots = _robots_for(posting)
    if not robots:
        return
    now = timezone.now()
    at = quiet.read().next_open(now)
    kinds = (DeliveryKind.POSTING, DeliveryKind.PICTURE)
    _add(
        Delivery(outlet=robot, kind=kind, key=str(posting.pk), posting=posting, **_times(now, at))
        for kind in kinds
        for robot in robots
    )


def _robots_for(posting: Posting) -> list[Outlet]:
    """The whole compound's where it hangs at a board or in a group of all, a building's where it hangs in that one."""
    robots = list(Outlet.objects.robots().in_use())
    if not robots:
        return []
    places = PostingPlace.objects.filter(posting=posting).order_by()
    hangs = set(places.values_list("kind", "entrance__building").distinct())
    everybody = any(kind != PlaceKind.ENTRANCE for kind, _building in hangs)
    buildings = {building for _kind, building in hangs}
    return [one for one in robots if (everybody if one.building_id is None else one.building_id in buildings)]


@transaction.atomic
def press(posting: Posting) -> None:
    """It is an emergency: what is still to go out of it goes now, quiet hours or not."""
    rows = Delivery.objects.filter(posting=posting, state=DeliveryState.QUEUED)
    if rows.update(urgent=True, next_try_at=timezone.now()):
        wake()


def call_back(posting: Posting) -> None:
    """It was taken down: what has not gone out of it stays here."""
    rows = Delivery.objects.filter(posting=posting, state=DeliveryState.QUEUED)
    rows.update(state=DeliveryState.FAILED, error="taken_down", finished_at=timezone.now())


def of_reminders(going: list[Outgoing]) -> None:
    """To everybody who wants it, by the way they chose. One query, and two more where somebody does."""
    now = timezone.now()
    wishes: dict[int, list[Outlet]] = {}
    people = {one.person_id for one in going}
    for outlet in Outlet.objects.personal().in_use().filter(person__in=people).exclude(verified_hash=""):
        wishes.setdefault(outlet.person_id or 0, []).append(outlet)
    _add(
        Delivery(outlet=outlet, urgent=one.urgent, **_about(one), **_times(now, now))
        for one in going
        for outlet in wishes.get(one.person_id, [])
        if one.urgent or not outlet.urgent_only
    )


def _about(one: Outgoing) -> dict[str, Any]:
    if one.urgent:
        reminder = one.reminders[0]
        return {"kind": DeliveryKind.URGENT, "key": str(reminder.pk), "reminder": reminder}
    return {"kind": DeliveryKind.DIGEST, "key": str(one.digest_id), "digest_id": one.digest_id}


@transaction.atomic
def of_test(robot: Outlet) -> None:
    """One message by which the branch sees whether the robot speaks."""
    now = timezone.now()
    test = {"kind": DeliveryKind.TEST, "key": secrets.token_hex(8), "urgent": True}
    _add([Delivery(outlet=robot, **test, **_times(now, now, GIVE_UP_AFTER / 24))])


def of_code(outlet: Outlet, now: datetime) -> None:
    """The code that follows from the outlet's nonce."""
    code = {"kind": DeliveryKind.CODE, "key": outlet.nonce, "urgent": True}
    _add([Delivery(outlet=outlet, **code, **_times(now, now, CODE_LIFE))])


def wake() -> None:
    """Have the worker look at once; should that message be lost, the next minute's wake-up finds it."""
    due.call(KIND)
    waking.after_commit(deliver)


def _add(rows: Iterable[Delivery]) -> None:
    rows = list(rows)
    if rows:
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        wake()


def _times(now: datetime, at: datetime, life: timedelta = GIVE_UP_AFTER) -> dict[str, Any]:
    return {"next_try_at": at, "give_up_at": max(now, at) + life}
