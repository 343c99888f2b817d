"""Minutes (纪要): drawn up from what was decided, confirmed by the seats, issued by the branch; then they bind."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from compounds.kernel.words import listed
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.partners.models import EventType
from compounds.workdays import calendar
from consultation import seats
from consultation.errors import DidNotSit, IssuedAlready, ItemsUndecided, SeatsNotConfirmed, leads_to
from consultation.models import Attendance, Confirmation, DecisionOutcome, Meeting, Minutes, MinutesConfirmation, Party
from consultation.models.step3_meet import SEATED
from consultation.services import documents, step4_handle, telling
from consultation.services.attending import still_on
from consultation.steps import Step
from notices import reminders

# Working days after which silence no longer holds up the minutes (domain: Minutes, handing out, done).
SILENCE = 3


@transaction.atomic
def draw_up(meeting: Meeting, *, by: Person) -> Minutes:
    """End the meeting: every item must say what became of it. Raises ItemsUndecided and what ``still_on`` raises."""
    meeting = still_on(meeting)
    # What was closed or taken back by the branch meanwhile holds up nothing.
    still_open = list(meeting.items.open().select_related("issue", "meeting"))
    if still_open:
        raise ItemsUndecided(
            items=listed(item.issue.title for item in still_open),
            actions=[leads_to(item.issue.title, item) for item in still_open],
        )
    touch("meetings")
    reminders.look_again()
    return Minutes.objects.create(meeting=meeting, drawn_up_on=timezone.localdate(), drawn_up_by=by)


@transaction.atomic
def confirm(
    minutes: Minutes, *, party: Party, answer: Confirmation, remark: str = "", person: Person, by: Person
) -> MinutesConfirmation:
    """One seat's answer, given by ``person`` who sat on it, written down by ``by``; changeable until issue.

    Raises IssuedAlready, DidNotSit.
    """
    minutes = _not_issued(minutes)
    sat = Attendance.objects.filter(meeting=minutes.meeting, party=party, kind__in=SEATED, person=person)
    if not sat.exists():
        raise DidNotSit(name=person.name, party=party.label, actions=_to(minutes))
    row, _created = MinutesConfirmation.objects.update_or_create(
        minutes=minutes,
        party=party,
        defaults={"answer": answer, "remark": remark, "person": person, "recorded_by": by},
    )
    return row


@transaction.atomic
def issue(minutes: Minutes, *, by: Person) -> Minutes:
    """Let the decisions bind: what was agreed is handed out and posted. Raises IssuedAlready, SeatsNotConfirmed."""
    minutes = _not_issued(minutes)
    today = timezone.localdate()
    missing, free_from = unconfirmed(minutes), silence_ends(minutes)
    if missing and today < free_from:
        raise SeatsNotConfirmed(
            missing=listed(party.label for party in missing), day=date_format(free_from), actions=_to(minutes)
        )
    minutes.issued_at, minutes.issued_by = timezone.now(), by
    minutes.save(update_fields=["issued_at", "issued_by", "updated_at"])
    # A matter that was closed or taken back since is not handed out any more.
    agreed = minutes.meeting.items.filter(decision__outcome=DecisionOutcome.CONSENSUS, issue__step=Step.MEET)
    for item in agreed.select_related("issue", "decision__body"):
        step4_handle.assign(item.decision, by=by)
    documents.order(minutes)
    telling.decided(minutes.meeting)
    telling.met(EventType.MEETING_MINUTES_ISSUED, minutes.meeting)
    touch("minutes")
    return minutes


def unconfirmed(minutes: Minutes) -> list[Party]:
    """The seats, not vacant, that have not answered."""
    answered = set(minutes.confirmations.values_list("party", flat=True))
    day = timezone.localdate(minutes.meeting.starts_at)
    return [party for party in seats.filled_parties(day) if party not in answered]


def silence_ends(minutes: Minutes) -> date:
    """From this day on the branch may issue without the silent seats, after three working days without an answer."""
    return calendar.after(minutes.drawn_up_on, SILENCE + 1).day


def _not_issued(minutes: Minutes) -> Minutes:
    minutes = Minutes.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=minutes.pk)
    if minutes.issued_at:
        raise IssuedAlready(actions=_to(minutes))
    return minutes


def _to(minutes: Minutes) -> list[tuple[Any, Any]]:
    return [leads_to(minutes, minutes)]
