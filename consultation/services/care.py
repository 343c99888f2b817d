"""The care list: beginning with consent, going on, and ending; consent taken back ends it at once."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit
from compounds.organisation.models import Household, Person
from compounds.oversight.outbox import touch
from consultation.errors import leads_to
from consultation.errors.care import CaredForAlready, CareEnded
from consultation.models import Care, CareEnd, CareReason, ConsentHow, Visit, VisitOutcome
from consultation.services import step1_visit
from notices import reminders


@dataclass(frozen=True)
class Consent:
    """Who agreed to be looked in on, how and when."""

    by: str
    how: ConsentHow
    on: date


@transaction.atomic
def begin(
    household: Household,
    *,
    reason: CareReason,
    note: str,
    rhythm_days: int,
    carer: Person | None,
    consent: Consent,
    today: date,
    by: Person,
) -> Care:
    """From today on somebody looks in there. Raises CaredForAlready."""
    care = Care(household=household, reason=reason, note=note, rhythm_days=rhythm_days, carer=carer)
    care.consent_by, care.consent_how, care.consented_on = consent.by, consent.how, consent.on
    care.begun_on, care.begun_by = today, by
    try:
        with transaction.atomic():
            care.save()
    except IntegrityError as error:
        now = household.cares.running().first()
        raise CaredForAlready(actions=[leads_to(_("See the entry"), now)] if now else None) from error
    # Neither the door nor the reason: the entry is read by more people than the list.
    audit.record("care.begin", about="", by=by)
    _changed()
    return care


@transaction.atomic
def change(care: Care, *, reason: CareReason, note: str, rhythm_days: int, carer: Person | None, by: Person) -> Care:
    """Another rhythm, another carer, other things to know. Raises CareEnded."""
    care = _running(care)
    care.reason, care.note, care.rhythm_days, care.carer = reason, note, rhythm_days, carer
    care.save(update_fields=["reason", "note", "rhythm_days", "carer", "updated_at"])
    audit.record("care.change", about="", by=by)
    _changed()
    return care


@transaction.atomic
def end(care: Care, *, as_what: CareEnd, today: date, by: Person) -> Care:
    """Nobody looks in any more. With the consent goes what it was for. Raises CareEnded."""
    care = _running(care)
    care.ended_on, care.ended_as, care.ended_by = today, as_what, by
    if as_what == CareEnd.WITHDRAWN:
        care.reason, care.note = CareReason.OTHER, ""
    care.save(update_fields=["ended_on", "ended_as", "ended_by", "reason", "note", "updated_at"])
    audit.record("care.end", about="", by=by)
    _changed()
    return care


@transaction.atomic
def visit(care: Care, *, outcome: VisitOutcome, on: date, note: str, by: Person) -> Visit:
    """Somebody looked in: a visit of step 1 like every other. Raises CareEnded."""
    care = _running(care)
    row = step1_visit.visit(care.household, outcome=outcome, on=on, note=note, by=by)
    _changed()
    return row


def _running(care: Care) -> Care:
    care = Care.objects.select_for_update(of=("self",)).select_related("household").get(pk=care.pk)
    if care.ended_on:
        raise CareEnded
    return care


def _changed() -> None:
    touch("care")
    reminders.look_again()
