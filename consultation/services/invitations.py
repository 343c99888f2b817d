"""Whom a meeting invites, and who was told how (domain: Seats)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.models import Deliberator, Invitation, InvitedAs, Meeting, ToldHow, Voice
from notices import reminders


def prepare(meeting: Meeting) -> None:
    """One row for each deliberator, who raised each matter, and each household behind it; twice adds nothing."""
    day = timezone.localdate(meeting.starts_at)
    items = {item.issue_id: item for item in meeting.items.select_related("issue")}
    rows = [
        Invitation(meeting=meeting, invited_as=InvitedAs.DELIBERATOR, person_id=term.person_id)
        for term in Deliberator.objects.serving(day).order_by("party", "person__name")
    ]
    rows += [
        Invitation(meeting=meeting, item=item, invited_as=InvitedAs.REPORTER, person_id=item.issue.spoken_by_id)
        for item in items.values()
        if item.issue.spoken_by_id
    ]
    behind = Voice.objects.filter(issue__in=items, household__isnull=False).order_by("issue", "household")
    rows += [
        Invitation(meeting=meeting, item=items[issue], invited_as=InvitedAs.AFFECTED, household_id=household)
        for issue, household in behind.values_list("issue", "household").distinct()
    ]
    Invitation.objects.bulk_create(rows, ignore_conflicts=True)
    reminders.look_again()


@transaction.atomic
def tell(invitation: Invitation, *, how: ToldHow, now: datetime, by: Person) -> Invitation:
    """Somebody was told. The first telling stays: what counts is that it was in time."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not invitation.told_at:
        invitation.told_how, invitation.told_at, invitation.told_by = how, now, by
        invitation.save(update_fields=["told_how", "told_at", "told_by", "updated_at"])
        touch("meetings")
    return invitation
