"""The ledger of hours."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from volunteers.errors.helping import TooLongADay
from volunteers.models import MINUTES_A_DAY, HelpOffer, ServiceRecord, TeamMember, Volunteer


@transaction.atomic
def record_help(offer: HelpOffer, *, minutes: int, served_on: date, by: Person) -> ServiceRecord:
    """One line for help that was given, to be approved like every other. Raises TooLongADay."""
    # The volunteer's row is the lock under which a day's hours are added up.
    volunteer = Volunteer.objects.select_for_update(of=("self",)).get(pk=offer.volunteer_id)
    rows = ServiceRecord.objects.filter(volunteer=volunteer, served_on=served_on)
    served = rows.aggregate(sum=Sum("minutes"))["sum"] or 0
    if served_on > timezone.localdate() or not 0 < minutes <= MINUTES_A_DAY - served:
        raise TooLongADay
    membership = TeamMember.objects.serving(served_on).filter(volunteer=volunteer).order_by("-leads", "pk").first()
    row = ServiceRecord.objects.create(
        volunteer=volunteer,
        team=membership.team if membership else None,
        served_on=served_on,
        minutes=minutes,
        offer=offer,
        recorded_by=by,
    )
    touch("hours")
    return row
