"""What who asks through the API may know of. Confidential matters are never among it (domain: Openness)."""

from django.db.models import Q, QuerySet

from compounds.organisation.api import Caller
from compounds.partners.scopes import Scope
from consultation import policies
from consultation.models import Assignment, Issue, Openness
from consultation.models.issue import IssueQuerySet


def issues_for(caller: Caller) -> IssueQuerySet:
    """A person sees what the pages show; a system what hangs on the board, what it brought in and handles, and with
    the scope for it what every member may know."""
    if not caller.is_partner:
        return Issue.objects.visible_to(caller.person).exclude(openness=Openness.CONFIDENTIAL)
    own = Q(recorded_by=caller.person) if caller.person else Q(pk__in=[])
    handled = Assignment.objects.filter(body__kind__in=caller.handles).values("issue")
    theirs = own | Q(pk__in=handled)
    if caller.has(Scope.MEMBERS_READ):
        theirs |= Q(pk__in=Issue.objects.in_a_sentence().values("pk"))
    else:
        theirs |= Q(pk__in=Issue.objects.on_board().values("pk"))
    return Issue.objects.exclude(openness=Openness.CONFIDENTIAL).filter(theirs)


def sees(caller: Caller, issue: Issue, field: str) -> bool:
    """Whether who asks sees ``field`` of a matter that ``issues_for`` gave."""
    if not caller.is_partner:
        return policies.sees(caller.person, issue, field)
    if caller.person and issue.recorded_by_id == caller.person.pk and field in policies.PARTNER_RECORDER:
        return True
    return policies.PARTNER in policies.FIELDS[issue.openness][field]


def personal_of(caller: Caller, issue: Issue) -> frozenset[str]:
    """The fields of ``policies.PERSONAL`` that a system with the scope for them reads of a matter of ``issues_for``."""
    own = caller.person is not None and issue.recorded_by_id == caller.person.pk
    if own or not caller.handles:
        return policies.PERSONAL if caller.has(Scope.PERSONAL_READ) else frozenset()
    return frozenset()


def assignments_for(caller: Caller) -> QuerySet[Assignment]:
    """The tasks of those matters."""
    return Assignment.objects.filter(issue__in=issues_for(caller)).select_related("issue", "body")
