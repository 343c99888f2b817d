"""Calendars to subscribe to on a phone (RFC 5545): the compound's public activities, and one person's own.

Times are given in UTC, which every phone shows as local time; China keeps one time all year.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from compounds.kernel.models import TimeStamped
from volunteers.models import Activity

CONTENT_TYPE = "text/calendar; charset=utf-8"
# What is past is of use for a while; further back a phone does not look.
BACK = timedelta(days=90)
MOST = 500
_REFRESH = timedelta(hours=6)


def calendar(name: str, rows: Iterable[Activity], *, compound: str, url_of: Callable[[Activity], str]) -> bytes:
    """The calendar of these activities; cancelled ones are in it as such, so that they go from phones too.

    ``compound``: the key that makes the activities' ids unique among all compounds.
    """
    return of("Activities", name, (_event(row, compound, url_of(row)) for row in rows))


def of(kind: str, name: str, events: Iterable[Event]) -> bytes:
    """A calendar of these events, under that name; its ``kind`` is for programs."""
    made = Calendar()
    made.add("prodid", f"-//Linjuli//{kind}//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", "Asia/Shanghai")
    made.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for event in events:
        made.add_component(event)
    body: bytes = made.to_ical()
    return body


def webcal(url: str) -> str:
    """The same address as iPhones and some calendar apps open it: one tap subscribes."""
    _scheme, mark, rest = url.partition("://")
    return f"webcal{mark}{rest}" if url else ""


def event_of(row: TimeStamped, starts_at: datetime, *, uid: str, url: str, cancelled: bool) -> Event:
    """One event, with what a phone needs in order to notice that it has changed."""
    event = Event()
    event.add("uid", f"{uid}.linjuli")
    event.add("dtstamp", _utc(row.updated_at))
    event.add("last-modified", _utc(row.updated_at))
    # It grows with each change, as a sequence must.
    event.add("sequence", int((row.updated_at - row.created_at).total_seconds()))
    event.add("dtstart", _utc(starts_at))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("url", url)
    return event


def _event(row: Activity, compound: str, url: str) -> Event:
    uid = f"activity-{row.pk}@{compound}"
    event = event_of(row, row.starts_at, uid=uid, url=url, cancelled=row.is_cancelled)
    event.add("dtend", _utc(row.ends_at))
    event.add("summary", row.title)
    if row.where:
        event.add("location", row.where)
    if words := row.cancelled_why or row.text:
        event.add("description", words)
    return event


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
