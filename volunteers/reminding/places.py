"""Of what people are told about their places, and those who take attendance about theirs."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster
from volunteers.models import Activity, ActivityState, Participation

# After that nobody is reminded of an open list any more.
_STALE = timedelta(days=14)


def _moved_up(now: datetime, until: datetime) -> Iterable[Occasion]:
    """Those who waited and have a place now, as long as they can still come."""
    rows = Participation.objects.placed().filter(
        moved_up_at__isnull=False, slot__activity__starts_at__gt=now, slot__activity__state=ActivityState.PLANNED
    )
    for row in rows.select_related("slot__activity", "volunteer__person", "person"):
        person = row.volunteer.person if row.volunteer else row.person
        # Whoever has no account sees it on the page of their place; the list says whom to ring.
        if row.moved_up_at and person and person.user_id:
            activity = row.slot.activity
            facts = {"title": activity.title, "at": activity.starts_at.isoformat()}
            key = f"{row.pk} {row.moved_up_at.isoformat()}"
            yield Occasion(key, row.moved_up_at, ("activity", activity.pk), facts, about=person.pk)


def _moved_up_text(facts: dict[str, Any]) -> str:
    at = parse_datetime(facts["at"])
    said = date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""
    return _("A place became free for you: “%(title)s”, %(at)s.") % {**facts, "at": said}


def _still_open(now: datetime, until: datetime) -> Iterable[Occasion]:
    """An hour after its end: who came is not settled yet, and somebody had a place."""
    ended = Activity.objects.taking_place().filter(
        attendance_closed_at=None,
        ends_at__gt=now - _STALE,
        ends_at__lte=until - timedelta(hours=1),
        pk__in=Participation.objects.placed().values("slot__activity"),
    )
    for row in ended:
        facts = {"title": row.title}
        at = row.ends_at + timedelta(hours=1)
        key = f"{row.pk} {row.ends_at.isoformat()}"
        yield Occasion(key, at, ("attendance", row.pk), facts, about=row.planned_by_id)


def _whoever_takes_it(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return [occasion.about]


reminders.register(
    "place_moved_up",
    title=gettext_lazy("A place became free"),
    due=_moved_up,
    recipients=_whoever_takes_it,
    text=_moved_up_text,
    urgent=True,
)
reminders.register(
    "attendance_open",
    title=gettext_lazy("Who came?"),
    due=_still_open,
    recipients=_whoever_takes_it,
    text=lambda facts: _("“%(title)s” is over. Close its attendance, so that the hours are written down.") % facts,
)
