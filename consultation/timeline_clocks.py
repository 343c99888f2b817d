"""What happened to a matter's clock: why its date moved, how far up it went, and what somebody outside wanted."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from compounds.organisation.models import Person
from consultation.events import Event
from consultation.models import Issue


def _moves(issue: Issue, person: Person | None) -> Iterator[Event]:
    """Why the due date moved within a step."""
    for row in issue.clock_changes.all():
        before, after = _due(row.before_on, row.before_at), _due(row.after_on, row.after_at)
        title = _("Due date moved from %(before)s to %(after)s") % {"before": before, "after": after}
        note: Any = row.get_reason_display()
        if row.waited_days:
            words = ngettext("on hold for %(n)s working day", "on hold for %(n)s working days", row.waited_days)
            note = words % {"n": row.waited_days}
        yield Event(row.at, title=title, note=note)


def _due(on: date | None, at: datetime | None) -> str:
    if at:
        return date_format(timezone.localtime(at), "DATETIME_FORMAT")
    return date_format(on, "DATE_FORMAT") if on else "–"


def _escalations(issue: Issue, person: Person | None) -> Iterator[Event]:
    """Each level that it went up, and why; the demand of an office above is told by itself."""
    for row in issue.escalations.select_related("to_unit"):
        to = {"level": row.get_level_display(), "unit": row.to_unit or ""}
        title = _("Up to the next level: %(level)s") % to
        yield Event(row.at, title=title, note=row.get_reason_display(), big=True)


def _outside(issue: Issue, person: Person | None) -> Iterator[Event]:
    """Orders from outside: that they came, that whoever called was spoken with, that they were answered."""
    for row in issue.outside_deadlines.select_related("recorded_by", "contacted_by", "answered_by"):
        facts = {"order": row, "due": _due(None, row.answer_by)}
        yield Event(row.created_at, title=_("%(order)s, answer by %(due)s") % facts, who=row.recorded_by.name, big=True)
        if row.contacted_at and row.contacted_by:
            yield Event(row.contacted_at, title=_("%(order)s: spoken with") % facts, who=row.contacted_by.name)
        if row.answered_at and row.answered_by:
            yield Event(row.answered_at, title=_("%(order)s: answered") % facts, who=row.answered_by.name)


SOURCES = (_moves, _escalations, _outside)
