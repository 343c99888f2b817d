"""The story of one matter, newest first: moves, voices in their own words, sortings, decisions, work, ratings."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import facts_in_line
from compounds.organisation.models import AuditEntry, Person
from compounds.organisation.policies import BRANCH
from consultation import timeline_clocks as clocks
from consultation.events import Event
from consultation.models import (
    Issue,
    LinkKind,
    MandatoryReport,
    Openness,
    ReopeningState,
    ReportKind,
    SeatAnswer,
)
from consultation.policies import sees
from consultation.steps import Step


def story(issue: Issue, person: Person | None) -> list[Event]:
    """What this person may read of it. Costs the same number of queries however long it is."""
    told = (_moves, _voices, _links, _visits, _holds, _sortings, _decisions, _consents, _votes, _work, _ratings)
    sources = (*told, _answers, _follow_ups, _referrals, _supervisions, *clocks.SOURCES, _trail)
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
    (Step.REFERRED, Step.PROPOSE): _("Answered from above, back to the branch"),
    (Step.REFERRED, Step.HANDLE): _("Answered from above, handed out"),
    (Step.REFERRED, Step.EVALUATE): _("Answered from above: done"),
}


def _moves(issue: Issue, person: Person | None) -> Iterator[Event]:
    # The first row says that it was written down; so does the first voice, with the words.
    for record in issue.records.exclude(from_step="").select_related("moved_by"):
        title: Any = _MOVED.get((record.from_step, record.to_step), Step(record.to_step).label)
        if record.to_step == Step.CLOSED:
            title = _("Closed: %(outcome)s") % {"outcome": record.get_outcome_display()}
        yield Event(record.at, title=title, note=record.note, who=record.who, big=True)


def _voices(issue: Issue, person: Person | None) -> Iterator[Event]:
    for voice in issue.voices.select_related(
        "person", "household__entrance__building__unit", "recorded_by", "witnessed_by"
    ):
        first = voice.person_id == issue.spoken_by_id
        words, field = (issue.said, "said") if first else (voice.said, "voice_words")
        said = words if sees(person, issue, field) else ""
        unsaid = _("Brought up by a household") if first else _("One more household stands behind it")
        yield Event(
            voice.created_at,
            title="" if said else unsaid,
            quote=said,
            who=_who_spoke(issue, voice, person),
        )


def _who_spoke(issue: Issue, voice: Any, person: Person | None) -> str:
    """Spoken by, written down by, witnessed by: as much of it as this person may know."""
    parts = []
    by_code = voice.recorded_by.letter_box
    if sees(person, issue, "spoken_by"):
        where = ""
        if voice.household:
            where = str(voice.household if sees(person, issue, "door") else voice.household.entrance)
        spoken = _("sent by %(name)s with the QR code") if by_code else _("said by %(name)s")
        parts.append(str(spoken) % {"name": " ".join(p for p in (where, str(voice.person)) if p)})
    elif by_code:
        parts.append(str(_("sent with the QR code")))
    if not by_code and voice.recorded_by_id != voice.person_id:
        parts.append(str(_("written down by %(name)s")) % {"name": voice.recorded_by})
    if voice.witnessed_by:
        parts.append(str(_("%(name)s was there")) % {"name": voice.witnessed_by})
    return facts_in_line(parts)


def _links(issue: Issue, person: Person | None) -> Iterator[Event]:
    """What was merged into this matter and what was split from it; what this person may not know of is not named."""
    visible = Issue.objects.visible_to(person)
    went = {LinkKind.MERGED_INTO: _("Goes on as %(other)s"), LinkKind.SPLIT_FROM: _("Split from %(other)s")}
    for link in issue.links.filter(other__in=visible).select_related("other", "by"):
        yield Event(link.created_at, title=went[LinkKind(link.kind)] % {"other": link.other}, who=link.by.name)
    came = {
        LinkKind.MERGED_INTO: _(
            "%(other)s was merged into this matter; voices: %(voices)s, households now: %(households)s"
        ),
        LinkKind.SPLIT_FROM: _("%(other)s was split from this matter; voices: %(voices)s"),
    }
    for link in issue.linked_from.filter(issue__in=visible).select_related("issue", "by"):
        facts = {"other": link.issue, "voices": link.voices, "households": link.households}
        yield Event(
            link.created_at, title=came[LinkKind(link.kind)] % facts, note=link.note, who=link.by.name, big=True
        )


def _visits(issue: Issue, person: Person | None) -> Iterator[Event]:
    """Where somebody went again, and what was said there; for those who may know who spoke."""
    if not sees(person, issue, "spoken_by"):
        return
    door = sees(person, issue, "door")
    rows = issue.visits.exclude(note="").select_related("household__entrance__building__unit", "by")
    for visit in rows:
        where = visit.household if door else visit.household.entrance
        title = _("Visited again: %(where)s, %(outcome)s") % {"where": where, "outcome": visit.get_outcome_display()}
        yield Event(visit.created_at, title=title, note=visit.note, who=visit.by.name)


def _holds(issue: Issue, person: Person | None) -> Iterator[Event]:
    for hold in issue.holds.select_related("put_by", "ended_by"):
        reason = {"reason": hold.get_reason_display()}
        yield Event(
            hold.created_at, title=_("On hold for %(reason)s") % reason, note=hold.question, who=hold.put_by.name
        )
        if hold.ended_at and hold.ended_by:
            yield Event(hold.ended_at, title=_("No longer on hold"), note=hold.answer, who=hold.ended_by.name)


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


def _consents(issue: Issue, person: Person | None) -> Iterator[Event]:
    rows = SeatAnswer.objects.in_writing().filter(decision__item__issue=issue).select_related("given_by")
    for row in rows:
        title = _("%(party)s agreed in writing") if row.agrees else _("%(party)s refused in writing")
        party = {"party": row.get_party_display()}
        yield Event(row.created_at, title=title % party, note=row.remark, who=row.given_by.name if row.given_by else "")


def _votes(issue: Issue, person: Person | None) -> Iterator[Event]:
    for vote in issue.owners_votes.filter(recorded_by__isnull=False).select_related("recorded_by", "hold"):
        title = _("Owners' vote: %(result)s") % {"result": vote.get_result_display()}
        who = vote.recorded_by.name if vote.recorded_by else ""
        yield Event(vote.updated_at, title=title, note=vote.question, who=who, big=True)


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
    for rating in issue.ratings.select_related("given_by", "recorded_by", "witnessed_by"):
        who = [str(rating.given_by)] if sees(person, issue, "spoken_by") else []
        if rating.recorded_by and rating.recorded_by != rating.given_by:
            who.append(_("written down by %(name)s") % {"name": rating.recorded_by})
        if rating.witnessed_by:
            who.append(_("%(name)s was there") % {"name": rating.witnessed_by})
        yield Event(
            rating.created_at,
            title=_("Rated %(stars)s of 5") % {"stars": rating.stars},
            quote=rating.reason if sees(person, issue, "voice_words") else "",
            who=facts_in_line(who),
        )


def _answers(issue: Issue, person: Person | None) -> Iterator[Event]:
    """What the branch answered to those who are not satisfied; what it took up again is a move already."""
    for row in issue.reopenings.select_related("answered_by"):
        if row.answered_at and row.state == ReopeningState.SETTLED:
            yield Event(row.answered_at, title=_("The household is satisfied now"))
        elif row.answered_at and row.answered_by and row.state == ReopeningState.REFUSED:
            title = _("Not taken up again, with a reason")
            yield Event(row.answered_at, title=title, note=row.answer, who=row.answered_by.name)


def _follow_ups(issue: Issue, person: Person | None) -> Iterator[Event]:
    for row in issue.follow_ups.select_related("asked_by", "new_issue"):
        if row.asked_at and row.asked_by:
            title: Any = _("Asked again: %(outcome)s") % {"outcome": row.get_outcome_display()}
            if row.new_issue:
                title = _("Asked again: it came back, now %(number)s") % {"number": row.new_issue.number}
            note = row.note if sees(person, issue, "voice_words") else ""
            yield Event(row.asked_at, title=title, note=note, who=row.asked_by.name)


def _referrals(issue: Issue, person: Person | None) -> Iterator[Event]:
    """Whom it was put to; question and answer stand with the moves."""
    for row in issue.referrals.select_related("body", "sent_by"):
        due = date_format(row.answer_due_on, "MONTH_DAY_FORMAT")
        title = _("Put to %(whom)s, answer expected by %(day)s") % {"whom": row.to, "day": due}
        yield Event(row.created_at, title=title, who=row.sent_by.name)


def _supervisions(issue: Issue, person: Person | None) -> Iterator[Event]:
    """What an office above demanded, and what the branch answered."""
    for row in issue.supervisions.select_related("answered_by"):
        due = {"office": row.office_name, "day": date_format(row.answer_due_on, "MONTH_DAY_FORMAT")}
        title = _("%(office)s demands an answer by %(day)s") % due
        yield Event(row.created_at, title=title, note=row.question, who=row.office, big=True)
        if row.answered_at and row.answered_by:
            yield Event(row.answered_at, title=_("Answered to above"), note=row.answer, who=row.answered_by.name)
        if row.closed_at:
            yield Event(row.closed_at, title=_("The demand is settled"), who=row.closed_for)


def _trail(issue: Issue, person: Person | None) -> Iterator[Event]:
    """Reporting and mediation; for the branch also what was corrected, with the old words."""
    for report in MandatoryReport.objects.filter(issue=issue).select_related("recorded_by"):
        late = "" if report.in_time else _("late")
        title = _("Reported to %(whom)s") % {"whom": report.reported_to}
        yield Event(report.reported_at, title=title, note=late, who=report.recorded_by.name)
    for mediation in issue.mediations.all():
        yield Event(mediation.created_at, title=_("Handed to a mediator"))
        if mediation.ended_at:
            yield Event(
                mediation.ended_at, title=_("Mediation: %(outcome)s") % {"outcome": mediation.get_outcome_display()}
            )
    if person is None or not BRANCH & person.kinds:
        return
    for entry in AuditEntry.objects.filter(action="issue.correct", about=issue.number).select_related("by"):
        changes = [f"{one['old'] or '–'} → {one['new'] or '–'}" for one in entry.facts["changed"].values()]
        who = entry.by.name if entry.by else ""
        yield Event(entry.at, title=_("Corrected"), note="\n".join([*changes, entry.facts["reason"]]), who=who)
    for entry in AuditEntry.objects.filter(action="issue.set_openness", about=issue.number).select_related("by"):
        title = _("Now %(openness)s") % {"openness": Openness(entry.facts["new"]).label}
        yield Event(entry.at, title=title, note=entry.facts["reason"], who=entry.by.name if entry.by else "")
