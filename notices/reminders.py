"""Reminding people: each app names the occasions of which its people are told, here is told what exists once.

    reminders.register(
        "minutes_unconfirmed",
        title=_("Minutes to be confirmed"),
        due=unconfirmed,          # inside a compound: the occasions up to a moment that still matter
        recipients=seats_missing, # whom an occasion concerns: keys of persons
        text=words,               # one sentence, in the active language, from the occasion's facts
    )

PostgreSQL remembers (``Reminder``, unique by kind, key and person); messages may be lost, late or doubled. Whatever
sets or moves a clock calls ``look_again`` in its transaction, and every night each compound is looked through anyway.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from compounds.jobs import due as due_rows
from notices.models import Reminder
from notices.reminding.roster import Roster

KIND = "reminders"


@dataclass(frozen=True)
class Occasion:
    """One moment at which people are told of one thing."""

    # The same occasion has the same key for ever; what is moved to another day is another occasion.
    key: str
    at: datetime
    # Name and arguments of the page where something can be done.
    target: tuple[Any, ...]
    # What the sentence says, as JSON: no phone numbers, no names of residents.
    facts: dict[str, Any] = field(default_factory=dict)
    # For ``recipients``: the row or key that it is about. Not kept.
    about: Any = None
    # Told at once, outside quiet hours, though its kind is not urgent.
    urgent: bool = False
    # What cannot wait for the morning either: an urgent one that is told in quiet hours too.
    at_any_hour: bool = False


type Due = Callable[[datetime, datetime], Iterable[Occasion]]
type Recipients = Callable[[Occasion, Roster], Iterable[int]]
type Text = Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Kind:
    """One kind of reminder."""

    name: str
    title: Any
    due: Due
    recipients: Recipients
    text: Text
    urgent: bool


@dataclass(frozen=True)
class Outgoing:
    """What goes out to one person now: a day's digest (``digest_id``), or one urgent reminder."""

    person_id: int
    reminders: list[Reminder]
    urgent: bool
    digest_id: int | None = None


KINDS: dict[str, Kind] = {}
BEFORE: list[Callable[[datetime], datetime | None]] = []
CHANNELS: list[Callable[[list[Outgoing]], object]] = []


def register(kind: str, *, title: Any, due: Due, recipients: Recipients, text: Text, urgent: bool = False) -> None:
    """Add a kind. Raises ValueError when it is there already.

    ``due(now, until)`` gives, inside a compound, the occasions up to ``until`` of which it still makes sense to tell at
    ``now``, those that were told before as well; a constant number of queries, however many they are.
    """
    if kind in KINDS:
        raise ValueError(f"{kind} is there already")
    KINDS[kind] = Kind(kind, title, due, recipients, text, urgent)


def before(work: Callable[[datetime], datetime | None]) -> None:
    """Have ``work(now)`` done before people are told, outside any transaction; it says when it wants to be woken."""
    BEFORE.append(work)


def on_going_out(channel: Callable[[list[Outgoing]], object]) -> None:
    """Have ``channel(going)`` called with the digests and urgent reminders that go out, each of them once.

    It is called in the transaction that notes them as gone, so it keeps rows of its own there, in a constant number of
    queries, and sends later. Reading in the app needs no channel.
    """
    CHANNELS.append(channel)


def look_again() -> None:
    """From a service inside a compound, in its transaction: a clock was set or moved here."""
    due_rows.call(KIND)


def words(reminder: Reminder, language: str | None = None) -> str:
    """What a reminder says, in the active language or the one named; its title where nobody knows its kind any more."""
    kind = KINDS.get(reminder.kind)
    with translation.override(language or translation.get_language()):
        return kind.text(reminder.facts) if kind else reminder.kind


def title(reminder: Reminder) -> str:
    kind = KINDS.get(reminder.kind)
    return str(kind.title) if kind else ""


def url(reminder: Reminder) -> str:
    """The page that it leads to."""
    name, *args = reminder.target
    return reverse(name, args=args)
