"""What of volunteering waits for one person today: a neighbour who asks, hours to approve, activities to sum up."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from compounds.organisation.models import Person
from compounds.organisation.policies import BRANCH
from consultation.waiting import Waiting
from volunteers.models import Activity, HelpOffer, HelpRequest, HelpState, OfferState, ServiceRecord
from volunteers.selectors import hours

_MOST = 10


def waiting_for(person: Person, now: datetime) -> list[Waiting]:
    """Few queries, however much waits."""
    return [*_asked(person), *_nobody_found(person), *_hours(person, now), *_to_sum_up(person, now)]


def _asked(person: Person) -> list[Waiting]:
    rows = HelpOffer.objects.filter(state=OfferState.WAITING, volunteer__person=person).select_related("request")
    return [
        Waiting(row.request.text, _("can you help this neighbour?"), reverse("own_help"), due_at=row.answer_by)
        for row in rows[:_MOST]
    ]


def _nobody_found(person: Person) -> list[Waiting]:
    """Those that came from a matter wait with the matter."""
    if not BRANCH & person.kinds:
        return []
    rows = HelpRequest.objects.filter(state=HelpState.NOBODY, issue_number="").order_by("pk")[:_MOST]
    return [Waiting(row.text, _("no volunteer was found"), row.get_absolute_url(), row.needed_by) for row in rows]


def _hours(person: Person, now: datetime) -> list[Waiting]:
    count = hours.by_approver(ServiceRecord.objects.waiting(), now)
    mine = count[person.pk] + (count[None] if BRANCH & person.kinds else 0)
    if not mine:
        return []
    words = ngettext_lazy("%(count)s line waits for you", "%(count)s lines wait for you", mine) % {"count": mine}
    return [Waiting(str(_("Volunteers' hours to approve")), words, reverse("hours"))]


def _to_sum_up(person: Person, now: datetime) -> list[Waiting]:
    rows = Activity.objects.over(now).filter(planned_by=person).order_by("-starts_at")[:_MOST]
    return [
        Waiting(row.title, _("how was it? to be summed up"), reverse("activity_sum_up", args=[row.pk])) for row in rows
    ]
