"""One look through one compound: what is due becomes reminders, what may go out is handed to the channels.

All of it under the lock of the compound's due row, so that a clock set meanwhile is seen or wakes the next look. Run
again, late, twice at once, or after a kill: the rows are unique, so the outcome is the same.
"""

from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from compounds.jobs import due as due_rows
from notices import reminders
from notices.models import Digest, Reminder
from notices.reminders import KIND, Kind, Occasion, Outgoing
from notices.reminding import quiet
from notices.reminding.quiet import Quiet
from notices.reminding.roster import Roster

log = structlog.get_logger(__name__)

# How far ahead the next wake-up is looked for; the night's look comes sooner.
_AHEAD = timedelta(days=2)
# After a kind has failed, it is tried again then.
_AGAIN = timedelta(minutes=5)


def look(now: datetime) -> int:
    """Tell everybody what is to be told now. Returns how many reminders are new."""
    wakes = [work(now) for work in reminders.BEFORE]
    with transaction.atomic():
        # Makes the row where there is none, and locks it.
        due_rows.not_later_than(KIND, now)
        due_rows.answer(KIND)
        times, roster = quiet.read(), Roster(timezone.localdate(now))
        new = 0
        for kind in reminders.KINDS.values():
            count, wake = _look_at(kind, now, times, roster)
            new += count
            wakes.append(wake)
        wakes.append(_hand_out(now))
        due_rows.settle(KIND, min((wake for wake in wakes if wake), default=None))
    return new


def _look_at(kind: Kind, now: datetime, times: Quiet, roster: Roster) -> tuple[int, datetime | None]:
    """New reminders of one kind, and when it wants to be looked at next; one that fails leaves the others alone."""
    try:
        with transaction.atomic():
            occasions = list(kind.due(now, now + _AHEAD))
            told = _tell(kind, [one for one in occasions if one.at <= now], now, times, roster)
    except (InterfaceError, OperationalError):
        raise  # the server is not there: the whole look is tried again
    except Exception:  # whatever one kind does wrong
        log.exception("reminder_kind_failed", kind=kind.name)
        return 0, now + _AGAIN
    return told, min((one.at for one in occasions if one.at > now), default=None)


def _tell(kind: Kind, occasions: list[Occasion], now: datetime, times: Quiet, roster: Roster) -> int:
    if not occasions:
        return 0
    known = set(
        Reminder.objects.filter(kind=kind.name, key__in=[one.key for one in occasions]).values_list("key", "person")
    )
    missing = [
        (one, person)
        for one in occasions
        for person in dict.fromkeys(kind.recipients(one, roster))
        if (one.key, person) not in known
    ]
    if not missing:
        return 0
    calm = [person for one, person in missing if not (kind.urgent or one.urgent)]
    digest_at = times.next_digest(now)
    digests = _digests(calm, digest_at)
    rows = []
    for one, person in missing:
        urgent = kind.urgent or one.urgent
        soonest = now if one.at_any_hour else times.next_open(now)
        rows.append(
            Reminder(
                kind=kind.name,
                key=one.key,
                person_id=person,
                at=one.at,
                out_at=soonest if urgent else digest_at,
                urgent=urgent,
                digest_id=None if urgent else digests[person],
                facts=one.facts,
                target=list(one.target),
            )
        )
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    log.info("reminded", kind=kind.name, reminders=len(rows))
    return len(rows)


def _digests(people: list[int], out_at: datetime) -> dict[int, int]:
    if not people:
        return {}
    day = timezone.localdate(out_at)
    wanted = [Digest(person_id=person, day=day, out_at=out_at) for person in dict.fromkeys(people)]
    Digest.objects.bulk_create(wanted, ignore_conflicts=True)
    return dict(Digest.objects.filter(day=day, person__in=people).values_list("person", "pk"))


def _hand_out(now: datetime) -> datetime | None:
    """Give the channels what may go out by now, each once. Returns when the next may."""
    digests = list(Digest.objects.filter(handed_at=None, out_at__lte=now).order_by("pk"))
    inside: dict[int | None, list[Reminder]] = {}
    for row in Reminder.objects.filter(digest__in=digests).order_by("at", "pk") if digests else []:
        inside.setdefault(row.digest_id, []).append(row)
    pressing = list(Reminder.objects.filter(urgent=True, handed_at=None).out(now).order_by("at", "pk"))
    going = [Outgoing(row.person_id, inside.get(row.pk, []), urgent=False, digest_id=row.pk) for row in digests]
    going += [Outgoing(row.person_id, [row], urgent=True) for row in pressing]
    if going:
        for channel in reminders.CHANNELS:
            channel(going)
    Digest.objects.filter(pk__in=[row.pk for row in digests]).update(handed_at=now)
    Reminder.objects.filter(pk__in=[row.pk for row in pressing]).update(handed_at=now)
    waiting = [
        Digest.objects.filter(handed_at=None).order_by("out_at").values_list("out_at", flat=True).first(),
        Reminder.objects.filter(urgent=True, handed_at=None)
        .order_by("out_at")
        .values_list("out_at", flat=True)
        .first(),
    ]
    return min((moment for moment in waiting if moment), default=None)
