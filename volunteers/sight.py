"""Who sees which request for help, and who learns who asks (domain: Openness).

A request tells of a household's need: it is for those who must know. Name, door and number are for whoever has agreed
to help, as long as they do; for those whose door it is; for whoever wrote it down; and for the branch.
"""

from django.db.models import Q

from compounds.organisation.models import Person, PostKind
from compounds.organisation.policies import BRANCH
from compounds.organisation.sight import households_visible_to
from volunteers.models import HelpRequest, OfferState
from volunteers.models.help import HelpRequestQuerySet


def requests_visible_to(person: Person | None) -> HelpRequestQuerySet:
    """Requests of which this member may know; none for the district's readers."""
    if person is None:
        return HelpRequest.objects.none()
    if (BRANCH | {PostKind.VOLUNTEER_LEADER}) & person.kinds:
        return HelpRequest.objects.all()
    asked = HelpRequest.objects.filter(offers__volunteer__person=person, offers__state__in=_CONCERNED)
    mine = Q(recorded_by=person) | Q(household__in=households_visible_to(person)) | Q(pk__in=asked)
    return HelpRequest.objects.filter(mine)


# Whom a request concerns: not those who declined, or did not answer.
_CONCERNED = [OfferState.WAITING, OfferState.ACCEPTED, OfferState.DONE]


def sees_who_asks(person: Person | None, request: HelpRequest) -> bool:
    """Whether this member learns name, door and number behind a request."""
    if person is None:
        return False
    if BRANCH & person.kinds or request.recorded_by_id == person.pk:
        return True
    if request.offers.filter(state=OfferState.ACCEPTED, volunteer__person=person).exists():
        return True
    return request.household is not None and households_visible_to(person).filter(pk=request.household.pk).exists()


def may_record_thanks(person: Person | None, request: HelpRequest) -> bool:
    """Those who learn who asks may have heard the thanks; not the one who is thanked."""
    helped = request.offers.filter(state=OfferState.DONE, volunteer__person=person).exists() if person else True
    return not helped and sees_who_asks(person, request)
