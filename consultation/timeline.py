"""The story of one matter, newest first: moves, voices in their own words, sortings, decisions, work, ratings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import facts_in_line
from compounds.organisation.models import Person
from consultation.models import Issue, ReportKind
from consultation.policies import sees
from consultation.steps import Step


@dataclass(frozen=True)
class Event:
    """One thing that happened: a title or somebody's own words, and who stood behind it."""

    at: datetime
    title: str | Promise = ""
    quote: str = ""
    who: str | Promise = ""
    note: str | Promise = ""
    big: bool = False


def story(issue: Issue, person: Person | None) -> list[Event]:
    """What this person may read of it. Costs the same number of queries however long it is."""
    sources = (_moves, _voices, _sortings, _decisions, _work, _ratings)
    events = [event for source in sources for event in source(issue, person)]
    return sorted(events, key=lambda event: event.at, reverse=True)


_MOVED: dict[tuple[str, str], Any] = {
    (Step.VISIT, Step.PROPOSE): _("Handed over to the branch"),
    (Step.PROPOSE, Step.VISIT): _("Returned with a question"),
    (Step.PROPOSE, Step.MEET): _("On the published issue list, for the four parties"),
    (Step.MEET, Step.PROPOSE): _("No consensus, back to the branch"),
    (Step.MEET, Step.HANDLE): _("Minutes issued, handed out"),
    (Step.PROPOSE, Step.HANDLE): _("Handed out directly"),
    (Step.HANDLE, Step.PROPOSE): _("Back to the branch"),
    (Step.HANDLE, Step.MEET): _("Cannot be done as agreed, back to the four parties"),
    (Step.EVALUATE, Step.HANDLE): _("To be put right"),
    (Step.HANDLE, Step.EVALUATE): _("Found done on the spot, now to be rated"),
    (Step.CLOSED, Step.PROPOSE): _("Reopened"),
    (Step.EVALUATE, Step.PROPOSE): _("Taken up again"),
}


def _moves(issue: Issue, person: Person | None) -> Iterator[Event]:
    # The first row says that it was written down; so does the first voice, with the words.
    for record in issue.records.exclude(from_step="").select_related("moved_by"):
        title: Any = _MOVED.get((record.from_step, record.to_step), Step(record.to_step).label)
        if record.to_step == Step.CLOSED:
            title = _("Closed: %(outcome)s") % {"outcome": record.get_outcome_display()}
        yield Event(record.at, title=title, note=record.note, who=str(record.moved_by), big=True)


def _voices(issue: Issue, person: Person | None) -> Iterator[Event]:
    for voice in issue.voices.select_related(
        "person", "household__entrance__building__unit", "recorded_by", "witnessed_by"
    ):
        first = voice.person_id == issue.spoken_by_id
        said = issue.said if first else voice.said if sees(person, issue, "voice_words") else ""
        yield Event(
            voice.created_at,
            title="" if said else _("One more household stands behind it"),
            quote=said,
            who=_who_spoke(issue, voice, person),
        )


def _who_spoke(issue: Issue, voice: Any, person: Person | None) -> str:
    """Spoken by, written down by, witnessed by: as much of it as this person may know."""
    parts = []
    if sees(person, issue, "spoken_by"):
        where = ""
        if voice.household:
            where = str(voice.household if sees(person, issue, "door") else voice.household.entrance)
        parts.append(str(_("said by %(name)s")) % {"name": " ".join(p for p in (where, str(voice.person)) if p)})
    parts.append(str(_("written down by %(name)s")) % {"name": voice.recorded_by})
    if voice.witnessed_by:
        parts.append(str(_("%(name)s was there")) % {"name": voice.witnessed_by})
    return facts_in_line(parts)


def _sortings(issue: Issue, person: Person | None) -> Iterator[Event]:
    for proposal in issue.proposals.select_related("sorted_by"):
        yield Event(
            proposal.created_at,
            title=_("Sorted: %(score)s points") % {"score": proposal.score},
            note=proposal.suggestion,
            who=str(proposal.sorted_by),
        )


def _decisions(issue: Issue, person: Person | None) -> Iterator[Event]:
    for item in issue.agenda_items.filter(decision__isnull=False).select_related("meeting", "decision__recorded_by"):
        decision = item.decision
        yield Event(
            decision.created_at,
            title=_("%(meeting)s: %(outcome)s") % {"meeting": item.meeting, "outcome": decision.get_outcome_display()},
            note=decision.text,
            who=str(decision.recorded_by),
        )


def _work(issue: Issue, person: Person | None) -> Iterator[Event]:
    tasks = issue.assignments.select_related("body", "accepted_by", "reported_by", "completion_posting__posted_by")
    tasks = tasks.prefetch_related("verifications__by", "reports__by", "returns__body", "returns__answered_by")
    for task in tasks:
        body = {"body": task.body}
        if task.accepted_at and task.accepted_by:
            yield Event(task.accepted_at, title=_("%(body)s took the task over") % body, who=str(task.accepted_by))
        for report in task.reports.all():
            title = _("%(body)s reports it done") if report.kind == ReportKind.DONE else _("%(body)s reports progress")
            yield Event(report.at, title=title % body, note=report.text, who=report.who)
        for back in task.returns.all():
            yield Event(back.created_at, title=_("%(body)s gave the task back") % {"body": back.body}, note=back.reason)
            if back.answered_at and back.answered_by:
                decided = _("Returned task: %(answer)s") % {"answer": back.get_answer_display()}
                yield Event(back.answered_at, title=decided, note=back.note, who=str(back.answered_by))
        for look in task.verifications.all():
            found = _("Looked on the spot: done") if look.passed else _("Looked on the spot: not done yet")
            yield Event(look.created_at, title=found, note=look.note, who=str(look.by))
        if posting := task.completion_posting:
            yield Event(posting.created_at, title=_("Result posted"), note=posting.text, who=str(posting.posted_by))


def _ratings(issue: Issue, person: Person | None) -> Iterator[Event]:
    for rating in issue.ratings.select_related("given_by"):
        who = str(rating.given_by) if sees(person, issue, "spoken_by") else ""
        yield Event(
            rating.created_at,
            title=_("Rated %(stars)s of 5") % {"stars": rating.stars},
            quote=rating.reason,
            who=who,
        )
