"""The story of one round, newest first. What somebody gave, or when they did, is no part of it."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultation.models import ScoringRound
from consultation.standings import objections_of, postings_of
from consultation.timeline import Event
from notices.models import ObjectionState


def story(scoring: ScoringRound) -> list[Event]:
    """Costs the same number of queries however long it is."""
    events = [*_opened(scoring), *_counted(scoring), *_posted(scoring), *_objected(scoring), *_ended(scoring)]
    # Of one day, in the order in which it happens: one night counts, then posts.
    return sorted(events, key=lambda event: event.at)[::-1]


def _opened(scoring: ScoringRound) -> Iterator[Event]:
    at = _morning(scoring.opened_on)
    if scoring.closes_on is None:
        who = _("read by %(name)s") % {"name": scoring.noted_by} if scoring.noted_by else ""
        title = _("Skipped: %(reason)s") % {"reason": scoring.get_skip_reason_display()}
        yield Event(at, title=title, who=who, big=True)
        return
    until = date_format(scoring.closes_on, "MONTH_DAY_FORMAT")
    note = _("%(scorers)s scorers drawn; whose post ends meanwhile may still score") % {
        "scorers": scoring.scorers.count()
    }
    yield Event(at, title=_("Opened, until %(day)s") % {"day": until}, note=note, big=True)


def _counted(scoring: ScoringRound) -> Iterator[Event]:
    if scoring.frozen_at:
        title = _("Counted: %(sheets)s sheets") % {"sheets": scoring.sheets}
        yield Event(scoring.frozen_at, title=title, note=_("These numbers do not change any more."), big=True)


def _posted(scoring: ScoringRound) -> Iterator[Event]:
    corrections = {one.posting_id: one for one in scoring.corrections.select_related("by")}
    for posting in postings_of(scoring):
        until = {"day": date_format(posting.ends_on, "MONTH_DAY_FORMAT")}
        correction = corrections.get(posting.pk)
        if correction is None:
            yield Event(posting.created_at, title=_("Result posted, until %(day)s") % until, who=posting.posted_by.name)
        else:
            title = _("Corrected, and posted again until %(day)s") % until
            yield Event(correction.at, title=title, note=correction.reason, who=correction.by.name, big=True)


def _objected(scoring: ScoringRound) -> Iterator[Event]:
    for objection in objections_of(scoring).select_related("answered_by"):
        yield Event(objection.created_at, title=_("An objection"))
        if objection.answered_at and objection.answered_by:
            upheld = objection.state == ObjectionState.UPHELD
            title = _("Objection upheld") if upheld else _("Objection dismissed")
            who = objection.answered_by.name
            yield Event(objection.answered_at, title=title, note=objection.answer, who=who)


def _ended(scoring: ScoringRound) -> Iterator[Event]:
    if scoring.awarded_at:
        names = [award.person.name for award in scoring.awards.select_related("person")]
        title = _("Awarded: most satisfying deliberator") if names else _("Ended without an award")
        yield Event(scoring.awarded_at, title=title, note=" · ".join(names), big=True)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0, 10)))
