"""Who may be called by whoever handles their matter: only who agreed, until they take it back (domain: Openness).

Agreeing is written down with the voice: when, and to whom. Handlers see name and masked number of those who agreed, as
long as the task is theirs; the number itself for a reason that is kept. Taking it back hides all of it at once.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit, reveal
from compounds.organisation.models import Person
from consultation.errors import NoNumberToRing, NotToBeRung, OtherNumberKnown, leads_to
from consultation.models import Assignment, AssignmentState, HandlerLink, UseResult, Voice
from consultation.services import handler_links, step4_handle
from consultation.services.work_reports import Handler, answerable

# As long as somebody outside has work to do with it.
UNFINISHED = frozenset({AssignmentState.HANDED_OUT, AssignmentState.ACCEPTED, AssignmentState.DONE})


@dataclass(frozen=True)
class Consent:
    """Somebody agreed to be rung: at ``phone``, or where that is empty at the number that is known."""

    phone: str = ""


def to_ring(assignment: Assignment) -> list[Voice]:
    """Whom the handlers of a task may ring today, in the order they spoke."""
    if assignment.state not in UNFINISHED:
        return []
    return list(Voice.objects.filter(issue=assignment.issue_id).to_ring())


@transaction.atomic
def agree(voice: Voice, consent: Consent, *, by: Person) -> Voice:
    """Write down that they agreed. Raises NoNumberToRing, OtherNumberKnown."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=voice.person_id)
    actions = [leads_to(_("See the matter"), voice.issue)]
    if consent.phone and person.phone not in {"", consent.phone}:
        raise OtherNumberKnown(name=person.name, actions=actions)
    if not person.phone:
        if not consent.phone:
            raise NoNumberToRing(name=person.name, actions=actions)
        person.phone = consent.phone
        person.save(update_fields=["phone", "updated_at"])
    voice.ring_agreed_at, voice.ring_agreed_to = timezone.now(), by
    voice.save(update_fields=["ring_agreed_at", "ring_agreed_to", "updated_at"])
    audit.record("voice.agree_to_ring", about=person, by=by, issue=voice.issue.number)
    return voice


@transaction.atomic
def take_back(voice: Voice, *, by: Person) -> None:
    """They do not want to be rung any more. Doing it twice changes nothing."""
    voice = Voice.objects.select_for_update(of=("self",)).select_related("person", "issue").get(pk=voice.pk)
    if voice.ring_agreed_at is None:
        return
    voice.ring_agreed_at = voice.ring_agreed_to = None
    voice.save(update_fields=["ring_agreed_at", "ring_agreed_to", "updated_at"])
    audit.record("voice.take_back_ring", about=voice.person, by=by, issue=voice.issue.number)


@transaction.atomic
def number_of(assignment: Assignment, voice: Voice, *, reason: str, by: Person | Handler) -> str:
    """The number of one who agreed, in full; who asked and why is kept. Raises NotToBeRung."""
    # Locked, so that whoever takes it back at the same moment knows that afterwards nobody sees it.
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    rows = Voice.objects.filter(issue=assignment.issue_id, pk=voice.pk).to_ring().select_for_update(of=("self",))
    allowed = rows.first() if assignment.state in UNFINISHED else None
    if allowed is None:
        raise NotToBeRung(actions=[leads_to(_("See the task"), assignment)] if isinstance(by, Person) else [])
    if isinstance(by, Handler):
        return reveal.phone_of(allowed.person, reason=reason, by=answerable(by), handler=by.name)
    return reveal.phone_of(allowed.person, reason=reason, by=by)


@transaction.atomic
def numbers_by_link(handler: Handler, *, reason: str) -> list[tuple[str, str]]:
    """Name and number of all who may be called about the link's task. Raises LinkNotValid, NotThisState."""
    link = HandlerLink.objects.select_for_update(of=("self",)).select_related("assignment").get(pk=handler.link.pk)
    handler_links.require_valid(link)
    step4_handle.require_state(link.assignment, AssignmentState.ACCEPTED)
    found = [
        (voice.person.name, number_of(link.assignment, voice, reason=reason, by=handler))
        for voice in to_ring(link.assignment)
    ]
    handler_links.log(link, name=handler.name, result=UseResult.RANG)
    return found
