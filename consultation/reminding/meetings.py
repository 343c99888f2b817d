"""Of what people are told about meetings, minutes, and the doors they go to."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compounds.organisation.models import Household, Post, PostKind
from compounds.workdays import calendar
from compounds.workdays.calendar import Calendar
from compounds.workdays.lateness import day, moment
from consultation.doors import is_late
from consultation.models import Attendance, AttendanceKind, Invitation, Meeting, Minutes
from consultation.models.step3_meet import SEATED
from consultation.services.minutes import SILENCE
from notices import reminders
from notices.reminders import Due, Occasion
from notices.reminding.roster import Roster


def _ahead(before: timedelta) -> Due:
    """Meetings, so long before they begin."""

    def due(now: datetime, until: datetime) -> Iterable[Occasion]:
        rows = list(Meeting.objects.ahead().filter(starts_at__gt=now, starts_at__lte=until + before))
        invited: dict[int, list[int]] = defaultdict(list)
        excused = Attendance.objects.filter(kind=AttendanceKind.EXCUSED, meeting__in=rows)
        away = set(excused.values_list("meeting", "person"))
        asked = Invitation.objects.filter(meeting__in=rows, person__isnull=False).order_by("pk")
        for meeting, person in asked.values_list("meeting", "person"):
            if (meeting, person) not in away and person is not None:
                invited[meeting].append(person)
        for row in rows:
            facts = {"number": row.number, "at": row.starts_at.isoformat(), "venue": row.venue}
            key = f"{row.pk} {row.starts_at.isoformat()}"
            yield Occasion(key, row.starts_at - before, ("meeting", row.number), facts, about=invited[row.pk])

    return due


def _invited(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return [*occasion.about, *roster.branch()]


def _meeting_text(facts: dict[str, Any]) -> str:
    at = parse_datetime(facts["at"])
    said = date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""
    return _("Four-party meeting no. %(number)s: %(at)s, %(venue)s.") % {**facts, "at": said}


def _unconfirmed(now: datetime, until: datetime) -> Iterable[Occasion]:
    """After three working days, those who sat for a party that has not answered."""
    dates = calendar.read()
    rows = list(Minutes.objects.waiting().select_related("meeting").prefetch_related("confirmations"))
    sat = Attendance.objects.filter(meeting__minutes__in=rows, kind__in=SEATED)
    seats: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for meeting, person, party in sat.values_list("meeting", "person", "party"):
        seats[meeting].append((person, party))
    for row in rows:
        answered = {answer.party for answer in row.confirmations.all()}
        silent = [person for person, party in seats[row.meeting_id] if party not in answered]
        if silent:
            on = dates.after(row.drawn_up_on, SILENCE).day + timedelta(days=1)
            facts = {"number": row.meeting.number}
            yield Occasion(f"{row.pk}", moment(on), ("minutes", row.meeting.number), facts, about=silent)


def _doors(now: datetime, until: datetime) -> Iterable[Occasion]:
    """On the first working day of a week, one line for each lead; for doors without a lead one for the steward."""
    today = day(now)
    first = _first_working_day(today, calendar.read())
    if first is None:
        return
    posts = Post.objects.serving(today).filter(kind=PostKind.NEIGHBOUR_LEAD)
    led = set(posts.values_list("unit", flat=True))
    rows = Household.objects.filter(is_late(today)).order_by().values_list("group", "entrance__building__unit")
    late: Counter[int] = Counter()
    for group, building, count in rows.annotate(n=Count("pk")):
        late[group if group in led else building] += count
    year, week, _weekday = today.isocalendar()
    for unit, count in late.items():
        yield Occasion(f"{unit} {year}-{week}", moment(first), ("my_doors",), {"doors": count}, about=unit)


def _first_working_day(today: date, dates: Calendar) -> date | None:
    monday = today - timedelta(days=today.weekday())
    return next((on for n in range(7) if dates.works(on := monday + timedelta(days=n))), None)


def _whose_doors(occasion: Occasion, roster: Roster) -> Iterable[int]:
    return roster.acting_for(occasion.about) if roster.has_somebody(occasion.about) else []


def _doors_text(facts: dict[str, Any]) -> str:
    words = ngettext(
        "%(doors)s of your doors waits for a visit.", "%(doors)s of your doors wait for a visit.", facts["doors"]
    )
    return words % facts


for _name, _before in (("meeting_day", timedelta(hours=24)), ("meeting_hour", timedelta(hours=1))):
    reminders.register(
        _name,
        title=gettext_lazy("A meeting is near"),
        due=_ahead(_before),
        recipients=_invited,
        text=_meeting_text,
        urgent=True,
    )
reminders.register(
    "minutes_unconfirmed",
    title=gettext_lazy("Minutes to be confirmed"),
    due=_unconfirmed,
    recipients=_invited,
    text=lambda facts: _("The minutes of meeting no. %(number)s are not confirmed by every party.") % facts,
)
reminders.register(
    "doors_late",
    title=gettext_lazy("Doors to be visited"),
    due=_doors,
    recipients=_whose_doors,
    text=_doors_text,
)
