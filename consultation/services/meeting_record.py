"""What is written down around a meeting: that it was cancelled, hands that were raised, views that differ, and what a
party that stayed away answered in writing."""

from datetime import date

import structlog
from django.db import transaction
from django.utils import timezone

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.partners.models import EventType
from compounds.photos import intake
from compounds.photos.intake import Picture
from consultation import seats
from consultation.errors import DecidedThere, NotProvisional, NotTheirParty, TooManyHands, leads_to
from consultation.models import (
    AgendaItem,
    Answer,
    Attendance,
    Decision,
    DecisionOutcome,
    Deliberator,
    Dissent,
    Issue,
    Meeting,
    Minutes,
    Party,
    SeatAnswer,
)
from consultation.models.step3_meet import SEATED
from consultation.services import flow, step4_handle, telling
from consultation.services.attending import still_on
from consultation.steps import Step

log = structlog.get_logger(__name__)


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: Person) -> Meeting:
    """The meeting does not take place: its matters are free again, sign-ins stay as history.

    What was put off stays put off. Raises MeetingIsOver, MeetingCancelled, DecidedThere.
    """
    meeting = still_on(meeting)
    decided = meeting.items.exclude(decision=None).exclude(decision__outcome=DecisionOutcome.DEFERRED)
    if item := decided.select_related("issue", "meeting").first():
        raise DecidedThere(title=item.issue.title, actions=[leads_to(meeting, meeting)])
    meeting.cancelled_at, meeting.cancelled_by, meeting.cancel_reason = timezone.now(), by, reason
    meeting.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason", "updated_at"])
    telling.met(EventType.MEETING_CANCELLED, meeting)
    touch("meetings")
    log.info("meeting_cancelled", meeting=meeting.number)
    return meeting


@transaction.atomic
def count_hands(item: AgendaItem, *, in_favour: int, against: int, abstained: int, by: Person) -> None:
    """Three numbers, until the minutes are drawn up; counted again they replace the earlier ones. Raises TooManyHands,
    MeetingIsOver, MeetingCancelled."""
    meeting = still_on(item.meeting)
    people = meeting.attendances.filter(kind__in=SEATED).count()
    hands = in_favour + against + abstained
    if hands > people:
        raise TooManyHands(hands=hands, people=people, actions=[leads_to(meeting, item)])
    item.in_favour, item.against, item.abstained, item.hands_counted_by = in_favour, against, abstained, by
    item.save(update_fields=["in_favour", "against", "abstained", "hands_counted_by", "updated_at"])


@transaction.atomic
def dissent(item: AgendaItem, *, attendance: Attendance | None, text: str, by: Person) -> Dissent:
    """A view that differs, by name or as “one deliberator”. Raises MeetingIsOver, MeetingCancelled."""
    still_on(item.meeting)
    return Dissent.objects.create(item=item, attendance=attendance, text=text, recorded_by=by)


def asked_in_writing(decision: Decision) -> list[Party]:
    """The parties whose written answer a provisional item still waits for: all that gave none at the meeting.

    Who came after the item was taken, or was taken off the list again, changes nothing about it.
    """
    if decision.outcome != DecisionOutcome.PROVISIONAL:
        return []
    answered = set(decision.answers.values_list("party", flat=True))
    day = timezone.localdate(decision.item.meeting.starts_at)
    return [party for party in seats.filled_parties(day) if party not in answered]


@transaction.atomic
def consent(
    decision: Decision,
    *,
    party: Party,
    agrees: bool,
    given_on: date,
    given_by: Person,
    paper: Picture,
    remark: str = "",
    by: Person,
) -> SeatAnswer:
    """A party's written answer. With the last consent the item is decided; a refusal makes it no consensus.

    What became agreed after its minutes were issued is handed out at once. Raises NotProvisional, NotTheirParty.
    """
    Issue.objects.select_for_update(of=("self",)).get(pk=decision.item.issue_id)
    decision = Decision.objects.select_related("item__meeting", "item__issue", "body").get(pk=decision.pk)
    here = [leads_to(decision.item.meeting, decision.item)]
    if party not in asked_in_writing(decision):
        raise NotProvisional(party=party.label, actions=here)
    day = timezone.localdate(decision.item.meeting.starts_at)
    if not Deliberator.objects.serving(day).filter(person=given_by, party=party).exists():
        raise NotTheirParty(name=given_by.name, party=party.label, actions=here)
    row = SeatAnswer.objects.create(
        decision=decision,
        party=party,
        answer=Answer.AGREE if agrees else Answer.NO,
        remark=remark,
        given_on=given_on,
        given_by=given_by,
        paper=intake.keep(paper),
        recorded_by=by,
    )
    _settle(decision, row, by=by)
    touch("decisions")
    return row


def _settle(decision: Decision, row: SeatAnswer, *, by: Person) -> None:
    if not row.agrees:
        _end_as(decision, DecisionOutcome.NO_CONSENSUS)
        flow.advance(decision.item.issue, Step.PROPOSE, note=row.remark, by=by)
    elif not asked_in_writing(decision):
        _end_as(decision, DecisionOutcome.CONSENSUS)
        if Minutes.objects.filter(meeting=decision.item.meeting, issued_at__isnull=False).exists():
            step4_handle.assign(decision, by=by)


def _end_as(decision: Decision, outcome: DecisionOutcome) -> None:
    decision.outcome = outcome
    decision.save(update_fields=["outcome", "updated_at"])
    telling.decided(decision.item.meeting)
    log.info("provisional_settled", issue=decision.item.issue.number, outcome=outcome)
