"""Disputes between named people go to a mediator, not before the council; an agreement in writing closes them."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.photos import intake
from compounds.photos.intake import Picture
from consultation.errors import MediationEnded, MediationGoesOn, leads_to
from consultation.models import Issue, Mediation, MediationOutcome, Outcome
from consultation.services import flow, follow_up
from consultation.steps import Step

# How the matter ends; without an agreement it stays with the branch.
_ENDS: dict[MediationOutcome, Outcome] = {
    MediationOutcome.AGREED: Outcome.SOLVED,
    MediationOutcome.PARTLY: Outcome.PARTLY,
}


@transaction.atomic
def hand_over(issue: Issue, *, mediator: str, parties: str, by: Person) -> Mediation:
    """Hand a matter that is with the branch to a mediator. Raises NotAtStep, MediationGoesOn."""
    issue = flow.locked(issue, Step.PROPOSE)
    try:
        with transaction.atomic():
            mediation = Mediation.objects.create(
                issue=issue, mediator=mediator, parties=parties, handed_on=timezone.localdate(), handed_by=by
            )
    except IntegrityError as error:
        now = issue.mediations.get(ended_at=None)
        raise MediationGoesOn(mediator=now.mediator, actions=[leads_to(_("See the matter"), issue)]) from error
    touch("mediations")
    return mediation


@transaction.atomic
def end(
    mediation: Mediation, *, met_on: date, outcome: MediationOutcome, note: str, agreement: Picture | None, by: Person
) -> Mediation:
    """What came of it. An agreement, whole or in part, needs its document and closes the matter.

    Raises NotAtStep, MediationEnded.
    """
    issue = flow.locked(mediation.issue, Step.PROPOSE)
    mediation = Mediation.objects.select_for_update(of=("self",)).get(pk=mediation.pk)
    if mediation.ended_at:
        see = [leads_to(_("See the matter"), issue)]
        raise MediationEnded(outcome=mediation.get_outcome_display(), actions=see)
    mediation.met_on, mediation.outcome, mediation.note = met_on, outcome, note
    mediation.agreement = intake.keep(agreement) if agreement else None
    mediation.ended_at, mediation.ended_by = timezone.now(), by
    mediation.save(update_fields="met_on outcome note agreement ended_at ended_by updated_at".split())
    if ends_as := _ENDS.get(outcome):
        # The words may name people: they stay with the mediation, out of the matter's history.
        follow_up.plan(flow.advance(issue, Step.CLOSED, outcome=ends_as, note=str(_("Mediated.")), by=by))
    touch("mediations")
    return mediation
